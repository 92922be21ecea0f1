// The rows of the writing commands; each `setup` stands in the file of its command.
#include "indexer/commands.h"

#include <memory>

namespace spalte::indexer {

std::unique_ptr<CommandRun> setup_index(CLI::App& app);
std::unique_ptr<CommandRun> setup_rebuild(CLI::App& app);
std::unique_ptr<CommandRun> setup_compact(CLI::App& app);
std::unique_ptr<CommandRun> setup_check(CLI::App& app);
std::unique_ptr<CommandRun> setup_forget(CLI::App& app);
std::unique_ptr<CommandRun> setup_dump(CLI::App& app);
std::unique_ptr<CommandRun> setup_restore(CLI::App& app);
std::unique_ptr<CommandRun> setup_shard(CLI::App& app);
std::unique_ptr<CommandRun> setup_annotate(CLI::App& app);
std::unique_ptr<CommandRun> setup_analyse(CLI::App& app);

namespace {

constexpr Command kCommands[] = {
    {"index", "PATH…", "index folders and files; again: only what is new, changed or gone",
     "  spalte index ~/artikler\n  spalte index --db arkiv vg/ aftenposten/2017\n  spalte index --dry-run ~/artikler\n  spalte index --map felter.toml eksport.jsonl\n  spalte index --cluster arkiv.toml ~/artikler",
     Needs::shards, false, setup_index},
    {"rebuild", "", "make the index anew from the catalogue", "  spalte rebuild\n  spalte rebuild --annotate",
     Needs::writer, false, setup_rebuild},
    {"compact", "", "make the index as small as it can be", "  spalte compact", Needs::writer, false, setup_compact},
    {"check", "", "say whether catalogue and index are sound and agree", "  spalte check", Needs::reader, false,
     setup_check},
    {"forget", "ID…", "take articles out for good; they stay out on later runs",
     "  spalte forget 3k7w2m9q0xhf\n  spalte forget --path /arkiv/vg/2011\n  spalte forget --source \"Fjordposten\"",
     Needs::writer, false, setup_forget},
    {"dump", "FILE", "all that cannot be made again, corrections and saved queries included, in one file",
     "  spalte dump arkiv.jsonl.zst\n  spalte dump - | ssh kopi 'cat > arkiv.jsonl.zst'", Needs::reader, false, setup_dump},
    {"restore", "FILE", "an archive from a dump, into a new folder", "  spalte restore --db arkiv arkiv.jsonl.zst",
     Needs::writer, false, setup_restore},
    {"shard", "split|route|merge|move WHAT…", "share an archive out among shards, join some, or move one; nothing is lost",
     "  spalte shard split /srv/arkiv --cluster arkiv.toml\n  spalte shard route --cluster arkiv.toml\n"
     "  spalte shard merge /srv/2018 /srv/2019 --db /srv/samlet --remove\n  spalte shard move 2019 /disk2/2019 --cluster arkiv.toml",
     Needs::shards, false, setup_shard},
    {"annotate", "FILE…", "language, actors, quotes and topics of files, without an index",
     "  spalte annotate artikkel.txt\n  spalte annotate --format jsonl *.txt", Needs::nothing, false, setup_annotate},
    {"analyse", "", "words on stdin, one a line → index keys",
     "  echo statsministrene | spalte analyse --lang nb --format jsonl", Needs::nothing, false, setup_analyse},
};

}  // namespace

std::span<const Command> commands() { return kCommands; }

}  // namespace spalte::indexer
