// Does each operator, scope and option of the query language find what it says, in texts made to tell them apart?
#include "tests/support.h"

#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace spalte::test {
namespace {

const std::filesystem::path& index_folder() {
  struct Index {
    TempFolder folder;
    std::filesystem::path path = folder / "arkiv";
    Index() {
      const auto article = [&](const std::string& name, const std::string& text) {
        write_file(folder / "saker" / (name + ".txt"),
                   std::string("Tittel: ") + (name == "kutt" ? "Kuttene kommer" : "Fra avisa") + "\nKilde: Fjordposten\nDato: 2017-03-16\n\n" + text + "\n");
      };
      article("hall", "Fotballklubben vil bygge ny hall. Treneren er fornøyd med planene for kommunen vår.");
      article("skatt", "Regjeringen foreslår skatt på strøm. Partiet vil ikke ha kutt i skatten denne gangen.");
      article("kutt", "Kutt i skatten er målet for partiet. Ingen andre saker er like viktige for dem nå.");
      article("samtale", "Norge ønsker en åpen dialog om handel og fred mellom landene. Ministeren sa det i Oslo.");
      article("dialogen", "Dialogen om handel er i gang igjen etter pausen. Ministeren var ikke til stede da.");
      article("korea", "Soldater fra Nord-Korea krysset grensen i natt. Sør-Korea svarte med skudd fra sin side.");
      article("apart", "Øyene i nord Korea regner som sine. Ingen bor der om vinteren når isen har lagt seg.");
      article("og", "Å være eller ikke være, det er det som er spørsmålet her og nå for oss alle sammen.");
      const Outcome made = spalte({"index", "--db", path.string(), (folder / "saker").string()});
      if (made.status != 0) throw std::runtime_error("not indexed: " + made.err);
    }
  };
  static const Index index;
  return index.path;
}

using Names = std::set<std::string>;

Names found(const std::string& query, const std::vector<std::string>& options = {}) {
  std::vector<std::string> arguments = {"search", "--db", index_folder().string(), "-n", "0", "--format", "paths"};
  arguments.insert(arguments.end(), options.begin(), options.end());
  arguments.insert(arguments.end(), {"--", query});
  const Outcome o = spalte(arguments);
  INFO(query << o.err);
  CHECK((o.status == 0 || o.status == 1));
  Names out;
  for (const std::string& line : lines(o.out)) out.insert(std::filesystem::path(line).stem().string());
  return out;
}

}  // namespace

TEST_CASE("a sentence is searched by itself: what it must not hold may stand beside it") {
  CHECK(found("sent{skatt -kutt}") == Names{"skatt"});
  CHECK(found("para{skatt -kutt}").empty());
  CHECK(found("skatt SAME/s kutt") == Names{"kutt", "skatt"});
  CHECK(found("regjering SAME/s kutt").empty());
  CHECK(found("regjering SAME/p kutt") == Names{"skatt"});
  CHECK(found("setning{regjering NOT (kutt OR mål)}") == Names{"skatt"});
}

TEST_CASE("within a sentence words are found as in the whole article: forms, compounds, hyphens") {
  CHECK(found("klubb SAME/s hall") == Names{"hall"});
  CHECK(found("klubb SAME/s hall", {"--no-compounds"}).empty());
  CHECK(found("klubb SAME/s trener").empty());
  CHECK(found("klubb SAME/p trener") == Names{"hall"});
  CHECK(found("fotball* SAME/s hallen") == Names{"hall"});
  CHECK(found("=hallen SAME/s klubb").empty());
  CHECK(found("hallen SAME/s klubb", {"--exact"}).empty());
  CHECK(found("Nord-Korea SAME/s grense") == Names{"korea"});
  CHECK(found("sent{soldat og grense}") == Names{"korea"});
  CHECK(found("oyene SAME/s vinter", {"--fold"}).empty());
  CHECK(found("oyene SAME/p vinter", {"--fold"}) == Names{"apart"});
}

