// How does each shell want it?
#include "query/completion.h"

#include "query/command_options.h"

#include <algorithm>

#include <fmt/format.h>

namespace spalte::query {
namespace {

/// In single quotation marks, for all three shells: fish alone also takes the backslash for itself.
std::string quoted(std::string_view text, bool fish = false) {
  std::string out = "'";
  for (char c : text) {
    if (c == '\'')
      out += fish ? "\\'" : "'\\''";
    else if (c == '\\' && fish)
      out += "\\\\";
    else
      out += c;
  }
  return out + "'";
}

std::string command_names(std::span<const Command> commands) {
  std::string out;
  for (const Command& c : commands) out += (out.empty() ? "" : " ") + std::string(c.name);
  return out;
}

/// The first argument of a command that takes one of a few: `help query`, `facets kilde`.
std::vector<std::string> first_arguments(const Command& command) {
  for (const OptionRow& o : options_of(command))
    if (o.positional && !o.choices.empty()) return o.choices;
  return {};
}

bool takes_files(const Command& command) {
  const std::vector<OptionRow> options = options_of(command);
  return std::any_of(options.begin(), options.end(), [](const OptionRow& o) { return o.positional && takes_file(o); });
}

/// A summary inside zsh's "[…]".
std::string zsh_summary(std::string_view text) {
  std::string out;
  for (char c : text) {
    if (c == '[' || c == ']' || c == '\\' || c == ':') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

std::string bash_completion(std::span<const Command> commands) {
  std::string out =
      "# Completion of spalte in bash; made by `spalte help --completion bash`.\n"
      "_spalte() {\n"
      "  local current=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} command=${COMP_WORDS[1]}\n"
      "  local options='' choices='' files='' query=''\n"
      "  COMPREPLY=()\n"
      "  # bash parts words at '=' and ':'.\n"
      "  if [[ $before == '=' ]]; then before=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
      "  if [[ $current == '=' ]]; then current=''; fi\n"
      "  if [[ $COMP_CWORD -eq 1 ]]; then\n";
  out +=
      fmt::format("    mapfile -t COMPREPLY < <(compgen -W {} -- \"$current\")\n    return\n  fi\n  case $command in\n",
                  quoted(command_names(commands) + " --help --version"));
  for (const Command& c : commands) {
    std::string options = "--help";
    std::string cases;
    for (const OptionRow& o : options_of(c)) {
      if (o.positional) continue;
      for (const std::string& name : o.names)
        if (name != "--help") options += " " + name;
      if (o.value.empty()) continue;
      const std::string when = fmt::format("{}", fmt::join(o.names, "|"));
      if (!o.choices.empty())
        cases += fmt::format("        {}) choices={} ;;\n", when, quoted(fmt::format("{}", fmt::join(o.choices, " "))));
      else
        cases += fmt::format("        {}) {} ;;\n", when, takes_file(o) ? "files=yes" : "return");
    }
    out += fmt::format("    {})\n      options={}\n", c.name, quoted(options));
    if (!cases.empty()) out += "      case $before in\n" + cases + "      esac\n";
    if (const auto first = first_arguments(c); !first.empty())
      out += fmt::format("      [[ $COMP_CWORD -eq 2 ]] && options+={}\n",
                         quoted(fmt::format(" {}", fmt::join(first, " "))));
    if (takes_files(c)) out += "      [[ $current != -* ]] && files=yes\n";
    if (c.takes_query) out += "      query=yes\n";
    out += "      ;;\n";
  }
  out += fmt::format(
      "  esac\n"
      "  if [[ -n $choices ]]; then\n"
      "    mapfile -t COMPREPLY < <(compgen -W \"$choices\" -- \"$current\")\n"
      "  elif [[ -n $files ]]; then\n"
      "    compopt -o filenames 2>/dev/null\n"
      "    mapfile -t COMPREPLY < <(compgen -f -- \"$current\")\n"
      "  else\n"
      "    mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$current\")\n"
      "    if [[ -n $query && -n $current && $current != -* ]]; then\n"
      "      compopt -o nospace 2>/dev/null\n"
      "      mapfile -t -O \"${{#COMPREPLY[@]}}\" COMPREPLY < <(compgen -W {} -- \"$current\")\n"
      "    fi\n"
      "  fi\n"
      "}}\n"
      "complete -F _spalte spalte\n",
      quoted(fmt::format("{}", fmt::join(query_completions(), " "))));
  return out;
}

std::string zsh_completion(std::span<const Command> commands) {
  std::string out = "#compdef spalte\n# Completion of spalte in zsh; made by `spalte help --completion zsh`.\n";
  out += "_spalte_query() {\n  compadd -S '' --";
  for (const std::string& q : query_completions()) out += " " + quoted(q);
  out += "\n}\n_spalte() {\n  local -a commands\n  commands=(\n";
  for (const Command& c : commands)
    out += fmt::format("    {}\n", quoted(fmt::format("{}:{}", c.name, zsh_summary(c.summary))));
  out +=
      "  )\n  if (( CURRENT == 2 )); then\n    _describe command commands\n    return\n  fi\n"
      "  local command=$words[2]\n  shift words\n  (( CURRENT-- ))\n  case $command in\n";
  for (const Command& c : commands) {
    out += fmt::format("    {})\n      _arguments -s", c.name);
    std::string rest = c.takes_query ? "*:query:_spalte_query" : takes_files(c) ? "*:file:_files" : "*: :";
    for (const OptionRow& o : options_of(c)) {
      if (o.positional) continue;
      const std::string value = o.value.empty()      ? ""
                                : !o.choices.empty() ? fmt::format(":{}:({})", o.value, fmt::join(o.choices, " "))
                                                     : fmt::format(":{}:{}", o.value, takes_file(o) ? "_files" : " ");
      for (const std::string& name : o.names)
        out += " \\\n        " + quoted(fmt::format("{}[{}]{}", name, zsh_summary(o.summary), value));
    }
    if (const auto first = first_arguments(c); !first.empty())
      out += " \\\n        " + quoted(fmt::format("1:what:({})", fmt::join(first, " ")));
    out += " \\\n        " + quoted(rest) + "\n      ;;\n";
  }
  return out + "  esac\n}\nif [[ $funcstack[1] == _spalte ]]; then _spalte \"$@\"; else compdef _spalte spalte; fi\n";
}

std::string fish_completion(std::span<const Command> commands) {
  std::string out = "# Completion of spalte in fish; made by `spalte help --completion fish`.\n";
  const std::string all = command_names(commands);
  out += fmt::format("set -l commands {}\ncomplete -c spalte -f\n", all);
  const auto fish = [](std::string_view text) { return quoted(text, true); };
  for (const Command& c : commands)
    out += fmt::format("complete -c spalte -n \"not __fish_seen_subcommand_from $commands\" -a {} -d {}\n", c.name,
                       fish(c.summary));
  std::string queries;
  for (const Command& c : commands) {
    const std::string when = fmt::format("complete -c spalte -n '__fish_seen_subcommand_from {}'", c.name);
    if (c.takes_query) queries += (queries.empty() ? "" : " ") + std::string(c.name);
    for (const OptionRow& o : options_of(c)) {
      if (o.positional) continue;
      out += when;
      for (const std::string& name : o.names)
        out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      if (!o.choices.empty())
        out += " -x -a " + fish(fmt::format("{}", fmt::join(o.choices, " ")));
      else if (takes_file(o))
        out += " -r -F";
      else if (!o.value.empty())
        out += " -x";
      out += " -d " + fish(o.summary) + "\n";
    }
    if (const auto first = first_arguments(c); !first.empty())
      out += when + " -a " + fish(fmt::format("{}", fmt::join(first, " "))) + "\n";
    if (takes_files(c)) out += when + " -F\n";
  }
  return out + fmt::format("complete -c spalte -n '__fish_seen_subcommand_from {}' -a {}\n", queries,
                           fish(fmt::format("{}", fmt::join(query_completions(), " "))));
}

}  // namespace spalte::query
