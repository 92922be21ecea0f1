// `spalte topics`: what are the matching articles about, and which topics are there?
#include "query/facets.h"
#include "query/report.h"
#include "query/table.h"
#include "query/tally.h"
#include "query/topic_vocabulary.h"
#include "schema/command.h"
#include "schema/slots.h"

#include <algorithm>
#include <unordered_map>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace spalte::query {
namespace {

class TopicsCommand : public Report {
 public:
  explicit TopicsCommand(CLI::App& app) : Report(app) {
    app.add_option("--top", top_, "so many topics; 0: all (default)")->check(CLI::NonNegativeNumber)->type_name("N");
    app.add_option("--words", words_, "so many words that set the result apart (default 15)")
        ->check(CLI::NonNegativeNumber)
        ->type_name("N");
    app.add_option("--import", import_,
                   "take names, structure and words from FILE (a topics file, IPTC's JSON, a table with tabs)")
        ->type_name("FILE");
  }

  Result<int> run(Context& context) override {
    return import_.empty() ? Report::run(context) : import_topics(import_, context);
  }

 protected:
  Result<Table> make(Context& context, const Compiled& compiled, Reader& reader) override {
    const auto counts = tally_topics(compiled.query, reader);
    std::vector<std::pair<std::uint32_t, std::int64_t>> order(counts.begin(), counts.end());
    std::sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
      return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    Table table("spalte.topic/1", {"articles", "id", "name"});
    std::int64_t shown = 0;
    std::unordered_map<std::uint32_t, const annotate::Topic*> topics;
    for (const annotate::Topic& t : reader.topics().topics()) topics.emplace(topic_number(t.id), &t);
    for (const auto& [code, n] : order) {
      if (top_ > 0 && shown++ == top_) break;
      if (const auto t = topics.find(code); t != topics.end()) {
        table.add({n, t->second->id, t->second->name_nb});
      } else {  // one that has been taken out since
        table.add({n, code < kOwnTopic ? fmt::format("medtop:{:08}", code) : std::string("?"), std::string()});
      }
    }
    const bool whole = context.words.empty() || (context.words.size() == 1 && context.words[0] == "*");
    if (format_ == TableFormat::text && words_ > 0 && !whole && !context.quiet) {
      std::string line;
      for (const DistinctiveWord& w : distinctive_words(compiled.query, reader, static_cast<std::size_t>(words_)))
        line += (line.empty() ? "" : ", ") + w.key;
      if (!line.empty()) table.add({"", "words", line});
    }
    return table;
  }

 private:
  std::int64_t top_ = 0, words_ = 15;
  std::string import_;
};

}  // namespace

std::unique_ptr<CommandRun> setup_topics(CLI::App& app) { return std::make_unique<TopicsCommand>(app); }

}  // namespace spalte::query
