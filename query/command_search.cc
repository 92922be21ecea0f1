// `spalte search` and `spalte count`
#include "query/arguments.h"
#include "query/hit_list.h"
#include "query/search.h"
#include "query/syntax.h"
#include "schema/command.h"

#include <fstream>
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace spalte::query {
namespace {

class SearchCommand : public CommandRun {
 public:
  explicit SearchCommand(CLI::App& app) : query_(app), hits_(app) {
    add_paging(app, options_, "hits");
    app.add_option("--batch", batch_, "a file of queries, one a line; with a tab, an id before it; -: stdin")
        ->type_name("FILE");
  }

  Result<int> run(Context& context) override {
    // Text is read by people, who want to see a story once; machines want every article.
    if (query_.match.collapse == Collapse::by_default && hits_.rendering.format == HitFormat::text)
      query_.match.collapse = Collapse::dup;
    options_.match = query_.match;
    Result<Reader> reader = Reader::open(context);
    if (!reader) return fail(std::move(reader));
    if (!batch_.empty()) return run_batch(context, *reader);
    Result<std::int64_t> shown =
        hits_.print(context, *reader, options_, [&] { return query_.compile(context, *reader, false); });
    if (!shown) return fail(std::move(shown));
    if (*shown > 0) return 0;
    query_.say_nothing_found(context, *reader);
    return 1;
  }

 private:
  Result<int> run_batch(Context& context, Reader& reader) {
    std::ifstream file;
    if (batch_ != "-") {
      file.open(batch_);
      if (!file)
        return fail(ErrorCode::not_found, fmt::format("{} cannot be read", batch_),
                    "name a file of queries, one a line");
    }
    std::istream& in = batch_ == "-" ? context.io.in : file;
    bool failed = false, any = false;
    std::int64_t number = 0;
    for (std::string line; std::getline(in, line);) {
      ++number;
      const std::size_t tab = line.find('\t');
      hits_.rendering.query_id = tab == std::string::npos ? std::to_string(number) : line.substr(0, tab);
      const std::string text = tab == std::string::npos ? line : line.substr(tab + 1);
      if (text.find_first_not_of(' ') == std::string::npos) continue;
      Result<std::int64_t> shown = hits_.print(context, reader, options_, [&]() -> Result<Compiled> {
        if (query_.match.any) return compile_any(text, query_.match, reader);
        Result<Node> tree = parse(text);
        if (!tree) return fail(std::move(tree));
        return compile(*tree, query_.match, reader, text);
      });
      if (shown) {
        any = any || *shown > 0;
        continue;
      }
      if (shown.error().code != ErrorCode::usage) return fail(std::move(shown));
      report(context.io.err,
             {ErrorCode::usage, fmt::format("line {}: {}", number, shown.error().message), shown.error().hint});
      failed = true;
    }
    return failed ? 3 : any ? 0 : 1;
  }

  QueryArguments query_;
  HitList hits_;
  SearchOptions options_;
  std::string batch_;
};

class CountCommand : public CommandRun {
 public:
  explicit CountCommand(CLI::App& app) : query_(app) {
    app.add_flag("-v,--verbose", verbose_, "split it: by the word itself, by compounds only");
  }

  Result<int> run(Context& context) override {
    Result<Reader> reader = Reader::open(context);
    if (!reader) return fail(std::move(reader));
    std::int64_t all = 0, itself = 0;
    const Status done = reader->request([&]() -> Status {
      Result<Compiled> compiled = query_.compile(context, *reader, false);
      if (!compiled) return fail(std::move(compiled));
      all = count(compiled->query, *reader);
      if (!verbose_ || !query_.match.compounds) {
        itself = all;
        return {};
      }
      QueryArguments without = query_;
      without.match.compounds = false;
      Context silent = context;
      silent.quiet = true;
      Result<Compiled> words = without.compile(silent, *reader, false);
      if (!words) return fail(std::move(words));
      itself = count(words->query, *reader);
      return {};
    });
    if (!done) return fail(done);
    if (verbose_) {
      context.io.out << fmt::format("{}\tby the word itself\n{}\tby compounds only\n{}\tin all\n", itself, all - itself,
                                    all);
    } else {
      context.io.out << all << '\n';
    }
    if (all > 0) return 0;
    query_.say_nothing_found(context, *reader);
    return 1;
  }

 private:
  QueryArguments query_;
  bool verbose_ = false;
};

}  // namespace

std::unique_ptr<CommandRun> setup_search(CLI::App& app) { return std::make_unique<SearchCommand>(app); }
std::unique_ptr<CommandRun> setup_count(CLI::App& app) { return std::make_unique<CountCommand>(app); }

}  // namespace spalte::query