TEST_CASE("NEAR counts words, between words in all forms, as written, beginnings and phrases") {
  CHECK(found("dialog NEAR/2 handel") == Names{"dialogen", "samtale"});
  CHECK(found("dialog NEAR/1 handel").empty());
  CHECK(found("handel ONEAR/2 dialog").empty());
  CHECK(found("dialog ONEAR/2 handel") == Names{"dialogen", "samtale"});
  CHECK(found("=dialogen NEAR/2 handel") == Names{"dialogen"});
  CHECK(found("dialogen NEAR/2 handel", {"--exact"}) == Names{"dialogen"});
  CHECK(found("\"åpen dialog\" NEAR/2 handel") == Names{"samtale"});
  CHECK(found("\"åpen dialog\" NEAR/1 handel").empty());
  CHECK(found("handel ONEAR/5 \"åpen dialog\"").empty());
  CHECK(found("dial* NEAR/2 hand*") == Names{"dialogen", "samtale"});
  CHECK(found("(forhandling OR \"åpen dialog\") NEAR/3 handel") == Names{"samtale"});
  CHECK(found("åpen NEAR/5 handel NEAR/5 fred") == Names{"samtale"});
  CHECK(found("åpen NEAR/4 handel NEAR/4 fred").empty());
  CHECK(found("dialog NEAR/3 dialog").empty());
}

TEST_CASE("capital letters do not matter, og in small letters is a word, and so are queries of such words alone") {
  CHECK(found("DIALOG HANDEL") == found("dialog handel"));
  CHECK(found("ÅPEN") == found("åpen"));
  CHECK(found("dialog og fred") == found("dialog OG fred"));
  CHECK(found("og").count("og") == 1);
  CHECK(found("\"eller ikke være\"") == Names{"og"});
  CHECK(found("eller og") == Names{"og"});
  CHECK(found("=og =eller") == Names{"og"});
}

TEST_CASE("a hyphenated word finds itself, the words apart, and its pieces in order") {
  CHECK(found("Nord-Korea") == Names{"apart", "korea"});
  CHECK(found("\"Nord-Korea\"") == Names{"korea"});
  CHECK(found("Korea").count("korea") == 1);
}

TEST_CASE("-word before and after others, brackets and fields, and after --") {
  const auto ids = [](std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"search", "--db", index_folder().string(), "--format", "ids", "-n0"});
    return spalte(arguments).out;
  };
  const std::string wanted = ids({"skatt -regjering"});
  CHECK(lines(wanted).size() == 1);
  CHECK(ids({"skatt", "-regjering"}) == wanted);
  CHECK(ids({"-regjering", "skatt"}) == wanted);
  CHECK(ids({"--", "-regjering", "skatt"}) == wanted);
  CHECK(ids({"-(regjering OR dialog)", "skatt"}) == wanted);
  CHECK(ids({"skatt", "-\"foreslår skatt\""}) == wanted);
  CHECK(ids({"skatt", "ANDNOT", "regjering"}) == wanted);
  CHECK(ids({"skatt", "-kilde:Fjordposten"}).empty());
}

TEST_CASE("an option that there is none of is no word of the query") {
  const Outcome o = spalte({"search", "--db", index_folder().string(), "skatt", "--formt", "csv"});
  CHECK(o.status == 2);
  CHECK(o.out.empty());
  CHECK_THAT(o.err, Catch::Contains("--formt") && Catch::Contains("did you mean --format?"));
  CHECK(spalte({"search", "--db", index_folder().string(), "--", "skatt", "--formt"}).status == 1);
  CHECK_THAT(spalte({"serach", "skatt"}).err, Catch::Contains("did you mean `search`?"));
}

TEST_CASE("wildcards and folded letters, in fields too") {
  CHECK(found("tittel:kut*") == Names{"kutt"});
  CHECK(found("foresl*") == Names{"skatt"});
  CHECK(found("oyene").empty());
  CHECK(found("oyene", {"--fold"}) == Names{"apart"});
}

}  // namespace spalte::test
