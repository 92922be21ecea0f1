// The table of speech verbs: finite forms and participles of both standards.
#include "annotate/speech_verbs.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

namespace spalte::annotate {
namespace {

// clang-format off
constexpr std::array kVerbs = {
    SpeechVerb{"si", VerbClass::say, "", "sier sa seier", "sagt"},
    SpeechVerb{"fortelle", VerbClass::say, "", "forteller fortalte fortel fortell fortalde", "fortalt"},
    SpeechVerb{"opplyse", VerbClass::say, "", "opplyser opplyste", "opplyst"},
    SpeechVerb{"hevde", VerbClass::say, "", "hevder hevdet hevda hevdar", "hevdet hevda"},
    SpeechVerb{"forklare", VerbClass::say, "", "forklarer forklarte forklarar forklara", "forklart forklara"},
    SpeechVerb{"understreke", VerbClass::say, "", "understreker understreket understreka understrekte understrekar", "understreket understreka"},
    SpeechVerb{"påpeke", VerbClass::say, "", "påpeker påpekte påpeikar påpeiker påpeika påpeikte", "påpekt påpeika påpeikt"},
    SpeechVerb{"uttale", VerbClass::say, "", "uttaler uttalte uttalar uttala", "uttalt uttala"},
    SpeechVerb{"erklære", VerbClass::say, "", "erklærer erklærte erklærar erklæra", "erklært erklæra"},
    SpeechVerb{"fastslå", VerbClass::say, "", "fastslår fastslo", "fastslått fastslege"},
    SpeechVerb{"konstatere", VerbClass::say, "", "konstaterer konstaterte", "konstatert"},
    SpeechVerb{"presisere", VerbClass::say, "", "presiserer presiserte", "presisert"},
    SpeechVerb{"innrømme", VerbClass::say, "", "innrømmer innrømmet innrømte innrømma innrømer innrømmar innrømde", "innrømmet innrømt innrømd innrømma"},
    SpeechVerb{"medgi", VerbClass::say, "", "medgir medga medgav medgjev", "medgitt medgjeve"},
    SpeechVerb{"vedgå", VerbClass::say, "", "vedgår vedgikk vedgjekk", "vedgått"},
    SpeechVerb{"bekrefte", VerbClass::say, "", "bekrefter bekreftet bekrefta bekreftar", "bekreftet bekrefta"},
    SpeechVerb{"stadfeste", VerbClass::say, "", "stadfester stadfestet stadfesta stadfestar stadfeste", "stadfestet stadfesta stadfest"},
    SpeechVerb{"avkrefte", VerbClass::say, "", "avkrefter avkreftet avkrefta avkreftar", "avkreftet avkrefta"},
    SpeechVerb{"konkludere", VerbClass::say, "", "konkluderer konkluderte", "konkludert"},
    SpeechVerb{"forsikre", VerbClass::say, "", "forsikrer forsikret forsikra forsikrar", "forsikret forsikra"},
    SpeechVerb{"utdype", VerbClass::say, "", "utdyper utdypet utdypte utdypa utdjupar utdjupa", "utdypet utdypt utdjupa"},
    SpeechVerb{"oppsummere", VerbClass::say, "", "oppsummerer oppsummerte", "oppsummert"},
    SpeechVerb{"tilføye", VerbClass::say, "", "tilføyer tilføyde tilføyet tilføyar tilføydde tilføya", "tilføyd tilføyet tilføydd tilføya"},
    SpeechVerb{"bemerke", VerbClass::say, "", "bemerker bemerket bemerka bemerkar", "bemerket bemerka"},
    SpeechVerb{"berette", VerbClass::say, "", "beretter berettet beretta berettar", "berettet beretta"},
    SpeechVerb{"meddele", VerbClass::say, "", "meddeler meddelte", "meddelt"},
    SpeechVerb{"framholde", VerbClass::say, "", "framholder fremholder framholdt fremholdt framheld framheldt", "framholdt fremholdt framhalde"},
    SpeechVerb{"poengtere", VerbClass::say, "", "poengterer poengterte", "poengtert"},
    SpeechVerb{"argumentere", VerbClass::say, "", "argumenterer argumenterte", "argumentert"},
    SpeechVerb{"antyde", VerbClass::say, "", "antyder antydet antyda antydar", "antydet antyda"},
    SpeechVerb{"anslå", VerbClass::say, "", "anslår anslo", "anslått"},
    SpeechVerb{"varsle", VerbClass::say, "", "varsler varslet varsla varslar", "varslet varsla"},
    SpeechVerb{"røpe", VerbClass::say, "", "røper røpet røpte røpa", "røpet røpt"},
    SpeechVerb{"avsløre", VerbClass::say, "", "avslører avslørte", "avslørt"},
    SpeechVerb{"informere", VerbClass::say, "", "informerer informerte", "informert"},
    SpeechVerb{"kunngjøre", VerbClass::say, "", "kunngjør kunngjorde kunngjer", "kunngjort"},
    SpeechVerb{"proklamere", VerbClass::say, "", "proklamerer proklamerte", "proklamert"},
    SpeechVerb{"rapportere", VerbClass::say, "", "rapporterer rapporterte", "rapportert"},
    SpeechVerb{"mene", VerbClass::think, "", "mener mente meiner meinte", "ment meint"},
    SpeechVerb{"tro", VerbClass::think, "", "tror trodde trur trudde", "trodd trudd trutt"},
    SpeechVerb{"synes", VerbClass::think, "", "synes syns syntes synest synst synast syntest syntst", "synes synst"},
    SpeechVerb{"håpe", VerbClass::think, "", "håper håpet håpte håpa håpar vonar vona", "håpet håpa vona"},
    SpeechVerb{"frykte", VerbClass::think, "", "frykter fryktet frykta fryktar", "fryktet frykta"},
    SpeechVerb{"anta", VerbClass::think, "", "antar antok", "antatt"},
    SpeechVerb{"tvile", VerbClass::think, "", "tviler tvilte", "tvilt"},
    SpeechVerb{"erkjenne", VerbClass::think, "", "erkjenner erkjente erkjende", "erkjent"},
    SpeechVerb{"vurdere", VerbClass::think, "", "vurderer vurderte", "vurdert"},
    SpeechVerb{"avvise", VerbClass::act, "", "avviser avviste", "avvist"},
    SpeechVerb{"nekte", VerbClass::act, "", "nekter nektet nekta nektar", "nektet nekta"},
    SpeechVerb{"benekte", VerbClass::act, "", "benekter benektet benekta nektar nekta", "benektet nekta"},
    SpeechVerb{"love", VerbClass::act, "", "lover lovet lovte lova lovar", "lovet lovt lova"},
    SpeechVerb{"advare", VerbClass::act, "", "advarer advarte åtvarar åtvara", "advart åtvara"},
    SpeechVerb{"kritisere", VerbClass::act, "", "kritiserer kritiserte", "kritisert"},
    SpeechVerb{"oppfordre", VerbClass::act, "", "oppfordrer oppfordret oppfordra oppmodar oppmoda", "oppfordret oppmoda"},
    SpeechVerb{"oppmode", VerbClass::act, "", "oppfordrar oppfordra", "oppfordra"},
    SpeechVerb{"kreve", VerbClass::act, "", "krever krevde krev kravde", "krevd kravd"},
    SpeechVerb{"spørre", VerbClass::frame, "", "spør spurte spyr spyrr spurde", "spurt"},
    SpeechVerb{"svare", VerbClass::frame, "", "svarer svarte svarar svara", "svart svara"},
    SpeechVerb{"kommentere", VerbClass::frame, "", "kommenterer kommenterte", "kommentert"},
    SpeechVerb{"skrive", VerbClass::frame, "", "skriver skrev skriv skreiv", "skrevet skrive"},
    SpeechVerb{"melde", VerbClass::frame, "", "melder meldte melde", "meldt"},
    SpeechVerb{"fortsette", VerbClass::frame, "", "fortsetter fortsatte fortset fortsett held fortsette heldt", "fortsatt fortsett halde"},
    SpeechVerb{"sukke", VerbClass::frame, "", "sukker sukket sukka sukkar", "sukket sukka"},
    SpeechVerb{"smile", VerbClass::frame, "", "smiler smilte smilar smila", "smilt"},
    SpeechVerb{"le", VerbClass::frame, "", "ler lo", "ledd"},
    SpeechVerb{"humre", VerbClass::frame, "", "humrer humret humra humrar", "humret humra"},
    SpeechVerb{"flire", VerbClass::frame, "", "flirer flirte", "flirt"},
    SpeechVerb{"glise", VerbClass::frame, "", "gliser gliste", "glist"},
    SpeechVerb{"rope", VerbClass::frame, "", "roper ropte ropar ropa", "ropt"},
    SpeechVerb{"utbryte", VerbClass::frame, "", "utbryter utbrøt utbrast utbryt utbraut", "utbrutt utbrote"},
    SpeechVerb{"ljome", VerbClass::frame, "", "ljomar ljoma", "ljoma"},
    SpeechVerb{"hviske", VerbClass::frame, "", "hvisker hvisket hviska kviskrar kviskra", "hvisket kviskra"},
    SpeechVerb{"spøke", VerbClass::frame, "", "spøker spøkte spøkar skjemtar spøka skjemta", "spøkt"},
    SpeechVerb{"innvende", VerbClass::frame, "", "innvender innvendte innvende", "innvendt"},
    SpeechVerb{"replisere", VerbClass::frame, "", "repliserer repliserte", "replisert"},
    SpeechVerb{"parere", VerbClass::frame, "", "parerer parerte", "parert"},
    SpeechVerb{"tordne", VerbClass::frame, "", "tordner tordnet tordnar tordna", "tordnet tordna"},
    SpeechVerb{"klage", VerbClass::frame, "", "klager klaget klaga klagar", "klaget klaga"},
    SpeechVerb{"skryte", VerbClass::frame, "", "skryter skrøt skryt skraut", "skrytt"},
    SpeechVerb{"rose", VerbClass::frame, "", "roser roste rosar rosa", "rost rosa"},
    SpeechVerb{"minnes", VerbClass::frame, "", "minnes mintes minnest mintest", "minst"},
    SpeechVerb{"fnyse", VerbClass::frame, "", "fnyser fnøs fnyste fnys fnaus", "fnyst"},
    SpeechVerb{"lyde", VerbClass::frame, "", "lyder lød lydde", "lydt"},
    SpeechVerb{"tenke", VerbClass::frame, "", "tenker tenkte tenkjer", "tenkt"},
    SpeechVerb{"tvitre", VerbClass::frame, "", "tvitrer tvitret tvitra tvitrar", "tvitret tvitra"},
    SpeechVerb{"innlede", VerbClass::frame, "", "innleder innledet innleier innleidde", "innledet innleidd"},
    SpeechVerb{"avslutte", VerbClass::frame, "", "avslutter avsluttet avsluttar avslutta", "avsluttet avslutta"},
    SpeechVerb{"begynne", VerbClass::frame, "", "begynner begynte byrjar byrja", "begynt byrja"},
    SpeechVerb{"anføre", VerbClass::frame, "", "anfører anførte", "anført"},
    SpeechVerb{"påstå", VerbClass::say, "", "påstår påsto påstod", "påstått"},
    SpeechVerb{"ytre", VerbClass::say, "", "ytrer ytret ytra ytrar", "ytret ytra"},
    SpeechVerb{"bedyre", VerbClass::say, "", "bedyrer bedyret bedyra bedyrar", "bedyret bedyra"},
    SpeechVerb{"gjenta", VerbClass::frame, "", "gjentar gjentok gjentek", "gjentatt gjenteke"},
    SpeechVerb{"tilstå", VerbClass::say, "", "tilstår tilsto tilstod", "tilstått"},
    SpeechVerb{"garantere", VerbClass::say, "", "garanterer garanterte", "garantert"},
    SpeechVerb{"foreslå", VerbClass::act, "", "foreslår foreslo føreslår føreslo", "foreslått føreslått føreslege"},
    SpeechVerb{"anbefale", VerbClass::act, "", "anbefaler anbefalte tilrår tilrådde", "anbefalt tilrådd"},
    SpeechVerb{"beklage", VerbClass::act, "", "beklager beklaget beklagde beklaga beklagar", "beklaget beklaga"},
    SpeechVerb{"true", VerbClass::frame, "", "truer truet trua trugar truar truga", "truet truga"},
    SpeechVerb{"spå", VerbClass::think, "", "spår spådde", "spådd"},
    SpeechVerb{"spekulere", VerbClass::think, "", "spekulerer spekulerte", "spekulert"},
    SpeechVerb{"undre", VerbClass::frame, "", "undrer undret undra undrar undrast", "undret undra"},
    SpeechVerb{"lure", VerbClass::frame, "", "lurer lurte lurar lura", "lurt"},
    SpeechVerb{"fortvile", VerbClass::frame, "", "fortviler fortvilte fortvilar fortvila", "fortvilt fortvila"},
    SpeechVerb{"frese", VerbClass::frame, "", "freser freste", "frest"},
    SpeechVerb{"refse", VerbClass::frame, "", "refser refset refsa refsar", "refset refsa"},
    SpeechVerb{"åpne", VerbClass::frame, "", "åpner åpnet åpna opnar opna", "åpnet opna"},
    SpeechVerb{"nikke", VerbClass::frame, "", "nikker nikket nikka nikkar", "nikket nikka"},
    SpeechVerb{"stønne", VerbClass::frame, "", "stønner stønnet stønna stønnar", "stønnet stønna"},
    SpeechVerb{"brøle", VerbClass::frame, "", "brøler brølte brølar brøla", "brølt"},
    SpeechVerb{"skrike", VerbClass::frame, "", "skriker skrek skrik skreik", "skreket skrike"},
    SpeechVerb{"hulke", VerbClass::frame, "", "hulker hulket hulka hulkar", "hulket hulka"},
    SpeechVerb{"huske", VerbClass::frame, "", "husker husket huska hugsar hugsa", "husket hugsa"},
    SpeechVerb{"bekjenne", VerbClass::frame, "", "bekjenner bekjente vedkjenner vedkjende", "bekjent vedkjent"},
    SpeechVerb{"resonnere", VerbClass::frame, "", "resonnerer resonnerte", "resonnert"},
    SpeechVerb{"filosofere", VerbClass::frame, "", "filosoferer filosoferte", "filosofert"},
    SpeechVerb{"ironisere", VerbClass::frame, "", "ironiserer ironiserte", "ironisert"},
    SpeechVerb{"sitere", VerbClass::frame, "", "siterer siterte", "sitert"},
    SpeechVerb{"summere opp", VerbClass::frame, "opp", "summerer summerte", "summert"},
    SpeechVerb{"legge", VerbClass::particle, "til", "legger la legg", "lagt"},
    SpeechVerb{"føye", VerbClass::particle, "til", "føyer føyde føyet føyar føydde føya", "føyd føydd"},
    SpeechVerb{"slå", VerbClass::particle, "fast", "slår slo", "slått slege"},
    SpeechVerb{"peke", VerbClass::particle_that, "på", "peker pekte peikar peiker peika peikte", "pekt peika"},
    SpeechVerb{"vise", VerbClass::particle_that, "til", "viser viste", "vist"},
    SpeechVerb{"minne", VerbClass::particle_that, "om|på", "minner minnet minte", "minnet mint"},
    SpeechVerb{"skyte", VerbClass::particle, "inn", "skyter skjøt skyt skaut", "skutt skote"},
    SpeechVerb{"gi", VerbClass::particle_that, "uttrykk|beskjed", "gir ga gav gjev", "gitt gjeve"},
    SpeechVerb{"gjøre", VerbClass::particle_that, "klart|det klart", "gjør gjorde gjer", "gjort"},
    SpeechVerb{"komme", VerbClass::particle_that, "med", "kommer kom kjem", "kommet kome"},
};
// clang-format on

using Forms = std::unordered_map<std::string_view, const SpeechVerb*>;

void add(Forms& forms, std::string_view list, const SpeechVerb& verb) {
  for (std::string_view word : words_of(list)) forms.try_emplace(word, &verb);  // the first row keeps a shared form
}

Forms finite_forms() {
  Forms forms;
  for (const SpeechVerb& v : kVerbs) add(forms, v.finite, v);
  return forms;
}

Forms participles() {
  Forms forms;
  for (const SpeechVerb& v : kVerbs)
    if (v.kind != VerbClass::particle && v.kind != VerbClass::particle_that) add(forms, v.participles, v);
  return forms;
}

const SpeechVerb* find(const Forms& forms, std::string_view word) {
  const auto found = forms.find(word);
  return found == forms.end() ? nullptr : found->second;
}

}  // namespace

std::vector<std::string_view> words_of(std::string_view list) {
  std::vector<std::string_view> out;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(' '), list.size());
    if (end > 0) out.push_back(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return out;
}

const SpeechVerb* speech_verb(std::string_view folded) {
  static const Forms forms = finite_forms();
  return find(forms, folded);
}

const SpeechVerb* speech_participle(std::string_view folded) {
  static const Forms forms = participles();
  return find(forms, folded);
}

}  // namespace spalte::annotate
