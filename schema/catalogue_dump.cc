// Which rows are dumped, and how does a row become JSON and a row again?
#include "schema/catalogue_dump.h"

#include "schema/annotation_codec.h"
#include "schema/catalogue_impl.h"
#include "schema/date.h"
#include "schema/hex.h"
#include "schema/migrations.h"
#include "schema/packing.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <optional>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unicode/ustring.h>

namespace spalte {
namespace {

using Json = nlohmann::json;

constexpr std::string_view kSchema = "spalte.dump/1";
/// Rows a transaction while restoring: bounds the memory.
constexpr int kBatch = 2000;

/// What is kept of a table. Every table of the catalogue stands here or in kDerived (a test walks the schema).
struct DumpedTable {
  std::string_view name;
  const char* where;           ///< which rows
  std::string_view left_out;   ///< a column that is derived
  const char* left_out_value;  ///< SQL of what stands there after restoring
};
constexpr DumpedTable kDumped[] = {
    {"state", "key not in ('generation', 'models', 'analyser', 'format', 'bulk', 'forgetting')", "", ""},
    {"root", "true", "", ""},
    {"file", "size >= 0", "", ""},
    {"article", "not deleted", "indexed_version", "0"},
    {"body", "row in (select row from article where not deleted)", "annotation", "?"},
    {"correction", "true", "", ""},
    {"saved_query", "true", "", ""},
    {"forgotten", "true", "", ""},
    {"withdrawn", "true", "", ""},
    {"withdrawn_article", "true", "", ""},
    {"also_in", "file in (select file from file where size >= 0)", "", ""},
};
constexpr std::string_view kDerived[] = {"name", "name_key", "sketch", "sketch_key", "unrelated"};

const DumpedTable* find_table(std::string_view name) {
  const auto* found =
      std::find_if(std::begin(kDumped), std::end(kDumped), [&](const auto& t) { return t.name == name; });
  return found == std::end(kDumped) ? nullptr : found;
}

struct Column {
  std::string name;
  bool blob = false;
};

std::vector<Column> columns_of(sqlite::Database& db, const DumpedTable& table) {
  std::vector<Column> out;
  auto s = db.prepare(fmt::format("select name, lower(type) from pragma_table_info('{}')", table.name));
  while (s.step())
    if (s.text(0) != table.left_out) out.push_back({std::string(s.text(0)), s.text(1) == "blob"});
  return out;
}

/// The one column that is stored packed.
bool is_packed(const DumpedTable& table, const Column& column) { return table.name == "body" && column.name == "text"; }

bool is_utf8(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  u_strFromUTF8(nullptr, 0, nullptr, text.data(), static_cast<std::int32_t>(text.size()), &error);
  return error != U_INVALID_CHAR_FOUND;
}

Json text_value(std::string_view text) {
  if (is_utf8(text)) return text;
  return Json{{"text_hex", to_hex(text)}};
}

tl::unexpected<Error> bad(std::string what) {
  return fail(ErrorCode::bad_input, std::move(what), "take another dump; what was restored so far is thrown away");
}

}  // namespace

std::span<const std::string_view> derived_tables() { return kDerived; }

std::vector<std::string_view> dumped_tables() {
  std::vector<std::string_view> out;
  for (const DumpedTable& t : kDumped) out.push_back(t.name);
  return out;
}

Status dump_catalogue(const std::string& path, std::string_view topics,
                      const std::function<Status(std::string_view)>& line) {
  const auto dumped = catalogue_guard([&]() -> Status {
    sqlite::Database db(path, sqlite::Database::Mode::read_only);
    db.execute("begin");
    auto version = db.prepare("pragma user_version");
    version.step();
    if (static_cast<std::size_t>(version.integer(0)) != migrations().size())
      return fail(ErrorCode::index_version,
                  fmt::format("{} has version {}, this program dumps version {}", path, version.integer(0),
                              migrations().size()),
                  "run `spalte rebuild` with this program first, or dump with the one that made it");
    auto uuid = db.prepare("select value from state where key = 'uuid'");
    const std::string archive = uuid.step() ? std::string(uuid.text(0)) : std::string();
    Json head = {{"schema", kSchema},
                       {"catalogue", version.integer(0)},
                       {"program", SPALTE_VERSION},
                       {"uuid", archive},
                       {"made", local_time(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now()))}};
    if (!topics.empty()) head["topics"] = text_value(topics);
    if (Status written = line(head.dump()); !written) return written;
    std::int64_t rows = 0;
    for (const DumpedTable& table : kDumped) {
      const std::vector<Column> columns = columns_of(db, table);
      std::string list;
      for (const Column& c : columns) list += (list.empty() ? "" : ", ") + c.name;
      auto s = db.prepare(fmt::format("select {} from {} where {} order by 1", list, table.name, table.where));
      while (s.step()) {
        Json row = Json::object();
        for (std::size_t i = 0; i < columns.size(); ++i) {
          const int at = static_cast<int>(i);
          if (s.is_null(at)) {
            row[columns[i].name] = nullptr;
          } else if (is_packed(table, columns[i])) {
            Result<std::string> text = unpack(s.blob(at));
            if (!text) return fail(std::move(text));
            row[columns[i].name] = text_value(*text);
          } else if (columns[i].blob) {
            row[columns[i].name] = Json{{"hex", to_hex(s.blob(at))}};
          } else if (s.is_integer(at)) {
            row[columns[i].name] = s.integer(at);
          } else {
            row[columns[i].name] = text_value(s.text(at));
          }
        }
        if (Status written = line(Json{{"table", table.name}, {"row", std::move(row)}}.dump()); !written)
          return written;
        ++rows;
      }
    }
    return line(Json{{"end", true}, {"rows", rows}}.dump());
  });
  return dumped ? *dumped : fail(dumped);
}

