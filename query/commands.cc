// The rows of the reading commands; each `setup` stands in the file of its command.
#include "query/commands.h"

#include <memory>

namespace spalte::query {

std::unique_ptr<CommandRun> setup_search(CLI::App& app);
std::unique_ptr<CommandRun> setup_count(CLI::App& app);
std::unique_ptr<CommandRun> setup_show(CLI::App& app);
std::unique_ptr<CommandRun> setup_cite(CLI::App& app);
std::unique_ptr<CommandRun> setup_explain(CLI::App& app);
std::unique_ptr<CommandRun> setup_actors(CLI::App& app);
std::unique_ptr<CommandRun> setup_together(CLI::App& app);
std::unique_ptr<CommandRun> setup_topics(CLI::App& app);
std::unique_ptr<CommandRun> setup_quotes(CLI::App& app);
std::unique_ptr<CommandRun> setup_dups(CLI::App& app);
std::unique_ptr<CommandRun> setup_versions(CLI::App& app);
std::unique_ptr<CommandRun> setup_diff(CLI::App& app);
std::unique_ptr<CommandRun> setup_facets(CLI::App& app);
std::unique_ptr<CommandRun> setup_timeline(CLI::App& app);
std::unique_ptr<CommandRun> setup_compare(CLI::App& app);
std::unique_ptr<CommandRun> setup_export(CLI::App& app);
std::unique_ptr<CommandRun> setup_kwic(CLI::App& app);
std::unique_ptr<CommandRun> setup_save(CLI::App& app);
std::unique_ptr<CommandRun> setup_new(CLI::App& app);
std::unique_ptr<CommandRun> setup_status(CLI::App& app);
std::unique_ptr<CommandRun> setup_serve(CLI::App& app);
std::unique_ptr<CommandRun> setup_link(CLI::App& app);
std::unique_ptr<CommandRun> setup_help(CLI::App& app);

namespace {

constexpr Command kCommands[] = {
    {"search", "QUERY…", "the articles that match, best first",
     "  spalte search statsminister aktør:Kina\n  spalte search '\"i det hele tatt\"' --sort date\n  spalte search "
     "norge -oslo -n 0 --format csv",
     Needs::reader, true, setup_search},
    {"count", "QUERY…", "how many articles match, exactly",
     "  spalte count emne:politikk date:2017\n  spalte count -v klubb", Needs::reader, true, setup_count},
    {"show", "ID…", "an article with all that is known of it",
     "  spalte show 3k7w2m9q0xhf\n  spalte show --format json 3k7w\n  spalte show --format html 3k7w > artikkel.html",
     Needs::reader, false, setup_show},
    {"cite", "ID…", "how to cite an article: text, BibTeX or CSL-JSON, with the archive's revision",
     "  spalte cite 3k7w2m9q0xhf\n  spalte cite --format bibtex --para 4 3k7w2m9q0xhf\n  spalte search streik --format "
     "ids "
     "-n 0 | xargs spalte cite --format csl-json",
     Needs::reader, false, setup_cite},
    {"explain", "QUERY…", "what a query is taken for: tree, keys, actors meant, documents per key",
     "  spalte explain utenriksminister aktør:Tillerson", Needs::reader, true, setup_explain},
    {"actors", "[QUERY…]", "who is named in the matching articles; who one actor is; corrections",
     "  spalte actors emne:politikk --kind person --top 20\n  spalte actors --of Bråthen\n  spalte actors --merge "
     "\"Nordhavet kraftlag\" Havkraft\n  spalte actors --alias Kina Midtens_rike\n  spalte actors --set-kind Brann org",
     Needs::reader, true, setup_actors},
    {"together", "NAME", "who is named together with an actor, how much more often than by chance, and where",
     "  spalte together Kina --with person\n  spalte together \"Wang Yi\" --within article --format graphml",
     Needs::reader, true, setup_together},
    {"topics", "[QUERY…]", "what the matching articles are about, and the words that set them apart",
     "  spalte topics aktør:Kina\n  spalte topics --import mine_emner.toml", Needs::reader, true, setup_topics},
    {"quotes", "[QUERY…]", "quotations that match, with who said them; `?` marks a speaker that is inferred",
     "  spalte quotes Nord-Korea --by Tillerson\n  spalte quotes --by Kina --sort date\n  spalte quotes streik "
     "emne:arbeidsliv "
     "--format csv -n 0",
     Needs::reader, true, setup_quotes},
    {"dups", "[ID] [QUERY…]", "near-duplicates: those of an article, or the groups among the matching ones",
     "  spalte dups 3k7w2m9q0xhf\n  spalte dups --agency NTB\n  spalte dups emne:sport date:2017 --format csv", Needs::reader,
     true, setup_dups},
    {"versions", "ID", "all versions of an article, oldest first", "  spalte versions 3k7w2m9q0xhf", Needs::reader, false,
     setup_versions},
    {"diff", "ID [ID]", "what differs between two articles, or an article's last two versions, word by word",
     "  spalte diff 3k7w2m9q0xhf\n  spalte diff 3k7w2m9q0xhf@1 3k7w2m9q0xhf@3\n  spalte diff 3k7w2m9q0xhf --format json",
     Needs::reader, false, setup_diff},
    {"facets", "FIELD[,FIELD] [QUERY…]", "counts by source, section, lang, byline, agency, year or month",
     "  spalte facets kilde\n  spalte facets source,year emne:sport --format csv", Needs::reader, true, setup_facets},
    {"timeline", "[QUERY…]", "how many articles in each period",
     "  spalte timeline streik --by month\n  spalte timeline klima --relative --format csv\n  spalte timeline klima "
     "--by "
     "month --format svg > klima.svg",
     Needs::reader, true, setup_timeline},
    {"compare", "A B", "two queries side by side: over time, and by the words that tell them apart",
     "  spalte compare streik lockout\n  spalte compare 'aktør:Kina handel' 'aktør:Japan handel' --by month "
     "--relative\n  "
     "spalte compare klima miljø --format svg > klima.svg",
     Needs::reader, true, setup_compare},
    {"export", "[QUERY…]", "every row about the matching articles: articles, mentions, quotes or topics",
     "  spalte export emne:sport > sport.csv\n  spalte export aktør:Kina --what mentions --format jsonl", Needs::reader,
     true, setup_export},
    {"kwic", "QUERY…", "each place where the query's words stand, in its context",
     "  spalte kwic klima --sort right\n  spalte kwic '\"i det hele tatt\"' aktør:Kina --width 50\n  spalte kwic "
     "streik -n 0 "
     "--format csv",
     Needs::reader, true, setup_kwic},
    {"save", "[NAME [QUERY…]]", "keep a query under a name, for query:NAME in others and for `new`; list them",
     "  spalte save valget 'valg OR stortingsvalg'\n  spalte search query:valget -kommunevalg\n  spalte save --list\n  "
     "spalte save --drop valget",
     Needs::reader, true, setup_save},
    {"new", "NAME", "what a saved query finds that is new since the last `new`", "  spalte new valget --sort date",
     Needs::reader, false, setup_new},
    {"status", "", "what the archive holds, source by source, and what failed",
     "  spalte status\n  spalte status --coverage\n  spalte status --coverage --format csv", Needs::reader, false,
     setup_status},
    {"serve", "", "serve this index as a shard, to those who read it with --cluster",
     "  spalte serve --db /srv/2019 --listen localhost:7700\n  spalte serve --db /srv/2019 --listen 10.0.0.2:7700 --secret "
     "/etc/spalte/secret\n  spalte count klima --cluster arkiv.toml\n\nThe cluster file:\n  timeout = 5                     "
     "# seconds for an answer\n\n  [[shard]]\n  name = \"2019\"\n  at = \"tcp 10.0.0.2:7700\"\n  secret = "
     "\"/etc/spalte/secret\"\n\n  [[shard]]\n  name = \"2018\"\n  at = \"ssh arkiv2 /srv/2018\"     # nothing listens "
     "there: ssh starts it\n\n  [[shard]]\n  name = \"2020\"\n  at = \"/srv/2020\"              # on this machine",
     Needs::writer /* of options, --db alone */, false, setup_serve},
    {"link", "", "join stdin and stdout to a service of `spalte serve`; --cluster starts it by itself",
     "  spalte link --to 10.0.0.2:7700 --service articles --secret /etc/spalte/secret", Needs::nothing, false, setup_link},
    {"help", "[TOPIC]", "`help query`: how to ask; scripts that complete, and the manual page",
     "  spalte help query\n  spalte help --completion bash > ~/.local/share/bash-completion/completions/spalte\n  "
     "spalte "
     "help --man | man -l -",
     Needs::nothing, false, setup_help},
};

}  // namespace

std::span<const Command> commands() { return kCommands; }

}  // namespace spalte::query
