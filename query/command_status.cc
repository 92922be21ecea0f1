// `spalte status`: what does the archive hold?
#include "query/reader.h"
#include "schema/command.h"
#include "schema/terminal.h"

#include <filesystem>
#include <ostream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace spalte::query {
namespace {

class StatusCommand : public CommandRun {
 public:
  Result<int> run(Context& context) override {
    Result<Reader> reader = Reader::open(context.db);
    if (!reader) return fail(std::move(reader));
    Catalogue& catalogue = reader->catalogue();
    std::ostream& out = context.io.out;
    const auto line = [&](std::string_view label, const std::string& value) {
      out << fmt::format("{:<12}{}\n", label, printable(value));
    };
    line("index", context.db);
    for (const auto& [label, key] : {std::pair{"archive", state_key::kUuid},
                                     {"revision", state_key::kGeneration},
                                     {"models", state_key::kModels}}) {
      Result<std::string> value = catalogue.state(key);
      if (!value) return fail(std::move(value));
      line(label, *value);
    }
    const Status counted = reader->request([&]() -> Status {
      line("analyser", reader->articles().get_metadata(state_key::kAnalyser));
      line("articles", std::to_string(reader->articles().get_doccount()));
      line("quotations", std::to_string(reader->quotes().get_doccount()));
      return {};
    });
    if (!counted) return fail(counted);
    Result<std::int64_t> dirty = catalogue.dirty_count();
    if (!dirty) return fail(std::move(dirty));
    if (*dirty > 0) line("waiting", fmt::format("{} articles: the next `spalte index` brings them in", *dirty));
    std::int64_t bytes = 0;
    std::error_code error;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(context.db, error))
      if (entry.is_regular_file(error)) bytes += static_cast<std::int64_t>(entry.file_size(error));
    line("size", fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6));
    Result<std::vector<RootRow>> roots = catalogue.roots();
    if (!roots) return fail(std::move(roots));
    for (const RootRow& r : *roots)
      line("root", r.path + (std::filesystem::exists(r.path, error) ? "" : " (not there)"));
    Result<std::map<FileOutcome, std::int64_t>> files = catalogue.file_outcomes();
    if (!files) return fail(std::move(files));
    line("files", fmt::format("{} indexed, {} skipped, {} failed", (*files)[FileOutcome::indexed],
                              (*files)[FileOutcome::skipped], (*files)[FileOutcome::failed]));
    Result<std::vector<FileRow>> failed = catalogue.failed_files();
    if (!failed) return fail(std::move(failed));
    for (const FileRow& f : *failed) line("failed", fmt::format("{}: {}", f.path, f.reason));
    return 0;
  }
};

}  // namespace

std::unique_ptr<CommandRun> setup_status(CLI::App& /*app*/) { return std::make_unique<StatusCommand>(); }

}  // namespace spalte::query