struct CatalogueRestore::Impl {
  std::string path;
  std::unique_ptr<sqlite::Database> db;
  std::optional<sqlite::Transaction> transaction;
  std::map<std::string, std::vector<Column>, std::less<>> columns;
  std::map<std::string, sqlite::Statement> inserts;  ///< by table and the columns that the line has
  std::string no_annotation = pack(encode_annotation({}), Packed::annotation);
  std::int64_t rows = 0, articles = 0, lines = 0;
  int in_batch = 0;
  bool ended = false;
  std::string topics;

  Status head(const Json& line) {
    if (line.value("schema", "") != kSchema)
      return bad(fmt::format("this is no dump of spalte: its first line does not say {}", kSchema));
    const std::size_t version = line.value("catalogue", std::size_t{0});
    if (version > migrations().size())
      return fail(
          ErrorCode::index_version,
          fmt::format("the dump is of version {}; this program knows versions up to {}", version, migrations().size()),
          "restore it with the newer program that made it");
    if (version == 0) return bad("the dump does not say its version");
    if (line.contains("topics")) {
      const Json& text = line["topics"];
      std::optional<std::string> bytes;
      if (text.is_string()) bytes = text.get<std::string>();
      if (text.is_object()) bytes = from_hex(text.value("text_hex", ""));
      if (!bytes) return bad("the archive's own topics in the dump's first line cannot be read");
      topics = std::move(*bytes);
    }
    db = std::make_unique<sqlite::Database>(path, sqlite::Database::Mode::create);
    migrate(*db, 0, version);
    for (const DumpedTable& t : kDumped) columns.emplace(t.name, columns_of(*db, t));
    transaction.emplace(*db);
    return {};
  }

  Status bind_value(const DumpedTable& table, const Column& column, const Json& value, sqlite::Statement& s, int index,
                    std::vector<std::string>& kept) {
    if (value.is_null()) return {};  // a statement's unbound places are NULL
    if (value.is_number_integer()) {
      s.bind_at(index, value.get<std::int64_t>());
      return {};
    }
    const bool hex = value.is_object() && value.size() == 1;
    const char* key = column.blob && !is_packed(table, column) ? "hex" : "text_hex";
    std::optional<std::string> bytes;
    if (hex && value.contains(key) && value[key].is_string()) bytes = from_hex(value[key].get<std::string>());
    if (value.is_string() && (!column.blob || is_packed(table, column))) bytes = value.get<std::string>();
    if (!bytes) return bad(fmt::format("line {}: the value of {}.{} cannot be read", lines, table.name, column.name));
    kept.push_back(is_packed(table, column) ? pack(*bytes, Packed::text) : std::move(*bytes));
    if (column.blob) {
      s.bind_at(index, sqlite::Statement::Bytes{kept.back()});
    } else {
      s.bind_at(index, std::string_view(kept.back()));
    }
    return {};
  }

