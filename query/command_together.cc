// `spalte together`: who is named with whom?
#include "query/arguments.h"
#include "query/markup.h"
#include "query/table.h"
#include "query/together.h"
#include "schema/command.h"

#include <ostream>

#include <fmt/format.h>

namespace spalte::query {
namespace {

enum class Format : std::uint8_t { text, csv, jsonl, graphml };

class TogetherCommand : public CommandRun {
 public:
  explicit TogetherCommand(CLI::App& app) {
    add_choice(app, "--within", options_.within,
               std::map<std::string, Within>{
                   {"sentence", Within::sentence}, {"paragraph", Within::paragraph}, {"article", Within::article}},
               "WINDOW", "sentence (default), paragraph or article");
    app.add_option("--with", options_.kind, "others of that kind only: person, org, gpe or loc")
        ->check(CLI::IsMember({"person", "org", "gpe", "loc"}))
        ->type_name("KIND");
    app.add_option("--top", options_.top, "so many actors; 0: all (default 20)")
        ->check(CLI::NonNegativeNumber)
        ->type_name("N");
    app.add_flag_callback(
        "--no-derived", [this] { options_.derived = false; }, "leave out derived mentions (kinesisk for Kina)");
    add_choice(
        app, "--format", format_,
        std::map<std::string, Format>{
            {"text", Format::text}, {"csv", Format::csv}, {"jsonl", Format::jsonl}, {"graphml", Format::graphml}},
        "FORMAT", "text, csv, jsonl or graphml");
  }

  Result<int> run(Context& context) override {
    std::string typed;
    for (const std::string& w : context.words) typed += (typed.empty() ? "" : " ") + w;
    if (typed.find_first_not_of(' ') == std::string::npos)
      return fail(ErrorCode::usage, "the name is missing", "spalte together \"Wang Yi\"");
    Result<Reader> reader = Reader::open(context);
    if (!reader) return fail(std::move(reader));
    Actor actor;
    Result<std::vector<Companion>> found = reader->request([&]() -> Result<std::vector<Companion>> {
      Result<ActorNames> names = ActorNames::open(*reader);
      if (!names) return fail(std::move(names));
      Result<Actor> meant = names->one(typed);
      if (!meant) return fail(std::move(meant));
      actor = std::move(*meant);
      return together(actor, *names, options_, *reader);
    });
    if (!found) return fail(std::move(found));
    if (format_ == Format::graphml) {
      write_graph(context.io.out, actor, *found);
      return 0;
    }
    Table table("spalte.together/1",
                {"articles", "windows", "expected", "likelihood", "kind", "name", "id", "date", "article", "evidence"});
    for (const Companion& c : *found)
      table.add({c.articles, c.windows, Cell::decimal(c.expected, 2), Cell::decimal(c.likelihood, 2),
                 std::string(actor_kind_name(c.actor.kind)), c.actor.name(), name_id_text(c.actor.id()),
                 c.evidence_date.substr(0, 10), c.evidence_id, c.evidence});
    table.write(context, format_ == Format::csv     ? TableFormat::csv
                                : format_ == Format::jsonl ? TableFormat::jsonl
                                                           : TableFormat::text);
    return 0;
  }

 private:
  static void write_graph(std::ostream& out, const Actor& actor, const std::vector<Companion>& found) {
    out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
           "  <key id=\"name\" for=\"node\" attr.name=\"name\" attr.type=\"string\"/>\n"
           "  <key id=\"kind\" for=\"node\" attr.name=\"kind\" attr.type=\"string\"/>\n"
           "  <key id=\"articles\" for=\"edge\" attr.name=\"articles\" attr.type=\"int\"/>\n"
           "  <key id=\"likelihood\" for=\"edge\" attr.name=\"likelihood\" attr.type=\"double\"/>\n"
           "  <key id=\"evidence\" for=\"edge\" attr.name=\"evidence\" attr.type=\"string\"/>\n"
           "  <graph edgedefault=\"undirected\">\n";
    const auto node = [&](const Actor& a) {
      out << fmt::format("    <node id=\"{}\"><data key=\"name\">{}</data><data key=\"kind\">{}</data></node>\n",
                         name_id_text(a.id()), escaped(a.name()), actor_kind_name(a.kind));
    };
    node(actor);
    for (const Companion& c : found) node(c.actor);
    for (const Companion& c : found)
      out << fmt::format(
          "    <edge source=\"{}\" target=\"{}\"><data key=\"articles\">{}</data><data key=\"likelihood\">{:.2f}</data>"
          "<data key=\"evidence\">{}</data></edge>\n",
          name_id_text(actor.id()), name_id_text(c.actor.id()), c.articles, c.likelihood, escaped(c.evidence));
    out << "  </graph>\n</graphml>\n";
  }

  TogetherOptions options_;
  Format format_ = Format::text;
};

}  // namespace

std::unique_ptr<CommandRun> setup_together(CLI::App& app) { return std::make_unique<TogetherCommand>(app); }

}  // namespace spalte::query
