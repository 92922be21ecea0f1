// Where do header, title, subheads and paragraphs of a plain text begin?
#include "indexer/sources/plain_text.h"

#include "indexer/encoding.h"
#include "indexer/sources/given.h"
#include "indexer/sources/limits.h"
#include "schema/date.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <fmt/format.h>

namespace spalte::indexer {
namespace {

enum class Field : std::uint8_t {
  title, lead, source, agency, date, modified, byline, url, section, lang, topic, id, family, version, status
};

struct HeaderKey {
  std::string_view name;  // lower case
  Field field;
};

/// The keys of a header block, bokmål, nynorsk and English.
constexpr HeaderKey kHeaderKeys[] = {
    {"tittel", Field::title},
    {"title", Field::title},
    {"overskrift", Field::title},
    {"headline", Field::title},
    {"ingress", Field::lead},
    {"lead", Field::lead},
    {"kilde", Field::source},
    {"kjelde", Field::source},
    {"source", Field::source},
    {"avis", Field::source},
    {"byrå", Field::agency},
    {"agency", Field::agency},
    {"dato", Field::date},
    {"date", Field::date},
    {"publisert", Field::date},
    {"published", Field::date},
    {"endret", Field::modified},
    {"endra", Field::modified},
    {"modified", Field::modified},
    {"oppdatert", Field::modified},
    {"forfatter", Field::byline},
    {"forfattar", Field::byline},
    {"author", Field::byline},
    {"byline", Field::byline},
    {"av", Field::byline},
    {"url", Field::url},
    {"lenke", Field::url},
    {"lenkje", Field::url},
    {"seksjon", Field::section},
    {"section", Field::section},
    {"språk", Field::lang},
    {"målform", Field::lang},
    {"language", Field::lang},
    {"emne", Field::topic},
    {"topic", Field::topic},
    {"topics", Field::topic},
    {"id", Field::id},
    {"familie", Field::family},
    {"family", Field::family},
    {"versjon", Field::version},
    {"version", Field::version},
    {"status", Field::status},
};

constexpr std::size_t kMaxTitle = 160;
constexpr std::size_t kMaxSubhead = 80;
constexpr std::size_t kMaxSubheadWords = 10;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    out.push_back(trimmed(text.substr(0, end)));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return out;
}

/// "Key: value" with a known key; nothing otherwise.
const HeaderKey* header_key(std::string_view line, std::string_view& value) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || colon > 20) return nullptr;
  const std::string key = lowered(trimmed(line.substr(0, colon)));
  const auto found =
      std::find_if(std::begin(kHeaderKeys), std::end(kHeaderKeys), [&](const HeaderKey& k) { return k.name == key; });
  if (found == std::end(kHeaderKeys)) return nullptr;
  value = trimmed(line.substr(colon + 1));
  return found;
}

bool has_colon_form(std::string_view line) {
  const std::size_t colon = line.find(": ");
  return (colon != std::string_view::npos && colon > 0 && colon <= 20 &&
          line.substr(0, colon).find(' ') == std::string_view::npos) ||
         line.ends_with(':');
}

/// Lines of the header block, the blank one after it included; 0: there is none. A block starts with a known key, all
/// its lines have the form of one, and a blank line or the end of the text closes it.
std::size_t header_length(const std::vector<std::string_view>& lines) {
  std::string_view value;
  if (lines.empty() || header_key(lines[0], value) == nullptr) return 0;
  std::size_t i = 1;
  while (i < lines.size() && !lines[i].empty()) {
    if (header_key(lines[i], value) == nullptr && !has_colon_form(lines[i])) return 0;
    ++i;
  }
  return std::min(i + 1, lines.size());
}

void set_field(Field field, std::string_view value, Article& a, std::string& title, std::string& lead,
               ArticleSink& sink) {
  if (value.empty()) return;
  const auto date = [&](std::string& into) { set_date(into, value, sink); };
  switch (field) {
    case Field::title:
      title = value;
      break;
    case Field::lead:
      lead = value;
      break;
    case Field::source:
      a.source = value;
      break;
    case Field::agency:
      a.agency = value;
      break;
    case Field::date:
      date(a.published);
      break;
    case Field::modified:
      date(a.modified);
      break;
    case Field::byline:
      a.byline = value;
      break;
    case Field::url:
      a.url = value;
      break;
    case Field::section:
      a.section = value;
      break;
    case Field::lang:
      a.lang = language_of(value);
      break;
    case Field::topic:
      while (!value.empty()) {
        const std::size_t end = value.find_first_of(",;");
        if (const std::string_view one = trimmed(value.substr(0, end)); !one.empty()) a.topics_given.emplace_back(one);
        value.remove_prefix(end == std::string_view::npos ? value.size() : end + 1);
      }
      break;
    case Field::id:
      a.id = value;
      break;
    case Field::family:
      a.family = value;
      break;
    case Field::version: {
      const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), a.version);
      if (error != std::errc() || end != value.data() + value.size() || a.version == 0) {
        a.version = 1;
        sink.warn(fmt::format("the header's version `{}` is no number and was left out", value));
      }
      break;
    }
    case Field::status: {
      const std::string status = lowered(value);
      a.withdrawn = status == "trukket" || status == "trekt" || status == "withdrawn" || status == "canceled";
      break;
    }
  }
}

