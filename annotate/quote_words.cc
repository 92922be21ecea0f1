// Lists written for this project: function words of both standards, roles, first names with what they tell of gender.
#include "annotate/quote_words.h"

#include <algorithm>
#include <array>
#include <unordered_map>
#include <unordered_set>

namespace spalte::annotate {
namespace {

struct ClassRow {
  WordClass bit;
  std::string_view words;
};

constexpr std::array kClasses = {
    ClassRow{kHe, "han"},
    ClassRow{kShe, "hun ho"},
    ClassRow{kThey, "de dei"},
    ClassRow{kI, "jeg eg vi me du man"},
    ClassRow{
        kNobody,
        "jeg eg vi me du man det en ein dere dykk den dette denne disse ingen noen nokon mange alle flere fleire hvem "
        "kven som folk"},
    ClassRow{kFirstPerson, "jeg eg vi me min mitt mine vår vårt våre oss meg du deg"},
    ClassRow{kPreposition,
             "overfor innen imot ved bak foran i på av til fra frå for med om under over mellom mot hos etter uten "
             "utan ut inn "
             "per blant før sidan siden gjennom rundt mens når da"},
    ClassRow{
        kAdverb,
        "nå no også òg og ikke ikkje nok vel da då så dessuten likevel bare berre imidlertid derfor difor selv sjølv "
        "altså jo blant annet til slutt videre vidare nylig samtidig samstundes alltid heller aldri ofte mellom anna "
        "dermed gjerne fortsatt "
        "framleis faktisk begge igjen att tørt bestemt straks lett samstemt her der i dag går kveld fredag lørdag "
        "laurdag "
        "søndag sundag mandag måndag tirsdag tysdag onsdag torsdag"},
    ClassRow{
        kFronting,
        "det derimot brått fyrst først nettopp likefullt tvert heller deretter etterpå dette slik så her der senere "
        "seinare tidligere tidlegare hva kva dessuten samtidig ved kort nylig alt allerede allereie tysdag ja nei også "
        "sånn annerledes likevel"},
    ClassRow{
        kConjunction,
        "at men og mens medan fordi når da då hvis dersom om eller som selv så der hvor kor enn før etter for slik "
        "ettersom siden sidan hva kva hvem kven hvordan korleis"},
    ClassRow{kAuxiliary, "har hadde vil ville skal skulle kan kunne må måtte er var blir ble blei vart bør burde"},
    ClassRow{kQuestion, "hvorfor kvifor hvordan korleis hva kva hvem kven hvor kor når om"},
    ClassRow{kModal, "å vil skal kan må ville skulle kunne måtte bør"},
    ClassRow{
        kOrganisationNoun,
        "retten lagmannsretten høyesterett kyrkja kirken laget tilsynet verket instituttet universitetet sykehuset "
        "sjukehuset fagforeningen fagforeninga utvalet utvalget komiteen komitéen rådet bandet hæren næringa "
        "nyheitsbyrået partiet regjeringa regjeringen avisa avisen politiet selskapet kommunen kanalen tv-kanalen "
        "departementet forbundet foreningen foreininga organisasjonen klubben banken direktoratet styret nyhetsbyrået "
        "ministeriet fylkeskommunen bladet magasinet nettstedet tingretten"},
    ClassRow{kNoRole,
             "den det ein en noen nokon annen anna annan egen eigen siden sidan gangen gongen gang dagen tiden tida "
             "året saken "
             "saka boka boken artikkelen dagene åra årene uka uken måten måte helgen kvelden natten byen landet "
             "romanen avisa "
             "avisen avisene intervjuet brevet pressemeldingen talen møtet rapporten dermed etterpå kampen meldinga "
             "meldingen "
             "seinare senere hvordan korleis men igjen sammen saman bra da ja nå ikke ha"},
    ClassRow{kOrganisationVerb,
             "skriver skriv skrev skreiv melder melde meldte opplyser opplyste informerer varsler varslar"},
    ClassRow{kPossessive, "hans hennes hennar deira deres min mi"},
    ClassRow{kClauseStart, "men at mens medan fordi hvis dersom når som enn da då hvor kor slik"},
    ClassRow{kArticle, "en ein ei et eit den"},
    ClassRow{kAuthority,
             "politiet retten tingretten lagmannsretten høyesterett regjeringen regjeringa departementet kommunen "
             "fylkeskommunen"},
};

constexpr std::string_view kFemaleNames =
    "Anne Inger Kari Marit Ingrid Liv Eva Berit Astrid Bjørg Hilde Anna Solveig Marianne Randi Ida Nina Maria "
    "Elisabeth Kristin Bente Heidi Silje Hanne Linda Tone Tove Anita Elin Camilla Gerd Wenche Julie Ragnhild Gunn "
    "Ellen Laila Karin Ellinor Mona Trine Ann Mette Marte Martha Hege Helene Kirsten Monica Turid Sissel Line Grete "
    "Irene Siri Lene Stine Jorunn Emma Nora Sara Sarah Ruth Aud Siv Erna Gro Åse Åslaug Aslaug Else Lise Kjersti "
    "Cecilie Karen Vigdis Torill Toril Torunn Rigmor Reidun Sigrun Sigrid Magnhild Magna Margaret Margareth Margrethe "
    "Margit Marta Lisbeth Lisbet Tora Thea Frida Guri Gudrun Gunhild Gunvor Henriette Henrietta Hannah Hanna Harriet "
    "Helga Hillary Clara Karoline Karianne Katrine Kathrine Katarina Kathrin Cathrine Christine Kristine Kristina "
    "Christina Kine Jenny Janne Jeanette Johanne Juliane Linn Lillian Lotte Mari Maren Marie May Merete Merethe Mia "
    "Oddny Oddbjørg Ragna Rita Rønnaug Runa Sabrina Sally Sandra Shabana Sofie Sofia Sonja Susanne Susan Synnøve "
    "Synne Tina Therese Tonje Torhild Tuva Unni Valgerd Vibeke Vera Ylva Åshild Aase Agnes Agnete Alexandra Alice "
    "Amalie Andrea Angela Angelina Anniken Annette Audhild Barbro Benedicte Birgit Birgitte Brit Britt Brita "
    "Charlotte Dagny Dorthe Edel Edith Eldbjørg Eli Eline Elise Ellisiv Emilie Erika Eirin Ester Fanny Fride Gina "
    "Gunnhild Halldis Hedda Hedvig Herdis Hjørdis Idun Ine Ingeborg Ingebjørg Ingunn Iselin Iren Jane Jannicke Jofrid "
    "Jorid Judith Kaja Kate Kirsti Klara Laura Lena Leila Lill Lillebjørg Live Louise Magni Magnild Maja Malin Marita "
    "Maud Mildrid Mille Mimi Målfrid Märtha Nelly Oda Olaug Olga Oline Paula Pernille Petra Ragnfrid Rakel Rannveig "
    "Rebekka Renate Rikke Rose Sanna Selma Signe Silvia Sol Solfrid Solvei Solvor Svanhild Sylvi Sylvia Tarja Tordis "
    "Torgunn Torborg Torbjørg Tyra Ulla Unn Valborg Veslemøy Victoria Vilde Wibecke Yvonne Helle Mahira Michelle "
    "Condoleezza Eiril Hadia Jorun Lisa Annbjørg Annlaug Jannike Manuela Trude Gøril Ranveig Rachel Nancy Mary "
    "Elizabeth Diana Ulrikke Ulrike Theresa Ségolène Benazir";

constexpr std::string_view kMaleNames =
    "Jan Per Bjørn Ole Lars Kjell Knut Svein Arne Thomas Hans Geir Tor Morten Terje Odd Erik John Martin Anders "
    "Andreas Jon Tore Øyvind Rune Harald Stian Gunnar Kristian Jonas Ola Espen Magnus Kristoffer Trond Helge Daniel "
    "Tom Leif Fredrik Henrik Rolf Alexander Einar Ivar Dag Nils Håkon Håvard Ståle Olav Olaf Sverre Stein Roger Frode "
    "Sindre Steinar Frank Kenneth Kjetil Kåre Pål Paul Petter Roy Reidar Sigurd Sigmund Stig Sven Sveinung Tommy "
    "Torbjørn Thorbjørn Torstein Tormod Trygve Ulf Vidar Åge Aage Aksel Alf Alfred Arild Arnfinn Arnstein Are Ari "
    "Arve Asbjørn Asle Atle August Bent Bernt Birger Bjarne Bjarte Boye Børge Bård Carl Karl Christian Christoffer "
    "Christopher Edvard Egil Eidur Eirik Eivind Endre Emil Erlend Even Finn Frederic Fritz Geirmund George Georg "
    "Gaute Gard Gisle Glenn Guillaume Guttorm Halvard Halvor Henning Hermann Herman Idar Inge Ingar Ingvar Ingvald "
    "Jarle Jens Jo Joachim Johan Johannes Johnny Jostein Jørgen Jørn Karsten Ken Kim Kolbjørn Kristen Lasse Lave Leiv "
    "Ludvig Mads Magne Marius Mathias Mats Michael Mikkel Mikael Mohammad Mohammed Narve Nikolai Oddbjørn Oddvar "
    "Ottar Otto Oskar Oscar Ove Peder Peter Ragnar Ragnvald Raymond Richard Robert Robin Roald Roar Ronny Rolv Simon "
    "Sebastian Sivert Sigbjørn Simen Sjur Snorre Steffen Stephan Stefan Sondre Talleiv Tarjei Tobias Toralf Tord "
    "Torgeir Torgrim Torkel Torkil Torleif Tormund Torolf Tov Tron Truls Ulrik Valter Vegard Vegar Vetle Viggo Viktor "
    "Vidkun Vilhelm Yngve Willy William Yngvar Øistein Øystein Ørjan Ørnulf Åsmund Aasmund Audun Anton Amund Anfinn "
    "Arnt Barack Bill Donald Vladimir Kofi Ban David James Jack Joe Nicolas Nicolai Tony Gordon Jean Ibrahim Mitt "
    "Sidney Imre Albert Jacob Jakob Kjartan Kyrre Aslak Aslag Eilev Eilif Eiliv Ånund Anund Hallvard Hallgeir "
    "Hallstein Gjermund Geirr Gunleik Gunnulf Guldbrand Gudmund Sæbjørn Salve Bengt Brede Brynjar Brynjulf Bjørnar "
    "Dagfinn Didrik Ditlef Eldar Elling Engebret Edmund Evald Fabian Fridtjof Frithjof Gustav Gøran Gøsta Haakon "
    "Hogne Hallgrim Inggard Isak Jahn Jarl Jermund Josef Julian Kai Kay Klaus Claus Kurt Lauritz Lennart Lorents "
    "Magnar Mons Normann Nicolay Noralv Norvald Oluf Osvald Oddmund Oddgeir Odin Olai Preben Randulf Reinert Rasmus "
    "René Roland Runar Saamund Samuel Severin Sigve Skjalg Skule Solve Staffan Stener Steingrim Styrkår Sturla Svenn "
    "Svend Syver Sølve Tarald Teodor Theodor Torgils Torje Torfinn Thor Tollef Tolleiv Tjostolv Tjøstolv Ulv Valdemar "
    "Veslebjørn Wiggo Walter Wilhelm Øivind Øyvin Åsulv Aadne Ådne";

constexpr std::string_view kFemaleTitles =
    "mor moren mora jente jenta jenten datter datteren dattera dotter dottera fru frøken søster søsteren syster "
    "systera "
    "kona kone hustru hustruen enke enkje enken enkja mamma bestemor dame damen dama";
constexpr std::array kFemaleEndings = {"kvinne", "kvinnen", "kvinna",   "dronning",  "dronningen", "dronninga",
                                       "inne",   "innen",   "venninna", "prinsesse", "prinsessen", "prinsessa"};
constexpr std::string_view kMaleTitles =
    "mann mannen far faren pappa gutt gutten gut guten konge kongen herr bror broren brør sønn sønnen son sonen pater "
    "paven pave kar karen gubben bestefar prins prinsen ektemannen ektemann nordmannen";
constexpr std::array kMaleEndings = {"-mannen", "bror"};

constexpr std::array kFemaleNameEndings = {"hild", "unn",  "rid", "bjørg", "laug", "gerd", "veig",
                                           "dis",  "borg", "ine", "ina",   "ella", "ette", "frid",
                                           "vor",  "lin",  "ia",  "sa",    "la"};
constexpr std::array kMaleNameEndings = {"bjørn", "mund", "leiv", "geir", "stein", "ulf",   "ulv", "olf",
                                         "olv",   "fred", "vald", "ar",   "or",    "jan",   "ald", "ert",
                                         "ian",   "ius",  "us",   "o",    "grim",  "kjell", "vin"};

constexpr std::string_view kKin =
    "mor moren mora far faren mamma pappa bror broren søster søsteren søstera systera datter datteren dattera dottera "
    "sønn sønnen sonen kona mannen ektemannen foreldrene jenten jenta gutten guten venninnen venninna vennen kjæresten "
    "sambuaren samboeren naboen legen mennesket";
constexpr std::array kKinPrefixes = {"ekte",  "beste",  "stor",   "store", "lille",  "lite",
                                     "vesle", "eldste", "yngste", "ste",   "sviger", "alene"};

constexpr std::string_view kAnonymous = "kvinnen kvinna dama damen";
constexpr std::array kAnonymousEndings = {"meldaren", "melderen", "journalisten", "kilden", "kjelda"};
constexpr std::array kCollectiveEndings = {"skapet",   "paret",  "familien", "leiinga",
                                           "ledelsen", "gruppa", "gruppen",  "administrasjonen"};
constexpr std::array kPlurals = {"ene", "ane", "erne", "folk", "folka", "folket", "barna"};

template <std::size_t N>
bool ends_in_any(std::string_view word, const std::array<const char*, N>& endings) {
  return std::any_of(endings.begin(), endings.end(), [&](const char* e) { return word.ends_with(e); });
}

using Words = std::unordered_set<std::string_view>;

Words set_of(std::string_view list) {
  const std::vector<std::string_view> words = words_of(list);
  return {words.begin(), words.end()};
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

}  // namespace

QuoteWord quote_word(std::string_view folded) {
  static const std::unordered_map<std::string_view, std::uint32_t> classes = [] {
    std::unordered_map<std::string_view, std::uint32_t> out;
    for (const ClassRow& row : kClasses)
      for (std::string_view word : words_of(row.words)) out[word] |= row.bit;
    return out;
  }();
  QuoteWord w;
  if (const auto found = classes.find(folded); found != classes.end()) w.classes = found->second;
  w.verb = speech_verb(folded);
  w.participle = speech_participle(folded);
  return w;
}

bool is_definite(std::string_view folded) {
  return folded.ends_with("en") || folded.ends_with("et") || folded.ends_with('a') || is_definite_plural(folded);
}

bool is_definite_plural(std::string_view folded) { return ends_in_any(folded, kPlurals); }

bool is_kin(std::string_view folded) {
  static const Words kin = set_of(kKin);
  if (kin.count(folded) != 0) return true;
  return std::any_of(kKinPrefixes.begin(), kKinPrefixes.end(), [&](std::string_view prefix) {
    return folded.starts_with(prefix) && kin.count(folded.substr(prefix.size())) != 0;
  });
}

bool is_anonymous(std::string_view folded) {
  static const Words anonymous = set_of(kAnonymous);
  return anonymous.count(folded) != 0 || ends_in_any(folded, kAnonymousEndings);
}

bool is_collective(std::string_view folded) { return ends_in_any(folded, kCollectiveEndings); }

std::string role_root(std::string_view folded) {
  if (const std::size_t hyphen = folded.rfind('-'); hyphen != std::string_view::npos) folded.remove_prefix(hyphen + 1);
  std::string w(folded);
  const auto cut = [&](std::string_view ending, std::string_view instead) {
    if (!w.ends_with(ending)) return false;
    w.replace(w.size() - ending.size(), ending.size(), instead);
    return true;
  };
  const bool done = cut("arane", "er") || cut("erne", "er") || cut("aren", "er") || cut("eren", "er") ||
                    cut("inna", "inne") || cut("innen", "inne") || (w.size() > 4 && cut("ar", "er"));
  if (!done) {
    if (!cut("et", "") && !cut("en", "")) cut("a", "");
    cut("e", "");
    if (w.ends_with("mm") || w.ends_with("nn")) w.pop_back();
  }
  replace_all(w, "leier", "leder");
  replace_all(w, "leiar", "leder");
  replace_all(w, "utanriks", "utenriks");
  return w;
}

bool same_role(std::string_view root, std::string_view other) {
  if (root == other) return true;
  if (root.size() > other.size()) std::swap(root, other);
  return root.size() >= 4 && other.ends_with(root);
}

Gender gender_of_title(std::string_view folded) {
  static const Words female = set_of(kFemaleTitles), male = set_of(kMaleTitles);
  if (female.count(folded) != 0 || ends_in_any(folded, kFemaleEndings)) return Gender::female;
  if (male.count(folded) != 0 || ends_in_any(folded, kMaleEndings)) return Gender::male;
  return Gender::unknown;
}

Gender gender_of_first_name(std::string_view name) {
  static const Words female = set_of(kFemaleNames), male = set_of(kMaleNames);
  for (const std::string_view part : {name, name.substr(0, name.find('-'))}) {
    if (female.count(part) != 0) return Gender::female;
    if (male.count(part) != 0) return Gender::male;
  }
  if (name.size() > 3 && ends_in_any(name, kFemaleNameEndings)) return Gender::female;
  if (ends_in_any(name, kMaleNameEndings)) return Gender::male;
  return Gender::unknown;
}

}  // namespace spalte::annotate
