// Is what people say found, with who says it and how that is known? All sentences are written for this test.
#include "annotate/annotator.h"
#include "language/analyser.h"
#include "schema/data_path.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

namespace spalte::annotate {
namespace {

struct Said {
  std::string text, speaker, how, verb, style, described, all;
};

/// The paragraphs of an article without a title; a quotation of each as strings.
std::vector<Said> quotes_of(const std::vector<std::string>& paragraphs) {
  static const std::string data = data_folder().value();
  static const auto lexicon = language::Analyser::open_lexicon(data + "/norwegian.lex").value();
  static const auto models = open_models({data, {}, {}}).value();
  language::Analyser analyser(lexicon);
  Annotator annotator(models);
  Article article;
  std::vector<language::ByteRange> ranges;
  for (const std::string& p : paragraphs) {
    const auto begin = static_cast<std::uint32_t>(article.text.size());
    article.text += p;
    const auto end = static_cast<std::uint32_t>(article.text.size());
    article.paragraphs.push_back({begin, end, ParagraphRole::body});
    ranges.push_back({begin, end});
    article.text += '\n';
  }
  language::AnalysedText text;
  analyser.analyse(article.text, ranges, text);
  Annotation annotation;
  annotator.annotate(article, text, analyser, annotation);
  std::vector<Said> out;
  for (const Quote& q : annotation.quotes) {
    const auto slice = [&](std::uint32_t begin, std::uint32_t end) { return article.text.substr(begin, end - begin); };
    CHECK(q.begin <= q.text_begin);
    CHECK(q.text_begin < q.text_end);
    CHECK(q.text_end <= q.end);
    out.push_back({slice(q.text_begin, q.text_end), q.actor == kNoActor ? "" : annotation.actors[q.actor].name,
                   std::string(speaker_found_name(q.how)), q.verb, std::string(quote_style_name(q.style)), q.described,
                   slice(q.begin, q.end)});
  }
  return out;
}

/// The one quotation whose text holds `part`; an empty one if there is none.
Said quote(const std::vector<std::string>& paragraphs, std::string_view part) {
  for (const Said& s : quotes_of(paragraphs))
    if (s.text.find(part) != std::string::npos) return s;
  return {};
}

const std::string kBokmal = "Fiskeriminister Astrid Lundgaard besøkte Vardø sammen med ordfører Terje Nymoen.";
const std::string kNynorsk = "Fiskeriminister Astrid Lundgaard vitja Vardø saman med ordførar Terje Nymoen.";

}  // namespace

TEST_CASE("a turn with a dash ends with its attribution") {
  const Said nb = quote({kBokmal, "– Torsken er på vei tilbake, sa Lundgaard på kaia."}, "Torsken");
  CHECK(nb.text == "Torsken er på vei tilbake");
  CHECK(nb.speaker == "Astrid Lundgaard");
  CHECK(nb.how == "name");
  CHECK(nb.verb == "sa");
  CHECK(nb.style == "dash");
  const Said nn = quote({kNynorsk, "- Torsken er på veg attende, seier Lundgaard."}, "Torsken");
  CHECK(nn.text == "Torsken er på veg attende");
  CHECK(nn.speaker == "Astrid Lundgaard");
  CHECK(nn.style == "dash");
}

TEST_CASE("a turn of several sentences has them all") {
  const Said q = quote({kBokmal, "– Vi har ventet lenge. Nå er fisken her, sier Nymoen."}, "ventet");
  CHECK(q.text == "Vi har ventet lenge. Nå er fisken her");
  CHECK(q.speaker == "Terje Nymoen");
}

TEST_CASE("quotation marks of each kind") {
  for (const auto& [open, close] : {std::pair{"«", "»"}, {"\"", "\""}, {"“", "”"}}) {
    const Said q =
        quote({kBokmal, std::string(open) + "Kaia må bygges ut" + close + ", skriver Lundgaard i en melding."}, "Kaia");
    INFO(open);
    CHECK(q.text == "Kaia må bygges ut");
    CHECK(q.speaker == "Astrid Lundgaard");
    CHECK(q.style == "marks");
  }
}

TEST_CASE("clauses in both standards, with and without at, and fronted") {
  struct Row {
    std::string sentence, part, verb;
  };
  const std::vector<Row> rows = {
      {"Lundgaard sier at kvotene blir større neste år.", "kvotene blir større", "sier"},
      {"Lundgaard seier at kvotane blir større neste år.", "kvotane blir større", "seier"},
      {"Lundgaard mener kvotene er for små for de minste båtene.", "kvotene er for små", "mener"},
      {"I går sa Lundgaard at kvotene blir større.", "kvotene blir større", "sa"},
      {"No meiner Lundgaard at kvotane må opp.", "kvotane må opp", "meiner"},
      {"Lundgaard har sagt at kvotene blir større.", "kvotene blir større", "sagt"},
      {"Lundgaard slår fast at kvotene blir større.", "kvotene blir større", "slår"},
      {"Lundgaard la til: Kvotene blir større.", "Kvotene blir større", "la"},
  };
  for (const Row& row : rows) {
    INFO(row.sentence);
    const bool nynorsk = row.verb == "seier" || row.verb == "meiner";
    const Said q = quote({nynorsk ? kNynorsk : kBokmal, row.sentence}, row.part);
    CHECK(q.speaker == "Astrid Lundgaard");
    CHECK(q.verb == row.verb);
    CHECK(q.style == "clause");
  }
}

TEST_CASE("according to somebody, and what was said before") {
  const Said source = quote({kBokmal, "Kvotene blir større neste år, ifølge Lundgaard."}, "Kvotene");
  CHECK(source.speaker == "Astrid Lundgaard");
  const Said before = quote({kBokmal, "Kvotene blir større neste år.", "Det opplyser Lundgaard."}, "Kvotene");
  CHECK(before.speaker == "Astrid Lundgaard");
  CHECK(before.verb == "opplyser");
}

TEST_CASE("a speaker with role and apposition, before and behind the verb") {
  CHECK(quote({"– Vinteren ble lang, sier lederen i Vardø fiskarlag, Gunnar Sivertsen."}, "Vinteren").speaker ==
        "Gunnar Sivertsen");
  CHECK(quote({"Gunnar Sivertsen, leder i Vardø fiskarlag, sier at vinteren ble lang."}, "vinteren").speaker ==
        "Gunnar Sivertsen");
  CHECK(quote({"– Vinteren ble lang, sier en sliten Gunnar Sivertsen."}, "Vinteren").speaker == "Gunnar Sivertsen");
}

TEST_CASE("a pronoun means the person of its gender") {
  const Said she = quote({kBokmal, "Hun sier at kvotene blir større."}, "kvotene");
  CHECK(she.speaker == "Astrid Lundgaard");
  CHECK(she.how == "pronoun");
  const Said he = quote({kBokmal, "– Byen trenger folk, sier han."}, "Byen");
  CHECK(he.speaker == "Terje Nymoen");
  CHECK(he.how == "pronoun");
  CHECK(quote({kNynorsk, "– Byen treng folk, seier ho."}, "Byen").speaker == "Astrid Lundgaard");
}

TEST_CASE("a role means whom the article calls so") {
  const Said mayor = quote({kBokmal, "– Byen trenger folk, sier ordføreren."}, "Byen");
  CHECK(mayor.speaker == "Terje Nymoen");
  CHECK(mayor.how == "role");
  CHECK(quote({kNynorsk, "– Byen treng folk, seier ordføraren."}, "Byen").speaker == "Terje Nymoen");
  CHECK(quote({kBokmal, "– Torsken er tilbake, sier statsråden og fiskeriministeren."}, "Torsken").speaker !=
        "Terje Nymoen");
}

TEST_CASE("another country's minister is no evidence for an unqualified one") {
  const std::vector<std::string> article = {
      "I forrige uke møtte Japans utenriksminister Taro Ishida statsministeren.",
      "– Vi ser lyst på handelen, sa John Kerry i Tokyo.",
      "Avtalen kan være klar til våren, sa utenriksministeren.",
  };
  CHECK(quote(article, "Avtalen").speaker == "John Kerry");
}

TEST_CASE("a people speaks for its country") {
  const Said q = quote({"Kina og Japan forhandler.", "Kineserne sier at forslaget er det eneste mulige."}, "forslaget");
  CHECK(q.speaker == "Kina");
  CHECK(q.how == "org");
}

TEST_CASE("an organisation speaks by its name") {
  const Said q = quote({"Politiet sperret veien. Dagbladet skriver at uværet kommer."}, "uværet");
  CHECK(q.speaker == "Dagbladet");
}

TEST_CASE("nobody is forced to have said what somebody unnamed said") {
  struct Row {
    std::string sentence, described;
  };
  const std::vector<Row> rows = {
      {"– Det smalt tre ganger, sier en nabo.", "en nabo"},
      {"– Det small tre gonger, seier ein nabo.", "ein nabo"},
      {"– Det smalt tre ganger, sa en talskvinne for det kinesiske utenriksdepartementet.",
       "en talskvinne for det kinesiske utenriksdepartementet"},
      {"– Det smalt tre ganger, sier Lundgaards søster.", ""},
      {"– Det smalt tre ganger, sier en tidligere minister.", "en tidligere minister"},
      {"– Det smalt tre ganger, sier ekspertene.", "ekspertene"},
      {"– Det smalt tre ganger, sier kvinnen.", "kvinnen"},
  };
  for (const Row& row : rows) {
    INFO(row.sentence);
    const Said q = quote({kBokmal, row.sentence}, "tre go");
    const Said found = q.text.empty() ? quote({kBokmal, row.sentence}, "tre ga") : q;
    CHECK_FALSE(found.text.empty());
    CHECK(found.speaker.empty());
    CHECK(found.how.empty());
    if (!row.described.empty()) CHECK(found.described == row.described);
  }
}

TEST_CASE("a turn without an attribution goes on from the speaker before; a question is the journalist's") {
  const std::vector<std::string> article = {kBokmal, "– Torsken er tilbake, sier Lundgaard.", "– Hva gjør du nå?",
                                            "– Jeg reiser hjem og spiser middag."};
  const Said q = quote(article, "middag");
  CHECK(q.speaker == "Astrid Lundgaard");
  CHECK(q.how == "turn");
  CHECK(q.style == "turn");
  CHECK(q.verb.empty());
  CHECK(quote(article, "Hva gjør du").text.empty());
}

TEST_CASE("two verbs share a subject") {
  const std::vector<Said> found =
      quotes_of({kBokmal, "– Torsken er tilbake, sa Lundgaard, og antydet at kvotene blir større."});
  REQUIRE(found.size() == 2);
  CHECK(found[0].speaker == "Astrid Lundgaard");
  CHECK(found[1].speaker == "Astrid Lundgaard");
  CHECK(std::any_of(found.begin(), found.end(), [](const Said& s) { return s.verb == "antydet"; }));
}

TEST_CASE("a quotation goes on behind its attribution and below a colon, not into the next paragraph") {
  const Said rest = quote({kBokmal, "– Nei, sier Lundgaard. Jeg går ikke av. Nymoen smilte."}, "Nei");
  CHECK(rest.text == "Nei, sier Lundgaard. Jeg går ikke av.");
  const std::vector<Said> below =
      quotes_of({kBokmal, "Lundgaard la til:", "– Jeg går ikke av.", "Det regnet i Vardø. Folk gikk hjem."});
  REQUIRE(below.size() == 1);
  CHECK(below[0].text == "Jeg går ikke av.");
  CHECK(below[0].verb == "la");
  // With paragraphs of several sentences, a turn has its own and ends with it.
  CHECK(quote({kBokmal, "– Torsken er tilbake, sier Lundgaard.", "– Båtene er fulle. Da blir det fest.",
               "Det regnet. Folk gikk hjem. Ingen sang."},
              "Båtene")
            .text == "Båtene er fulle. Da blir det fest.");
  const Said own = quote({"Fiskeriminister Astrid Lundgaard kom. Ordfører Terje Nymoen tok imot. Alle ventet.",
                          "– Vi venter. Vi er klare.", "Båten er ny, sier Nymoen. Den er rød. Den er fin."},
                         "Båten");
  CHECK(own.text == "Båten er ny");
}

TEST_CASE("what was said begins where the report of it ends") {
  CHECK(quote({kBokmal, "Etter at møtet var slutt, sa Lundgaard (52) at kvotene øker."}, "kvotene").text ==
        "kvotene øker.");
  CHECK(quote({kNynorsk, "Ho trur det er bra for Vardø at kvotane aukar."}, "kvotane").text ==
        "det er bra for Vardø at kvotane aukar.");
  CHECK(quote({kNynorsk, "Kvotane aukar, i følgje Lundgaard."}, "Kvotane").text == "Kvotane aukar");
  CHECK(quote({kBokmal, "Lundgaard informerte om at kvotene øker."}, "kvotene").text == "kvotene øker.");
  CHECK(quote({kBokmal, "– Han mener at det går bra. Det gjør ikke jeg, sier Nymoen. Alle lo."}, "Det gjør").text ==
        "Han mener at det går bra. Det gjør ikke jeg");
}

TEST_CASE("a turn begins at its dash, whomever it cites, also where each sentence is a paragraph") {
  const std::vector<std::string> article = {kBokmal, "– Vi må gjøre noe nå.",
                                            "Kommunen sier at det ikke finnes penger.", "Det er trist, sier Nymoen."};
  CHECK(quote(article, "trist").text == "Vi må gjøre noe nå.\nKommunen sier at det ikke finnes penger.\nDet er trist");
  // What the speaker himself is said to think is the paper's sentence: nobody cites himself.
  const std::vector<std::string> told = {kBokmal, "– Vi må gjøre noe nå.", "Nymoen sier at det ikke finnes penger.",
                                         "Det er trist, sier Nymoen."};
  CHECK(quote(told, "trist").text == "Det er trist");
}

TEST_CASE("a quotation encloses its attribution, or ends before another one") {
  CHECK(quote({kBokmal, "Men først og fremst, forklarer Lundgaard, var kysten vår blitt tom."}, "kysten").text ==
        "Men først og fremst, forklarer Lundgaard, var kysten vår blitt tom.");
  CHECK(quote({kBokmal, "– Vi tapte, sier Lundgaard, men vi prøver igjen til våren."}, "tapte").text ==
        "Vi tapte, sier Lundgaard, men vi prøver igjen til våren.");
  CHECK(quote({kBokmal, "– Båten var full, sier Lundgaard, som kom fra Vardø i går."}, "full").text ==
        "Båten var full");
  CHECK(quote({kBokmal, "Lundgaard sier kvotene blir større til neste år, skriver Kystavisa."}, "større").text ==
        "kvotene blir større til neste år");
}

TEST_CASE("the next report of a sentence is one of its own; a turn that ends with a question is the journalist's") {
  CHECK(quote({kBokmal, "Lundgaard sier at kvotene blir større, og hevder at prisen faller mye."}, "større").text ==
        "kvotene blir større");
  const std::vector<std::string> interview = {kBokmal, "– Torsken er tilbake, sier Lundgaard.",
                                              "– Du sa noe helt annet i fjor.", "Hva er det som har hendt siden da?",
                                              "– Vi fikk mer fisk i nettene enn før."};
  CHECK(quote(interview, "helt annet").text.empty());
  CHECK(quote(interview, "nettene").speaker == "Astrid Lundgaard");
}

TEST_CASE("quotation marks may enclose several sentences") {
  CHECK(quote({kBokmal, "Nymoen ventet lenge. «Jeg er så lei av dette. Nå drar jeg hjem» skrev Lundgaard til ham."},
              "lei av")
            .text == "Jeg er så lei av dette. Nå drar jeg hjem");
}

TEST_CASE("below a colon the next sentence is said, a heading is not") {
  const Said q = quote({kBokmal, "Lundgaard skrev følgende i Kystavisa:", "Det blir for lite fisk. Da går båtene.",
                        "Alle lo. Det regnet i går."},
                       "fisk");
  CHECK(q.text == "Det blir for lite fisk. Da går båtene.");
  CHECK(q.speaker == "Astrid Lundgaard");
  CHECK(quote({kBokmal, "Lundgaard skrev følgende i Kystavisa:", "Mer om fisk"}, "Mer om").text.empty());
}

TEST_CASE("somebody unnamed who is reported stays unnamed, but is quoted") {
  const Said q = quote({kBokmal, "En kilde ved hoffet forteller til Kystavisa at ringen er borte."}, "ringen");
  CHECK(q.text == "ringen er borte.");
  CHECK(q.speaker.empty());
  CHECK(q.described == "En kilde ved hoffet");
  CHECK(quote({kBokmal, "– Båtene er fulle, slår vertskapet fast."}, "fulle").described == "vertskapet");
  // Lundgaard was a colleague too; this one has no name.
  CHECK(quote({"Astrid Lundgaard er kollega av Nymoen.", "– Hun er flink, sa en gammel kollega av henne."}, "flink")
            .speaker.empty());
}

TEST_CASE("what is no quotation") {
  for (const std::string sentence :
       {"Lundgaard skriver bøker om kysten.", "Lundgaard meldte seg inn i laget.", "Mener Lundgaard må gå",
        "Jeg sier at det blir regn.", "Målingen viser en nedgang.", "Lundgaard ville si noe til Nymoen.",
        "Det ble en klar seier i Vardø.", "Lundgaard fortsetter å imponere.",
        "Lundgaard syntes å ha god kontroll på møtet i Vardø.", "Lundgaard gikk til seier foran Nymoen i går.",
        "Lundgaard skriver om fisk og båter.", "Lundgaard sier lite om dette i starten.",
        "Lundgaard sa det i radioen i går kveld.", "Ingen spør hva Lundgaard mener om saken nå.",
        "Lundgaard røyker pipe, filosoferer og går turer i byen.",
        "Når det gjelder fisket, tenker de først å ta torsken."}) {
    INFO(sentence);
    CHECK(quotes_of({kBokmal, sentence}).empty());
  }
}

TEST_CASE("speech without its words is no quotation") {
  CHECK(quote({kBokmal, "Lundgaard bekrefter avtalen i en melding."}, "avtalen").text.empty());
  CHECK(quote({kBokmal, "Lundgaard bekrefter at avtalen er klar."}, "avtalen").speaker == "Astrid Lundgaard");
  CHECK(quote({kBokmal, "Han viser deg det som han mener må være kystens beste suppe."}, "suppe").text.empty());
  // A heading in marks belongs to the text below it.
  CHECK(quote({kBokmal, "– Vi venter, sier Lundgaard.", "«Lytter og nikker»", "Frustrasjonen er stor."}, "Lytter")
            .text.empty());
}

TEST_CASE("speakers and quotations of own texts in both standards: floors") {
  // A sentence, its quotation's part, and who says it; "" for nobody by name.
  struct Row {
    std::vector<std::string> article;
    std::string part, speaker;
  };
  const std::string nb = "Rektor Marit Solberg ved Lia skole møtte foreldrene. Fylkesmann Per Dahl var ikke invitert.";
  const std::string nn = "Rektor Marit Solberg ved Lia skule møtte foreldra. Fylkesmann Per Dahl var ikkje beden.";
  const std::vector<Row> rows = {
      {{nb, "– Skolen legges ned, bekrefter Solberg."}, "legges ned", "Marit Solberg"},
      {{nb, "– Skolen legges ned, sier hun til Lokalavisa."}, "legges ned", "Marit Solberg"},
      {{nb, "– Skolen legges ned, opplyser rektoren."}, "legges ned", "Marit Solberg"},
      {{nb, "– Skolen legges ned, opplyser fylkesmannen."}, "legges ned", "Per Dahl"},
      {{nb, "Dahl forklarer at skolen legges ned."}, "legges ned", "Per Dahl"},
      {{nb, "Ifølge Dahl legges skolen ned."}, "skolen ned", "Per Dahl"},
      {{nb, "Han hevder at skolen legges ned."}, "legges ned", "Per Dahl"},
      {{nb, "– Skolen legges ned, sa Solberg. Hun la til at det er trist."}, "trist", "Marit Solberg"},
      {{nb, "Solberg avviste kritikken fra foreldrene."}, "kritikken", "Marit Solberg"},
      {{nb, "– Skolen legges ned! ropte en av foreldrene."}, "legges ned", ""},
      {{nb, "– Skolen legges ned, sier faren til en elev."}, "legges ned", ""},
      {{nb, "– Hvorfor nå? spurte Dahl."}, "Hvorfor", "Per Dahl"},
      {{nb, "Dahl spurte hvorfor skolen legges ned."}, "legges ned", "Per Dahl"},
      {{nb, "– Skolen, sier Solberg, blir aldri den samme."}, "Skolen", "Marit Solberg"},
      {{nb, "Solberg skrev i et brev: «Skolen legges ned til høsten.»"}, "legges ned", "Marit Solberg"},
      {{nn, "– Skulen vert lagd ned, stadfestar Solberg."}, "lagd ned", "Marit Solberg"},
      {{nn, "– Skulen vert lagd ned, seier ho til Lokalavisa."}, "lagd ned", "Marit Solberg"},
      {{nn, "– Skulen vert lagd ned, opplyser fylkesmannen."}, "lagd ned", "Per Dahl"},
      {{nn, "Dahl fortalde at skulen vert lagd ned."}, "lagd ned", "Per Dahl"},
      {{nn, "Ifølgje Dahl vert skulen lagd ned."}, "lagd ned", "Per Dahl"},
      {{nn, "Han hevdar at skulen vert lagd ned."}, "lagd ned", "Per Dahl"},
      {{nn, "Solberg meiner det er trist for bygda."}, "trist", "Marit Solberg"},
      {{nn, "– Skulen vert lagd ned, ropa ei mor."}, "lagd ned", ""},
      {{nn, "– Kvifor no? spurde Dahl."}, "Kvifor", "Per Dahl"},
      {{nn, "I talen sin peika Solberg på at skulen er gammal."}, "gammal", "Marit Solberg"},
      {{nn, "Fylkesmann Per Dahl, som budde i bygda før, sa at skulen er gammal."}, "gammal", "Per Dahl"},
  };
  std::size_t found = 0, right = 0;
  std::string wrong;
  for (const Row& row : rows) {
    const Said q = quote(row.article, row.part);
    found += q.text.empty() ? 0U : 1U;
    if (!q.text.empty() && q.speaker == row.speaker) {
      ++right;
    } else {
      wrong += row.article.back() + " → " + q.speaker + "\n";
    }
  }
  INFO(wrong);
  CHECK(found * 100 >= rows.size() * 96);
  CHECK(right * 100 >= rows.size() * 92);
}

}  // namespace spalte::annotate
