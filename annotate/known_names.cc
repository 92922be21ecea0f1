// The lists, written for this project from general knowledge: frequent first names of Norway and of the news, Norwegian
// municipalities, regions and districts, cities of the world as Norwegian papers spell them, newspapers and other
// bodies of one word.
#include "annotate/known_names.h"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace spalte::annotate {
namespace {

constexpr std::string_view kFirstNames =
    "Aage Aase Aasmund Aasta Abdul Abdullah Adam Adele Adrian Agnes Agnete Ahmed Aksel Albert Alex Alexander Alf "
    "Alfred Ali Alice Allan Amalie Amanda Amina Anders Andre Andrea Andreas Andrew Andrzej André Andy Anette "
    "Angela Angelina Anita Anja Ann Anna Annbjørg Anne Annelise Annette Anniken Anton Antonio Ari Arild Arne "
    "Arnfinn Arnhild Arnold Arnstein Arnt Arnulf Aron Arthur Arve Arvid Arvo Asbjørn Asgeir Aslak Aslaug Asle "
    "Astrid Atle Aud Audhild Audny Audun August Augusta Aurora Axel Barack Barbara Benedicte Benedikte Benjamin "
    "Bent Bente Bergljot Berit Bernard Bernt Bertil Bill Birger Birgit Birgitte Birthe Bjarne Bjarte Bjørg "
    "Bjørn Bjørnar Bjørnulf Bob Bodil Borghild Borgny Boris Brian Brit Brita Britt Bruce Bryan Brynhild "
    "Brynjar Bård Camilla Carina Carl Carlos Caroline Cato Cecilia Cecilie Charles Charlotte Chris Christian "
    "Christina Christine Christoffer Christopher Claes Clara Claus Condoleezza Conny Dag Dagfinn Dagny Dagrun "
    "Dan Daniel David Dennis Didrik Diego Dmitrij Donald Dorthe Edel Edgar Edith Edvard Edward Egil Eigil Eilev "
    "Eilif Einar Eirik Eivind Eivor Eldar Eldbjørg Eldfrid Eldrid Eli Elias Elin Elisabeth Elise Elizabeth Ella "
    "Ellen Ellinor Elsa Else Emil Emilie Emma Emmanuel Endre Eric Erica Erik Erika Erland Erlend Erling Erna "
    "Ernst Espen Ester Esther Eva Evelyn Even Fatima Felix Ferdinand Fidel Finn Florence Francis Francois Frank "
    "Franz Fred Freddy Frederik Fredrik Fredrikke Frida Frithjof Fritz Frode Frøydis Gabriel Gard Garry Geir "
    "Georg George Gerd Gerda Gerhard Gert Gisle Gjermund Gordon Greger Grete Grethe Gro Gry Gudbrand Gudmund "
    "Gudrun Gunhild Gunn Gunnar Gunnhild Gunvor Guri Guro Gustav Guttorm Gyda Haakon Haavard Hadia Halfdan "
    "Hallgeir Hallstein Hallvard Halvard Halvdan Halvor Hamid Hamza Hanna Hannah Hanne Hans Harald Harold Harry "
    "Hassan Hedda Hedvig Hege Heidi Heine Helen Helena Helene Helga Helge Helle Henning Henri Henriette Henrik "
    "Henry Herbert Herdis Herman Hermund Hilde Hildegunn Hillary Hilmar Hjalmar Hjørdis Hugh Hugo Huseyn "
    "Hussein Håkon Håvard Ibrahim Ida Idar Idun Inga Ingar Inge Ingebjørg Ingeborg Ingebrigt Ingelin Inger "
    "Ingfrid Ingrid Ingunn Ingvar Ingvild Iren Irene Iris Isabel Isabella Isak Ivan Ivar Ivara Iver Jack Jacob "
    "Jacques Jahn Jakob James Jan Jane Janne Jardar Jarl Jarle Jasmin Jean Jeanette Jeanne Jennifer Jenny Jens "
    "Jeremy Jesper Jessica Jim Jimmy Jo Joachim Joakim Joar Joe Johan Johanna Johanne Johannes John Johnny Jon "
    "Jonas Jonathan Jorid Jorun Jorunn Jose Josef Joseph Jostein José Judith Julia Julian Julie Julius Jørgen "
    "Jørn Jørund Kaare Kai Kaja Kamilla Karen Kari Karianne Karin Karina Karita Karl Karoline Kasper Kate "
    "Katharina Kathrine Katrine Kay Keith Ken Kenneth Kent Kevin Khalid Kim Kine Kirsten Kirsti Kjartan Kjell "
    "Kjersti Kjetil Knut Kofi Kolbein Kolbjørn Konrad Kristen Kristian Kristiane Kristin Kristina Kristine "
    "Kristoffer Kurt Kyrre Kåre Lage Larry Lars Lasse Laura Leidulv Leif Leikny Leiv Lena Lene Leo Leon Leonard "
    "Leonid Lillian Linda Line Linn Lisa Lisbeth Lise Liv Liz Lotte Louis Louise Lucas Ludvig Lukas Lydia Mads "
    "Magne Magnhild Magnor Magnus Mahmoud Maja Malene Malin Marc Marco Marcus Maren Margaret Margareth Margrethe "
    "Mari Maria Marian Marianne Marie Marit Marita Marius Mark Markus Marta Marte Martha Marthe Martin Martine "
    "Mary Mathias Mathilde Mats Matthew Mattis Maurice Max May Merete Mette Mia Michael Michel Michelle Miguel "
    "Mikael Mikal Mike Mikhail Mikkel Milan Mina Miriam Moa Mohamed Mohammad Mohammed Mona Monica Monika Morten "
    "Moses Muhammad Mustafa Målfrid Nancy Nanna Natalia Natalie Nelson Nicholas Nicolai Nicolas Niels Niklas "
    "Nikolai Nils Nina Nora Norbert Norunn Norvald Oda Odd Oddbjørn Oddgeir Oddlaug Oddny Oddrun Oddvar Ola "
    "Olaf Olaug Olav Ole Oleg Olga Oliver Olivia Oluf Omar Osama Oscar Oskar Othar Ottar Otto Paal Pablo "
    "Patricia Patrick Paul Paula Paulina Peder Pedro Peer Per Pernille Pervez Pete Peter Petra Petter Phil "
    "Philip Philippe Pia Pierre Pål Rachel Ragna Ragnar Ragnfrid Ragnhild Ragnvald Randi Rannveig Rasmus "
    "Rebecca Rebekka Reidar Reidun Renate René Rex Richard Rigmor Rikke Rino Rita Robert Roberto Robin Roger "
    "Roland Rolf Rolv Roman Ronald Rose Roy Rudolf Runa Rune Rupert Ruth Ryan Sabina Saddam Said Salman Salvador "
    "Sam Samuel Sander Sandra Sara Sarah Sebastian Selma Sergej Severin Shahid Sharon Sidsel Sigbjørn Sigfrid "
    "Sigmund Signe Sigrid Sigrun Sigurd Sigvart Sigve Silje Silvia Silvio Simen Simon Simone Sindre Siri Sissel "
    "Siv Sivert Snorre Sofia Sofie Solfrid Solveig Solvor Sondre Sonja Sophie Stanley Stefan Stein Steinar "
    "Stella Sten Stephen Steve Steven Stian Stig Stine Sturla Styrk Sunniva Susan Susanne Svanhild Svein "
    "Sveinung Sven Svend Sverke Sverre Sylvi Sylvia Synne Synnøve Syver Sølvi Søren Tage Tarald Tarjei Terje "
    "Terry Thea Theodor Therese Thomas Thor Thorbjørn Thore Thorvald Tim Timothy Tina Tine Tiril Tobias Tom "
    "Tomas Tommy Tone Tonje Tony Tor Toralf Torbjørg Torbjørn Tord Tordis Tore Torfinn Torgeir Torger Torgils "
    "Torgrim Torgunn Torhild Toril Torild Torill Torkel Torkild Torleif Tormod Torodd Torolf Torstein Torun "
    "Torunn Torvald Tove Trine Tron Trond Trude Truls Trygve Turid Tuva Ulf Ulrik Unn Unni Ursula Valborg "
    "Valdemar Valerie Vebjørn Vegar Vegard Vera Veronica Veslemøy Vetle Vibeke Victor Victoria Vidar Vidkun "
    "Vigdis Viggo Viking Viktor Viktoria Vilde Vilhelm Vilhjelm Viljar Vincent Viola Virginia Vivian Vladimir "
    "Walter Wenche Wilhelm William Willy Winston Yasser Yngvar Yngve Yusuf Yvonne Zlatan Ådne Åge Ånund Åsa "
    "Åse Åshild Åslaug Åsmund Åsne Åsta Øistein Øivind Ørjan Ørnulf Ørnulv Øystein Øyunn Øyvind";

constexpr std::string_view kPlaces =
    "Aalborg Aberdeen Abuja Accra Addis Afrika Agdenes Agder Akershus Alaska Aleppo Alexandria Alger Alicante "
    "Almaty Alstahaug Alta Alvdal Amerika Amman Amsterdam Andebu Andenes Andøy Ankara Antwerpen Aremark Arendal "
    "Arizona Arkhangelsk Asia Asker Askim Askvoll Askøy Asmara Astana Athen Atlanta Auckland Audnedal Aukra "
    "Aure Aurland Aurskog Austevoll Austlandet Austrheim Averøy Bagdad Baku Balestrand Bali Balkan Ballangen "
    "Balsfjord Baltimore Bamako Bamble Bangkok Barcelona Bardu Barentsburg Basel Basra Bayern Beiarn Beijing "
    "Beirut Belfast Benghazi Beograd Bergamo Bergen Berlevåg Berlin Bern Bilbao Bindal Birkenes Birmingham "
    "Bjerkreim Bjugn Bodø Bogota Bokn Bologna Bombay Bonn Bordeaux Bornholm Bosnia Boston Brasilia Bratislava "
    "Bremanger Bremen Bretagne Brevik Brisbane Bristol Brumunddal Brussel Bruxelles Bryne Brønnøy "
    "Brønnøysund Bucuresti Bucureşti Budapest Buskerud Bygland Bykle Båtsfjord Bærum Bømlo Calcutta "
    "California Canberra Cannes Caracas Cardiff Casablanca Chennai Chicago Colombo Cork Dakar Dalane Dalen "
    "Dallas Damaskus Darfur Davos Delhi Denver Detroit Dhaka Doha Dombås Dortmund Dovre Drammen Drangedal "
    "Dresden Drøbak Dubai Dublin Durban Dyrøy Dønna Düsseldorf Edinburgh Egersund Eide Eidfjord Eidsberg "
    "Eidskog Eidsvoll Eiker Elverum Enebakk Engerdal Etne Etnedal Europa Evenes Evje Fagernes Farsund Fauske "
    "Fedje Finnmark Finnsnes Finnøy Firenze Fitjar Fjaler Fjell Flakstad Flatanger Flekkefjord Flesberg Flora "
    "Florida Florø Flå Folldal Follo Forsand Fosen Fosnes Frankfurt Fredrikstad Freetown Frogn Froland Frosta "
    "Fræna Frøya Fusa Fyresdal Førde Gamvik Gardermoen Gaular Gausdal Gaza Gazastripen Gdansk Geilo Genova "
    "Genève Gildeskål Giske Gjemnes Gjerdrum Gjerstad Gjesdal Gjøvik Glasgow Gloppen Gol Gran Grane Granvin "
    "Gratangen Grenland Grimstad Grong Grozny Grue Guantanamo Gudbrandsdalen Gulen Göteborg Haag Hadeland "
    "Hadsel Haifa Halden Hallingdal Halsa Hamar Hamarøy Hamburg Hammerfest Hannover Hanoi Haram Harare "
    "Hardanger Hareid Harstad Hasvik Hattfjelldal Haugesund Haukeli Havanna Hebron Hedmark Helgeland Helsingfors "
    "Helsinki Hemne Hemnes Hemsedal Herøy Hiroshima Hitra Hjartdal Hjelmeland Hobøl Hokksund Hollywood "
    "Holmestrand Holtålen Honningsvåg Hordaland Hornindal Horten Houston Hovden Hurdal Hurum Husnes Hvaler "
    "Hyllestad Hå Hægebostad Hønefoss Høyanger Høylandet Ibestad Illinois Inderøy Innherred Innlandet "
    "Innsbruck Iowa Islamabad Istanbul Iveland Jakarta Jeddah Jerevan Jerusalem Jessheim Jevnaker Johannesburg "
    "Jondal Jylland Jæren Jølster Jørpeland Kabul Kairo Kampala Kanariøyane Kanariøyene Kandahar Karachi "
    "Karasjok Karelia Karlsøy Karmøy Kashmir Katalonia Kathmandu Kautokeino Kehl Khartoum Kiev Kigali Kinshasa "
    "Kirkenes Klepp Klæbu Knarvik Kolbotn Kongsberg Kongsvinger Kopervik Korsika Kosovo Kragerø Krakow Kreta "
    "Krim Kristiansand Kristiansund Krødsherad Kurdistan Kvalsund Kvam Kvinesdal Kvinnherad Kviteseid Kvitsøy "
    "Kvænangen Kyiv Kyoto Kåfjord Köln København Lagos Lahore Lakselv Langesund Lappland Lardal Larvik "
    "Lausanne Lavangen Lebesby Leeds Leikanger Leipzig Leirfjord Leirvik Leknes Leksvik Lenvik Lesja Levanger "
    "Lier Lierne Lille Lillehammer Lillesand Lillestrøm Lima Lindesnes Lindås Lisboa Liverpool Ljubljana "
    "Lofoten London Longyearbyen Loppa Louisiana Luanda Lunner Lurøy Lusaka Luster Luxembourg Lyngdal Lyngen "
    "Lyon Lærdal Lødingen Lørenskog Løten Madrid Malaga Mallorca Malmö Malvik Manchester Mandal Manila "
    "Maputo Marker Marnardal Marrakech Marseille Masfjorden Massachusetts Medina Mekka Meland Melbourne Meldal "
    "Melhus Meløy Meråker Miami Midsund Midtøsten Milano Minnesota Minsk Mjøndalen Modalen Modum Moelv "
    "Mogadishu Molde Mombasa Monrovia Montreal Mosjøen Moskenes Moskva Moss Mosul Mosvik Mumbai Murmansk Mysen "
    "Målselv Måløy Måsøy München Nagasaki Nairobi Namdalen Namsos Namsskogan Nannestad Napoli Narvik "
    "Naustdal Nesbyen Nesna Nesodden Nesseby Nesset Nevada Newcastle Nice Nikosia Nissedal Nittedal Norddal "
    "Norden Nordfjord Nordfjordeid Nordhordland Nordkapp Nordland Nordmøre Nordreisa Nordvestlandet Nore "
    "Norheimsund Normandie Notodden Numedal Nuuk Nærøy Nøtterøy Nürnberg Odda Odense Odessa Ofoten Ohio "
    "Oppdal Oppegård Oppland Orkanger Orkdal Orlando Osaka Osen Oslo Osterøy Otta Ottawa Overhalla Palermo "
    "Paris Peshawar Petersburg Philadelphia Phuket Pisa Porsanger Porsgrunn Porto Portsmouth Praha Pretoria "
    "Pristina Provence Pyongyang Quebec Quito Rabat Radøy Rakkestad Ramallah Rana Randaberg Raufoss Rauland "
    "Rauma Rena Rendalen Rennebu Rennesøy Reykjavik Rhodos Riga Rindal Ringebu Ringerike Ringsaker Rissa Risør "
    "Riyadh Rjukan Roan Rogaland Rollag Roma Romerike Romsdal Rosendal Rotterdam Rouen Ryfylke Rygge Råde "
    "Rælingen Rødøy Rømskog Røros Rørvik Røst Røyken Røyrvik Saigon Salangen Saltdal Salten Salzburg "
    "Samnanger Sandane Sandefjord Sandeid Sandnes Sandnessjøen Sandvika Sandøy Santiago Sarajevo Sarpsborg "
    "Sauda Sauherad Seattle Selbu Selje Seljord Seoul Setesdal Sevilla Shanghai Sibir Sicilia Siena Sigdal "
    "Siljan Sinai Singapore Sirdal Sjælland Skandinavia Skaun Skedsmo Ski Skien Skiptvet Skjervøy Skjåk "
    "Skodje Skopje Skåne Skånland Smøla Snillfjord Snåsa Sofia Sogndal Sokndal Sola Solund Songdalen "
    "Sortland Southampton Spydeberg Stange Stavanger Stavern Steigen Steinkjer Stjørdal Stockholm Stokke "
    "Stokmarknes Stord Stordal Storfjord Stranda Strasbourg Stryn Stuttgart Sula Suldal Sunndal Sunndalsøra "
    "Sunnfjord Sunnhordland Sunnmøre Surnadal Svalbard Sveio Svelvik Svolvær Sydney Sykkylven Søgne Sømna "
    "Sørfold Sørlandet Sørum Taipei Tallinn Tammerfors Tana Tasjkent Tbilisi Teheran Telemark Tenerife Texas "
    "Thessaloniki Tibet Timbuktu Tingvoll Tinn Tirana Tjeldsund Tjøme Tokke Tokyo Tolga Torino Toronto Torsken "
    "Toscana Toten Toulouse Tranøy Treungen Tripoli Troms Tromsø Trondheim Trysil Træna Trøgstad Trøndelag "
    "Tsjetsjenia Tunis Tvedestrand Tydal Tynset Tysfjord Tysnes Tysvær Tórshavn Tønsberg Ulefoss Ullensaker "
    "Ullensvang Ulstein Ulsteinvik Ulvik Uppsala Utsira Uvdal Vadsø Vaksdal Valdres Valencia Valle Vancouver "
    "Vang Vanse Vanylven Vardø Vefsn Vega Vegårshei Venezia Vennesla Verdal Verona Verran Vestbredden Vestby "
    "Vesten Vesterålen Vestfold Vestland Vestlandet Vestnes Vestvågøy Vevelstad Vik Viken Vikersund Vikna "
    "Vilnius Vindafjord Vinje Vinstra Virginia Volda Voss Vågan Vågsøy Vågå Våler Værøy Warszawa "
    "Washington Wellington Wien Wisconsin Zagreb Zürich Åfjord Ålesund Ålgård Åmdal Åmli Åmot Åndalsnes "
    "Årdal Århus Årnes Ås Åseral Åsnes Øksnes Ølen Ørland Ørskog Ørsta Østerdalen Østfold "
    "Østlandet Øyer Øygarden Øystre";

constexpr std::string_view kOrganisations =
    "AFP AP AaFK Aalesund Adresseavisen Aftenposten Aftonbladet Agderposten Airbus Ajax Akademikerne Amnesty Ap "
    "Apple Arbeidarpartiet Arbeiderpartiet Arbeidstilsynet Arsenal Attac Avinor BBC BI BMW BP BT Barcelona "
    "Bayern Bellona Benfica Bergensavisen Berlingske Bild Blackburn Bloomberg Bodø/Glimt Boeing Braathens Brann "
    "Budstikka Bundestag CIA CNN Celtic Chelsea Computerworld Coop DN DNB Dagbladet Dagningen Dagsavisen Dalane "
    "Datatilsynet Demokratene DnB Dumaen EFTA ESA ESB ETA EU Elkem Equinor Ericsson Eurojust Europol Everton "
    "Expressen Exxon EØS FBI FIFA FIS FN Facebook Fagforbundet Fatah Fellesforbundet Fifa Figaro Finansavisen "
    "Finanstilsynet Finnmarken Firda Firdaposten Fjordingen Folketinget Forbrukerrådet Ford Framstegspartiet "
    "Fredrikstad Fremskrittspartiet Frp Fulham Fædrelandsvennen Gazprom Gilde Gjengangeren Gjensidige Glimt "
    "Glåmdalen Google Grannar Greenpeace Guardian Gudbrandsdølen HamKam Hamas Hardanger Haugesund "
    "Helsedirektoratet Helsetilsynet Hizbollah Hordaland Hydro Høgre Høgskolen Høgskulen Høgsterett "
    "Hønefoss Høyesterett Høyre IAEA IBM ICC IMF IOC IRA Ikea Independent Intel Inter Interfax Interpol "
    "Jernbaneverket Juventus Jyllands-Posten Jærbladet KS Klassekampen Knesset Kongressen Konkurransetilsynet "
    "KrF Kredittilsynet Kreml Krf Kripos Kuomintang Kværner LO LSK Laagendalsposten Labour Lagtinget "
    "Libération Lillestrøm Lindesnes Liverpool Lyn MDG Mattilsynet Microsoft Milan Molde Monde Morgenbladet "
    "Moss Møre-Nytt NAV NFF NHO NIF NILU NIVA NMBU NRK NSB NTB NTH NTNU NVE Namdalsavisa Nationen Nato "
    "Naturvernforbundet Nav Nokia Nordea Nordlandsposten Nordlys Norgesgruppen Nortura Norwegian Nynorsk OECD "
    "OPEC OSSE Observer Odd Odelstinget Oppland Orkla PKK PLO PST Pentagon Politidirektoratet Politiken Posten "
    "RBK RV Rangers Raudt Regjeringa Regjeringen Rema Republikanerne Reuters Riksdagen Riksrevisjonen Rimi "
    "Romsdal Rosenborg Ruter Rødt SAS SSB SV Saab Sametinget Samsung Scanpix Schibsted Senatet Senterpartiet "
    "Shell Sintef Sogndal Sony Sp Spiegel Stabæk Statkraft Statoil Statsbygg Storebrand Stortinget "
    "Strømsgodset Sunnhordland Sunnmørsposten TIL TV2 Taliban Tandberg Tass Telegraph Telemarksavisa Telenor "
    "Tine Tories Tottenham Toyota Tromsdalen Trønder-Avisa Turistforeningen Twitter UDI UEFA UNE Uefa UiB UiO "
    "Ukeavisen Unesco Unicef Unio Universitetet Utdanningsdirektoratet Utlendingsdirektoratet Utrop VG Varden "
    "Vegvesenet Venstre Vikebladet Volvo Vålerenga WHO WTO Wada Widerøe Xinhua YS Yara iTromsø Økokrim "
    "Østlands-Posten Østlandssendingen Østlendingen";

using Table = std::unordered_map<std::string_view, std::uint8_t>;

void add(Table& table, std::string_view list, std::uint8_t bit) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(' '), list.size());
    if (end > 0) table[list.substr(0, end)] |= bit;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

Table build() {
  Table out;
  add(out, kFirstNames, kFirstName);
  add(out, kPlaces, kPlace);
  add(out, kOrganisations, kOrganisation);
  return out;
}

}  // namespace

std::uint8_t known_name(std::string_view word) {
  static const Table table = build();
  const auto found = table.find(word);
  return found == table.end() ? std::uint8_t{0} : found->second;
}

}  // namespace spalte::annotate
