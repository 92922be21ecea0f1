// `spalte annotate` and `spalte analyse`: what does the program see in a file, in a word?
#include "indexer/render_annotation.h"
#include "indexer/toolbox.h"
#include "schema/command.h"
#include "schema/terminal.h"

#include <algorithm>
#include <filesystem>
#include <istream>
#include <ostream>
#include <set>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace spalte::indexer {
namespace {

class AnnotateCommand : public CommandRun {
 public:
  explicit AnnotateCommand(CLI::App& app) {
    app.add_option("FILE", files_, "files of articles")->required();
    app.add_option("--format", format_, "text or jsonl")->check(CLI::IsMember({"text", "jsonl"}))->type_name("FORMAT");
    app.add_option("--model", models_.actors, "another actor model, for experiments")->type_name("FILE");
  }

  Result<int> run(Context& context) override {
    Result<Resources> resources = open_resources(models_);
    if (!resources) return fail(std::move(resources));
    Toolbox box(*resources);
    int failed = 0;
    for (const std::string& name : files_) {
      SourceFile file;
      file.path = name;
      file.relative = file.root_name = std::filesystem::path(name).filename().string();
      Result<std::string> bytes = read_file(name);
      const ArticleSource* source = bytes ? source_for(file, *bytes) : nullptr;
      Result<ReadResult> read =
          !bytes              ? Result<ReadResult>(fail(std::move(bytes)))
          : source == nullptr ? Result<ReadResult>(fail(ErrorCode::bad_input, "is no article of a known kind", ""))
                              : source->read(file, *bytes);
      if (!read) {
        ++failed;
        context.io.err << "spalte: failed: " << printable(name) << ": " << printable(read.error().message) << '\n';
        continue;
      }
      for (Article& article : read->articles) {
        box.work_on(article, true);
        context.io.out << (format_ == "jsonl" ? annotation_json(article, box.annotation()) + "\n"
                                              : annotation_text(article, box.annotation()));
      }
    }
    return failed > 0 ? 3 : 0;
  }

 private:
  std::vector<std::string> files_;
  std::string format_ = "text";
  annotate::ModelFiles models_;
};

class AnalyseCommand : public CommandRun {
 public:
  explicit AnalyseCommand(CLI::App& app) {
    app.add_option("--lang", lang_, "the standard that the words are taken for: nb or nn (default: both)")
        ->check(CLI::IsMember({"nb", "nn"}))
        ->type_name("LANG");
    app.add_option("--format", format_, "text or jsonl")->check(CLI::IsMember({"text", "jsonl"}))->type_name("FORMAT");
  }

  Result<int> run(Context& context) override {
    Result<Resources> resources = open_resources();
    if (!resources) return fail(std::move(resources));
    language::Analyser analyser(resources->lexicon);
    const language::Standard standard = lang_ == "nb"   ? language::Standard::nb
                                        : lang_ == "nn" ? language::Standard::nn
                                                        : language::Standard::unknown;
    for (std::string word; std::getline(context.io.in, word);) {
      std::vector<std::string> keys;
      const language::TypeId type = analyser.intern(word);
      for (const language::Term& t : analyser.terms(type, standard).terms)
        if ((t.role == language::TermRole::word || t.role == language::TermRole::joined) &&
            std::find(keys.begin(), keys.end(), t.key) == keys.end())
          keys.emplace_back(t.key);
      if (format_ == "jsonl") {
        const nlohmann::ordered_json row{{"word", word}, {"keys", keys}};
        context.io.out << row.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) << '\n';
      } else {
        std::string line = printable(word) + "\t";
        for (const std::string& key : keys) line += (line.back() == '\t' ? "" : " ") + key;
        context.io.out << line << '\n';
      }
    }
    return 0;
  }

 private:
  std::string lang_, format_ = "text";
};

}  // namespace

std::unique_ptr<CommandRun> setup_annotate(CLI::App& app) { return std::make_unique<AnnotateCommand>(app); }
std::unique_ptr<CommandRun> setup_analyse(CLI::App& app) { return std::make_unique<AnalyseCommand>(app); }

}  // namespace spalte::indexer
