// Do completion scripts and manual page know all that the tables hold, and do their readers take them?
#include "tests/support.h"

#include <cstdlib>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

namespace spalte::test {
namespace {

std::string help(const std::vector<std::string>& arguments) {
  std::vector<std::string> all = {"help"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  const Outcome o = spalte(all);
  CHECK(o.status == 0);
  return o.out;
}

/// Every command, with the long options that its help names.
std::vector<std::pair<std::string, std::set<std::string>>> commands() {
  std::vector<std::pair<std::string, std::set<std::string>>> out;
  const std::regex row("  ([a-z]+) +[^ ].*"), option("--[a-z][a-z-]+");
  std::smatch m;
  for (const std::string& line : lines(spalte({"--help"}).out)) {
    if (!std::regex_match(line, m, row)) continue;
    std::set<std::string> options;
    for (const std::string& text : lines(spalte({m[1], "--help"}).out)) {
      // Option rows, not what the summaries and examples speak of.
      if (text.rfind("  -", 0) != 0) continue;
      const std::string names = text.substr(0, text.find("  ", 4));
      for (std::sregex_iterator i(names.begin(), names.end(), option), end; i != end; ++i) options.insert(i->str());
    }
    out.emplace_back(m[1], options);
  }
  return out;
}

bool there(const std::string& program) {
  return std::system(("command -v " + program + " >/dev/null 2>&1").c_str()) == 0;
}

int shell(const std::string& command) { return std::system(command.c_str()); }

/// As a whole word.
bool holds(const std::string& text, const std::string& word) {
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    const char after = at + word.size() < text.size() ? text[at + word.size()] : ' ';
    if (std::isalnum(static_cast<unsigned char>(after)) == 0 && after != '-') return true;
  }
  return false;
}

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
    text.replace(at, what.size(), with);
  return text;
}

}  // namespace

TEST_CASE("each command and each option stands in every completion script and in the manual") {
  const std::string bash = help({"--completion", "bash"}), zsh = help({"--completion", "zsh"}),
                    fish = help({"--completion", "fish"}), manual = replaced(help({"--man"}), "\\-", "-");
  const auto all = commands();
  CHECK(all.size() > 20);
  for (const auto& [name, options] : all) {
    INFO(name);
    const std::size_t bash_at = bash.find("    " + name + ")\n"), zsh_at = zsh.find("    " + name + ")\n"),
                      man_at = manual.find(".SS \"spalte " + name + " ");
    REQUIRE(bash_at != std::string::npos);
    REQUIRE(zsh_at != std::string::npos);
    REQUIRE(man_at != std::string::npos);
    CHECK(holds(fish, "-a " + name));
    CHECK(options.count("--help") == 1);
    const std::string in_bash = bash.substr(bash_at, bash.find(";;\n      ;;\n", bash_at) - bash_at),
                      in_zsh = zsh.substr(zsh_at, zsh.find(";;\n", zsh_at) - zsh_at),
                      in_man = manual.substr(man_at, manual.find(".SS ", man_at + 1) - man_at);
    for (const std::string& option : options) {
      INFO(option);
      CHECK(holds(in_bash, option));
      CHECK(holds(in_zsh, option));
      CHECK((holds(in_man, option) || holds(manual.substr(0, manual.find(".SH COMMANDS")), option)));
      CHECK(std::regex_search(
          fish, std::regex("__fish_seen_subcommand_from " + name + "'[^\n]* -l " + option.substr(2) + "( |\n)")));
    }
  }
  for (const char* field : {"kilde:", "målform:", "lang:nn", "aktør:"}) {
    CHECK(bash.find(field) != std::string::npos);
    CHECK(zsh.find(field) != std::string::npos);
    CHECK(fish.find(field) != std::string::npos);
  }
  CHECK(help({"query"}).find("kilde") != std::string::npos);
  CHECK(spalte({"help"}).status == 0);
  CHECK(spalte({"help", "tull"}).status == 2);
  CHECK(spalte({"help", "--completion", "tcsh"}).status == 2);
}

TEST_CASE("shells and man take what is written for them") {
  TempFolder folder;
  const auto file = [&](const std::string& name, const std::vector<std::string>& arguments) {
    write_file(folder / name, help(arguments));
    return (folder / name).string();
  };
  const std::string bash = file("bash", {"--completion", "bash"}), zsh = file("zsh", {"--completion", "zsh"}),
                    fish = file("fish", {"--completion", "fish"}), manual = file("spalte.1", {"--man"});
  CHECK(shell("bash -n " + bash) == 0);
  if (there("zsh")) CHECK(shell("zsh -n " + zsh) == 0);
  if (there("fish")) CHECK(shell("fish --no-execute " + fish) == 0);
  if (there("mandoc")) CHECK(shell("mandoc -T lint -W warning " + manual) == 0);

  const std::string out = (folder / "out").string();
  const auto completed = [&](const std::string& words, int at) {
    write_file(folder / "ask", "source " + bash + "\nCOMP_WORDS=(" + words + ")\nCOMP_CWORD=" + std::to_string(at) +
                                   "\n_spalte\nprintf '%s\\n' \"${COMPREPLY[@]}\" >" + out + "\n");
    CHECK(shell("bash " + (folder / "ask").string()) == 0);
    return lines(read_file(out));
  };
  using Words = std::vector<std::string>;
  CHECK(completed("spalte tim", 1) == Words{"timeline"});
  CHECK(completed("spalte timeline streik --by w", 4) == Words{"week"});
  CHECK(completed("spalte timeline --format = s", 4) == Words{"svg"});
  CHECK(completed("spalte search --guess", 2) == Words{"--guessed-dates"});
  CHECK(completed("spalte search kild", 2) == Words{"kilde:"});
  CHECK(completed("spalte help q", 2) == Words{"query"});
}

}  // namespace spalte::test
