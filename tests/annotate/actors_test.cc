// Who is named in an article, as which actor, and by which derived words?
#include "annotate/annotator.h"
#include "language/analyser.h"
#include "language/lexicon.h"
#include "tests/support.h"

#include <algorithm>
#include <ctime>
#include <cstdlib>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace spalte::annotate {
namespace {

struct Read {
  Article article;
  Annotation annotation;

  const ArticleActor* actor(const std::string& name) const {
    for (const ArticleActor& a : annotation.actors)
      if (a.name == name) return &a;
    return nullptr;
  }
  std::set<std::string> names(ActorKind kind) const {
    std::set<std::string> out;
    for (const ArticleActor& a : annotation.actors)
      if (a.kind == kind) out.insert(a.name);
    return out;
  }
  std::map<std::string, std::string> derived() const {
    std::map<std::string, std::string> out;
    for (const Mention& m : annotation.derived)
      out[article.text.substr(m.begin, m.end - m.begin)] = m.actor == kNoActor ? "" : annotation.actors[m.actor].name;
    return out;
  }
};

Read read(const std::string& text) {
  static const std::string data = std::getenv("SPALTE_DATA");
  static const auto lexicon = language::Analyser::open_lexicon(data + "/norwegian.lex");
  static const auto models = open_models({data, {}, {}});
  REQUIRE((lexicon && models));
  static language::Analyser analyser(*lexicon);
  static Annotator annotator(*models);
  Read r;
  r.article.text = text;
  std::vector<language::ByteRange> ranges;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    if (end > begin) {
      r.article.paragraphs.push_back(
          {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), ParagraphRole::body});
      ranges.push_back({r.article.paragraphs.back().begin, r.article.paragraphs.back().end});
    }
    begin = end + 1;
  }
  language::AnalysedText analysed;
  analyser.analyse(r.article.text, ranges, analysed);
  annotator.annotate(r.article, analysed, analyser, r.annotation);
  return r;
}

}  // namespace

TEST_CASE("a person in full, by surname and in the genitive is one actor, with the role") {
  const Read r = read(
      "Utenriksminister Torstein Bråthen reiser til Beijing. Bråthen møter kolleger der.\nBråthens tale blir holdt i "
      "dag.\n");
  const ArticleActor* actor = r.actor("Torstein Bråthen");
  REQUIRE(actor != nullptr);
  CHECK(actor->kind == ActorKind::person);
  CHECK(actor->mentions == 3);
  CHECK(actor->role == "utenriksminister");
  CHECK(r.names(ActorKind::gpe).count("Beijing") == 1);
}

TEST_CASE("a minister of another country keeps the name without the title") {
  const Read r = read("I går møtte Kinas utenriksminister Wang Yi pressen i Beijing.\n");
  const ArticleActor* actor = r.actor("Wang Yi");
  REQUIRE(actor != nullptr);
  CHECK(actor->role == "utenriksminister");
  CHECK(r.actor("Kina") != nullptr);
}

TEST_CASE("demonyms, as adjectives and as persons, in both standards, derive the country") {
  const auto derived = read(
                           "Kina og USA er uenige. Kinesiske og amerikanske diplomater møttes. Kineserne avviste det "
                           "amerikanarane sa.\n")
                           .derived();
  CHECK(derived.at("Kinesiske") == "Kina");
  CHECK(derived.at("amerikanske") == "USA");
  CHECK(derived.at("Kineserne") == "Kina");
  // Which Korea is not said.
  const auto korea = read("Spenningen på den koreanske halvøya øker mellom Nord-Korea og Sør-Korea.\n").derived();
  CHECK(korea.at("koreanske").empty());
}

TEST_CASE("a name in a compound is a derived mention of it") {
  const Read r = read(
      "Donald Trump reiser til Europa. Trump-administrasjonen vil ha nye avtaler med EU. EU-kommisjonen er "
      "skeptisk.\n");
  const auto derived = r.derived();
  CHECK(derived.count("Trump-administrasjonen") == 1);
  CHECK(derived.at("Trump-administrasjonen") == "Donald Trump");
}

