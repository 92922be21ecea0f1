// How are queries made?
#include "tests/query/generated_queries.h"

#include "query/commands.h"
#include "query/syntax.h"
#include "schema/command.h"
#include "tests/support.h"

#include <set>
#include <sstream>

namespace spalte::test {

Answer run(const Words& arguments) {
  std::istringstream in;
  std::ostringstream out, err;
  const int status = run_command_line(arguments, query::commands(), {in, out, err, false, true});
  return {status, out.str(), err.str()};
}

Answer ask(Words arguments) {
  arguments.insert(arguments.begin() + 1, {"--db", archive_index().string()});
  return run(arguments);
}

Vocabulary::Vocabulary() {
  std::set<std::string> words;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(tests_folder() / "data/archive"))
    if (entry.is_regular_file()) {
      std::istringstream text(read_file(entry.path()));
      for (std::string w; text >> w;)
        if (w.find_first_of(".,:;!?()\"«»–—'*=/{}<>") == std::string::npos && w[0] != '-' && w.size() > 1)
          words.insert(w);
    }
  // Words of old encodings are none of the query's.
  for (const std::string& w : words)
    if (query::parse(w)) words_.push_back(w);
  for (const char* field : {"source", "byline", "section", "agency"})
    for (const std::string& line : lines(ask({"facets", field, "--format", "csv", "--top", "12"}).out))
      if (const std::size_t comma = line.rfind(','); comma != std::string::npos && comma > 0 && line[0] != '"' &&
                                                     line != "value,count")
        values_.push_back(std::string(field) + ":\"" + line.substr(0, comma) + "\"");
  for (const std::string& line : lines(ask({"actors", "--format", "jsonl", "--top", "60"}).out)) {
    const std::size_t at = line.find("\"name\":\"") + 8;
    actors_.push_back(line.substr(at, line.find('"', at) - at));
  }
}

std::string Vocabulary::query(std::mt19937& random, int depth) const {
  const auto pick = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  const auto word = [&] { return words_[pick(words_.size())]; };
  const auto inner = [&] { return depth > 1 ? word() : query(random, depth + 1); };
  switch (pick(depth == 0 ? 19 : 12)) {
    case 0:
      return "(" + inner() + " OR " + inner() + ")";
    case 1:
      return "(" + inner() + " " + inner() + ")";
    case 2:
      return "-" + word();
    case 3:
      return "=" + word();
    case 4:
      return "\"" + word() + " " + word() + "\"";
    case 5:
      return word() + "*";
    case 6:
      return values_[pick(values_.size())];
    case 7:
      return std::string(pick(2) == 0 ? "aktør" : "actor") + ":\"" + actors_[pick(actors_.size())] + "\"";
    case 8:
      return (pick(2) == 0 ? "emne:" : "topic:") + std::string(pick(2) == 0 ? "politikk" : "sport");
    case 9: {
      static const char* kDates[] = {"2014", "2010..2015", "..2008", "2012..", "\"mars 2014\"", "3å..", "2000-tallet"};
      return std::string("dato:") + kDates[pick(std::size(kDates))];
    }
    case 10:
      return std::string("lang:") + (pick(3) == 0 ? "other" : pick(2) == 0 ? "nn" : "nb");
    case 11:
      return "tittel:" + word();
    case 12:
      return word() + (pick(2) == 0 ? " NEAR/" : " ONEAR/") + std::to_string(1 + pick(30)) + " " + word();
    case 13:
      return word() + (pick(2) == 0 ? " SAME/s " : " SAME/p ") + word();
    case 14:
      return (pick(2) == 0 ? "sent{" : "para{") + word() + " -" + word() + "}";
    case 15:
      return "quote{" + word() + "} OR speaker:\"" + actors_[pick(actors_.size())] + "\"";
    case 16:
      return word() + " ANDNOT " + inner();
    case 17:
      return "(" + word() + " ELLER " + word() + ") -(" + inner() + ")";
    default:
      return word();
  }
}

}  // namespace spalte::test
