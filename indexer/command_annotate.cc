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

/// Annotates and prints each article as it is read.
class Printer : public ArticleSink {
 public:
  Printer(const std::string& name, bool jsonl, Toolbox& box, Io& io) : name_(name), jsonl_(jsonl), box_(box), io_(io) {}

  bool article(Article&& a) override {
    box_.work_on(a, true);
    io_.out << (jsonl_ ? annotation_json(a, box_.annotation()) + "\n" : annotation_text(a, box_.annotation()));
    return static_cast<bool>(io_.out);
  }
  void warn(std::string what) override {
    io_.err << "spalte: warning: " << printable(name_) << ": " << printable(what) << '\n';
  }
  void failed(std::string_view place, std::string reason) override {
    ++failures_;
    io_.err << "spalte: failed: " << printable(name_) << ": " << printable(place) << (place.empty() ? "" : ": ")
            << printable(reason) << '\n';
  }
  void skipped(std::string kind) override { failed("", "is no article of a known kind: " + kind); }
  int failures() const { return failures_; }

 private:
  const std::string& name_;
  const bool jsonl_;
  Toolbox& box_;
  Io& io_;
  int failures_ = 0;
};

class AnnotateCommand : public CommandRun {
 public:
  explicit AnnotateCommand(CLI::App& app) {
    app.add_option("FILE", files_, "files of articles")->required();
    app.add_option("--format", format_, "text or jsonl")->check(CLI::IsMember({"text", "jsonl"}))->type_name("FORMAT");
    app.add_option("--model", models_.actors, "another actor model, for experiments")->type_name("FILE");
    app.add_option("--topics", models_.topics,
                   "topics of your own beside ours: a topics file (see README, Your own topics)")
        ->type_name("FILE");
  }

  Result<int> run(Context& context) override {
    Result<Resources> resources = open_resources(models_);
    if (!resources) return fail(std::move(resources));
    Toolbox box(*resources, annotate::TopicsWanted::all);
    int failed = 0;
    for (const std::string& name : files_) {
      SourceFile file;
      file.path = name;
      file.relative = file.root_name = std::filesystem::path(name).filename().string();
      Printer printer(name, format_ == "jsonl", box, context.io);
      Result<FileStream> stream = FileStream::open(name);
      Status read = stream ? Status() : fail(std::move(stream));
      if (stream) {
        InputBytes bytes(*stream);
        read = read_source({file, bytes, printer});
      }
      if (!read) printer.failed("", read.error().message);
      failed += printer.failures() > 0 ? 1 : 0;
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