TEST_CASE("an acronym in brackets and its long name are one organisation") {
  const Read r = read("Norges vassdrags- og energidirektorat (NVE) varsler flom. NVE ber folk følge med.\n");
  int organisations = 0;
  for (const ArticleActor& a : r.annotation.actors)
    if (std::find(a.forms.begin(), a.forms.end(), "NVE") != a.forms.end()) ++organisations;
  CHECK(organisations == 1);
}

TEST_CASE("a person misspelt once, and by both first names, is the same one") {
  const Read r = read(
      "Statsminister Anne Marit Bråthen reiser til Oslo. Direktør Torstein Lundgaard møter henne der.\n"
      "– Vi er enige, sier Torstein Lundgard. Torstein Lundgaard er fornøyd.\n"
      "Anne Marit sier det samme.\n");
  REQUIRE(r.actor("Torstein Lundgaard") != nullptr);
  CHECK(r.actor("Torstein Lundgard") == nullptr);
  REQUIRE(r.actor("Anne Marit Bråthen") != nullptr);
  CHECK(r.actor("Anne Marit Bråthen")->mentions == 2);
}

TEST_CASE("initials with and without stops, and letters that changed places, are the same person's") {
  const Read initials = read("Forfatteren K. V. Lundgaard bor i Bergen.\nK.V Lundgaard skriver om havet.\n");
  CHECK(initials.names(ActorKind::person).size() == 1);
  const Read swapped = read("Statsråd Dagfinn Køhnberg møtte opp.\nMinister Dagfinn Khønberg dro tidlig.\n");
  CHECK(swapped.names(ActorKind::person).size() == 1);
}

TEST_CASE("mentions are the bytes of the text, in order, within it; each points to its actor") {
  const Read r =
      read("Statsminister Henrik Vold og Ingrid Solheimsvik møttes i Oslo. Vold var fornøyd med Stortingets vedtak.\n");
  std::uint32_t at = 0;
  REQUIRE(r.annotation.mentions.size() >= 4);
  for (const Mention& m : r.annotation.mentions) {
    CHECK(m.begin >= at);
    CHECK(m.end > m.begin);
    CHECK(m.end <= r.article.text.size());
    REQUIRE(m.actor < r.annotation.actors.size());
    const auto& forms = r.annotation.actors[m.actor].forms;
    CHECK(std::find(forms.begin(), forms.end(), r.article.text.substr(m.begin, m.end - m.begin)) != forms.end());
    at = m.end;
  }
}

TEST_CASE("texts in capitals, without capitals, of odd letters, and empty ones: no crash, little nonsense") {
  CHECK(read("alt er skrevet med små bokstaver her, også torstein bråthen og kina.\n").annotation.actors.size() <= 2);
  CHECK(read("THE QUICK BROWN FOX JUMPS OVER THE LAZY DOG AND RUNS AWAY FROM IT ALL.\n").annotation.actors.size() <= 4);
  read("");
  read("\n");
  read("😀 𝔗𝔬𝔯𝔰𝔱𝔢𝔦𝔫 Брежнев Ωmega ﬁ İstanbul \xff\xfe\n");
}

TEST_CASE("time grows with the text, not with its square") {
  const auto seconds = [](int sentences) {
    std::string text;
    for (int i = 0; i < sentences; ++i) text += "Statsminister Torstein Bråthen møtte Kinas Wang Yi i Oslo. ";
    const std::clock_t begun = std::clock();  // CPU time: the machine may be busy
    read(text + "\n");
    return static_cast<double>(std::clock() - begun);
  };
  seconds(100);
  const double small = seconds(2000), large = seconds(16000);  // the larger is 1 MB in one paragraph
  CHECK(large < 40 * small);
}

}  // namespace spalte::annotate
