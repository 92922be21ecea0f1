// The table of organisations that have several names.
#include "annotate/organisations.h"

#include "language/normalise.h"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace spalte::annotate {
namespace {

struct OrganisationRow {
  std::string_view name;
  std::string_view others;  ///< separated by '|'
};

/// Written for this project: parties, ministries, unions and institutions whose names differ between the standards or
/// whose abbreviation stands more often than the name. The name that is given first is the actor's.
constexpr OrganisationRow kOrganisations[] = {
    {"Arbeiderpartiet", "Ap|A.p.|Ap.|Arbeidarpartiet|Det norske Arbeiderparti|DNA"},
    {"Høyre", "Høgre"},
    {"Fremskrittspartiet", "Frp|Fr.p.|Framstegspartiet"},
    {"Senterpartiet", "Sp|Sp."},
    {"Kristelig Folkeparti", "KrF|Kr.F.|Kristeleg Folkeparti"},
    {"Sosialistisk Venstreparti", "SV|Sosialistisk venstreparti"},
    {"Miljøpartiet De Grønne", "MDG|De Grønne|Dei Grøne|Miljøpartiet Dei Grøne"},
    {"Rødt", "Raudt"},
    {"Rød Valgallianse", "RV|Raud Valallianse"},
    {"Norges Kommunistiske Parti", "NKP|Noregs Kommunistiske Parti"},
    {"Arbeidernes ungdomsfylking", "AUF|Arbeidaranes ungdomsfylking"},
    {"Stortinget", "Storthinget"},
    {"LO", "Landsorganisasjonen|Landsorganisasjonen i Norge|Landsorganisasjonen i Noreg"},
    {"NHO", "Næringslivets Hovedorganisasjon|Næringslivets hovedorganisasjon"},
    {"KS", "Kommunenes Sentralforbund|Kommunesektorens organisasjon"},
    {"FN", "De forente nasjoner|Dei sameinte nasjonane|Forente nasjoner|UN"},
    {"EU", "Den europeiske union|Den europeiske unionen"},
    {"Nato", "Den nordatlantiske traktats organisasjon"},
    {"WHO", "Verdens helseorganisasjon|Verdas helseorganisasjon|Verdshelseorganisasjonen"},
    {"Verdens handelsorganisasjon", "WTO|Verdshandelsorganisasjonen"},
    {"Det internasjonale pengefondet", "IMF|Pengefondet"},
    {"Den europeiske sentralbanken", "ESB|ECB"},
    {"OSSE", "Organisasjonen for sikkerhet og samarbeid i Europa"},
    {"Røde Kors", "Raude Krossen|Norges Røde Kors|Raude Kross"},
    {"Leger uten grenser", "Legar utan grenser"},
    {"Utenriksdepartementet", "UD|Utanriksdepartementet"},
    {"Finansdepartementet", "FIN"},
    {"Forsvarsdepartementet", "FD"},
    {"Kunnskapsdepartementet", "KD"},
    {"Miljøverndepartementet", "MD"},
    {"Helse- og omsorgsdepartementet", "HOD"},
    {"Olje- og energidepartementet", "OED"},
    {"NRK", "Norsk rikskringkasting|Norsk Rikskringkasting|Rikskringkastingen|Rikskringkastinga"},
    {"VG", "Verdens Gang"},
    {"Dagens Næringsliv", "DN"},
    {"Bergens Tidende", "BT"},
    {"Dagbladet", "Dagbladet.no"},
    {"NTB", "Norsk Telegrambyrå"},
    {"NVE", "Norges vassdrags- og energidirektorat|Noregs vassdrags- og energidirektorat"},
    {"SSB", "Statistisk sentralbyrå|Statistisk Sentralbyrå"},
    {"PST", "Politiets sikkerhetstjeneste|Politiets tryggingsteneste"},
    {"Utrykningspolitiet", "UP"},
    {"Statens forurensningstilsyn", "SFT|Statens forureiningstilsyn"},
    {"Klima- og forurensningsdirektoratet", "Klif|Klima- og ureiningsdirektoratet"},
    {"Kripos", "Kriminalpolitisentralen"},
    {"NAV", "Arbeids- og velferdsetaten|Arbeids- og velferdsforvaltningen"},
    {"NSB", "Norges Statsbaner|Noregs Statsbaner"},
    {"NTNU", "Norges teknisk-naturvitenskapelige universitet|Noregs teknisk-naturvitskaplege universitet"},
    {"Universitetet i Oslo", "UiO"},
    {"Universitetet i Bergen", "UiB"},
    {"Universitetet i Tromsø", "UiT"},
    {"Norges forskningsråd", "Forskningsrådet|Noregs forskingsråd|Forskingsrådet"},
    {"Norges Fotballforbund", "NFF|Noregs Fotballforbund"},
    {"Rosenborg", "RBK"},
    {"CIA", "Central Intelligence Agency"},
    {"FBI", "Federal Bureau of Investigation"},
    {"BBC", "British Broadcasting Corporation"},
};

using Names = std::unordered_map<std::string, std::string_view>;

Names build() {
  Names out;
  for (const OrganisationRow& row : kOrganisations) {
    out.emplace(language::normalise(row.name), row.name);
    for (std::string_view rest = row.others; !rest.empty();) {
      const std::size_t end = std::min(rest.find('|'), rest.size());
      out.emplace(language::normalise(rest.substr(0, end)), row.name);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return out;
}

}  // namespace

std::string_view known_organisation(std::string_view normalised_name) {
  static const Names names = build();
  const auto found = names.find(std::string(normalised_name));
  return found == names.end() ? std::string_view() : found->second;
}

}  // namespace spalte::annotate