  Status row(const DumpedTable& table, const Json& values) {
    const std::vector<Column>& known = columns.find(table.name)->second;
    std::string list, places;
    for (const auto& [name, value] : values.items()) {
      if (std::none_of(known.begin(), known.end(), [&name = name](const Column& c) { return c.name == name; }))
        return bad(fmt::format("line {}: the table {} has no column `{}`", lines, table.name, name));
      list += (list.empty() ? "" : ", ") + name;
      places += places.empty() ? "?" : ", ?";
    }
    if (list.empty()) return bad(fmt::format("line {}: the row is empty", lines));
    if (!table.left_out.empty()) {
      list += fmt::format(", {}", table.left_out);
      places += fmt::format(", {}", table.left_out_value);
    }
    const std::string sql = fmt::format("insert into {} ({}) values ({})", table.name, list, places);
    auto found = inserts.find(sql);
    if (found == inserts.end()) found = inserts.emplace(sql, db->prepare(sql)).first;
    sqlite::Statement& s = found->second;
    s.clear();
    std::vector<std::string> kept;  // what is bound must live until the row is in
    kept.reserve(values.size());
    int index = 0;
    for (const auto& [name, value] : values.items()) {
      const auto column =
          std::find_if(known.begin(), known.end(), [&name = name](const Column& c) { return c.name == name; });
      if (Status bound = bind_value(table, *column, value, s, ++index, kept); !bound) return bound;
    }
    if (std::string_view(table.left_out_value) == "?") s.bind_at(++index, sqlite::Statement::Bytes{no_annotation});
    s.run();
    ++rows;
    if (table.name == "article") ++articles;
    if (++in_batch < kBatch) return {};
    in_batch = 0;
    transaction->commit();
    transaction.reset();
    transaction.emplace(*db);
    return {};
  }
};

CatalogueRestore::CatalogueRestore(std::string path) : impl_(std::make_unique<Impl>()) {
  impl_->path = std::move(path);
}
CatalogueRestore::~CatalogueRestore() = default;
std::int64_t CatalogueRestore::articles() const { return impl_->articles; }
const std::string& CatalogueRestore::topics() const { return impl_->topics; }

Status CatalogueRestore::line(std::string_view text) {
  const std::int64_t number = ++impl_->lines;
  const Json line = Json::parse(text, nullptr, false);
  if (line.is_discarded() || !line.is_object()) return bad(fmt::format("line {} is no JSON object", number));
  if (impl_->ended) return bad(fmt::format("line {} stands behind the dump's end", number));
  const auto taken = catalogue_guard([&]() -> Status {
    try {
      if (number == 1) return impl_->head(line);
      if (line.contains("end")) {
        impl_->ended = true;
        if (line.value("rows", std::int64_t{-1}) == impl_->rows) return {};
        return bad(fmt::format("the dump should hold {} rows and holds {}", line.value("rows", std::int64_t{-1}),
                               impl_->rows));
      }
      const DumpedTable* table = find_table(line.value("table", ""));
      if (table == nullptr || !line.contains("row") || !line["row"].is_object())
        return bad(fmt::format("line {} is no row of a table that this program knows", number));
      return impl_->row(*table, line["row"]);
    } catch (const Json::exception&) {
      return bad(fmt::format("line {} holds values of other kinds than it should", number));
    }
  });
  if (taken) return *taken;
  // What SQLite refuses here is the dump's fault, unless the disk is.
  if (taken.error().code == ErrorCode::failed) return bad(fmt::format("line {}: {}", number, taken.error().message));
  return fail(taken);
}

Status CatalogueRestore::finish() {
  if (!impl_->ended) return bad(fmt::format("the dump ends behind line {}: it was cut short", impl_->lines));
  return catalogue_guard([&] {
    impl_->inserts.clear();
    impl_->transaction->commit();
    impl_->transaction.reset();
    const auto version = [&] {  // a statement that outlives this keeps the database from being closed
      auto s = impl_->db->prepare("pragma user_version");
      s.step();
      return static_cast<std::size_t>(s.integer(0));
    }();
    migrate(*impl_->db, version, migrations().size());
    impl_->db.reset();
  });
}

}  // namespace spalte