bool ends_like_sentence(std::string_view line) {
  for (std::string_view mark : {".", "!", "?", ":", ";", ",", "…", "»", "\"", "”", ")", "–", "-"})
    if (line.ends_with(mark)) return true;
  return false;
}

bool opens_turn(std::string_view line) {
  return line.starts_with("–") || line.starts_with("- ") || line.starts_with("—") || line.starts_with("«") ||
         line.starts_with("\"");
}

bool reads_as_headline(std::string_view line) {
  return !line.empty() && line.size() <= kMaxTitle && !line.ends_with(".") && !line.ends_with(",") &&
         !line.ends_with(":") && !line.ends_with(";") && !line.starts_with("– ") && !line.starts_with("- ");
}

bool reads_as_subhead(std::string_view line) {
  return line.size() <= kMaxSubhead && !ends_like_sentence(line) && !opens_turn(line) &&
         static_cast<std::size_t>(std::count(line.begin(), line.end(), ' ')) < kMaxSubheadWords &&
         line.find_first_not_of("0123456789 ") != std::string_view::npos;
}

/// Blocks between blank lines, joined, where there are blank lines; else a line each.
std::vector<std::string> blocks_of(const std::vector<std::string_view>& lines, std::size_t from) {
  while (from < lines.size() && lines[from].empty()) ++from;
  std::size_t to = lines.size();
  while (to > from && lines[to - 1].empty()) --to;
  bool blank_lines = false;
  for (std::size_t i = from; i < to; ++i) blank_lines = blank_lines || lines[i].empty();
  std::vector<std::string> out;
  bool open = false;
  for (std::size_t i = from; i < to; ++i) {
    if (lines[i].empty()) {
      open = false;
      continue;
    }
    if (open && blank_lines) {
      out.back().append(" ").append(lines[i]);
    } else {
      out.emplace_back(lines[i]);
    }
    open = true;
  }
  return out;
}

void add_paragraphs(const std::vector<std::string>& blocks, bool below_title, bool lead_due, ArticleText& out) {
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const bool inside = i + 1 < blocks.size() && (i > 0 || below_title);
    ParagraphRole role = ParagraphRole::body;
    if (lead_due && i == 0 && !opens_turn(blocks[i])) {
      role = ParagraphRole::lead;
    } else if (inside && reads_as_subhead(blocks[i])) {
      role = ParagraphRole::subhead;
    }
    out.add(role, blocks[i]);
  }
}

}  // namespace

void add_plain_paragraphs(std::string_view text, ArticleText& out) {
  add_paragraphs(blocks_of(lines_of(text), 0), true, false, out);
}

bool recognises_plain_text(const SourceFile& file, std::string_view head) {
  const std::string kind = file_kind(file.relative);
  if (kind != ".txt" && kind != ".text" && kind != ".md" && kind != "no extension") return false;
  if (kind == ".txt" || kind == ".text")
    return true;  // its name says text: what cannot be decoded then is a failure, not skipped
  const auto control = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f';
  };
  return std::none_of(head.begin(), head.end(), control) && !head.starts_with("%PDF") && !head.starts_with("#!");
}

Status read_plain_text(const Reading& reading) {
  const SourceFile& file = reading.file;
  Result<std::string> bytes = reading.bytes.rest(limit::kWholeBytes);
  if (!bytes) return fail(std::move(bytes));
  Result<std::string> text = decode_text(*bytes);
  if (!text) return fail(std::move(text));
  Article a;
  a.path = file.path;
  const std::vector<std::string_view> lines = lines_of(*text);
  std::size_t first = 0;
  while (first < lines.size() && lines[first].empty()) ++first;
  const std::vector<std::string_view> rest(lines.begin() + static_cast<std::ptrdiff_t>(first), lines.end());
  const std::size_t header = header_length(rest);
  std::string title, lead;
  for (std::size_t i = 0; i < header; ++i) {
    std::string_view value;
    if (const HeaderKey* key = header_key(rest[i], value))
      set_field(key->field, value, a, title, lead, reading.sink);
  }
  std::vector<std::string> blocks = blocks_of(rest, header);
  if (title.empty() && blocks.size() > 1 && reads_as_headline(blocks[0])) {
    title = std::move(blocks[0]);
    blocks.erase(blocks.begin());
  }
  ArticleText out(a);
  out.add(ParagraphRole::title, title);
  const bool has_title = !a.paragraphs.empty();
  out.add(ParagraphRole::lead, lead);
  add_paragraphs(blocks, has_title, has_title && lead.empty(), out);
  hand_on(reading, std::move(a), 0);
  return {};
}

}  // namespace spalte::indexer
