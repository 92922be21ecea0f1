// How are CLI11's declarations read?
#include "query/command_options.h"

#include "schema/field.h"

#include <sstream>

#include <CLI/CLI.hpp>

namespace spalte::query {
namespace {

std::vector<std::string> choices_in(const std::string& type) {
  const std::size_t from = type.find(":{"), to = type.find('}', from);
  std::vector<std::string> out;
  if (from == std::string::npos || to == std::string::npos) return out;
  std::istringstream list(type.substr(from + 2, to - from - 2));
  for (std::string choice; std::getline(list, choice, ',');) out.push_back(choice);
  return out;
}

}  // namespace

std::vector<OptionRow> options_of(const Command& command) {
  std::istringstream in;
  std::ostringstream out;
  Context context{{in, out, out}, "spalte in the XDG data folder", {}, false, false, {}, {}};
  CLI::App app;
  const std::unique_ptr<CommandRun> run = declare(command, app, context);
  std::vector<OptionRow> rows;
  for (const CLI::Option* o : static_cast<const CLI::App&>(app).get_options()) {
    OptionRow row;
    const std::string type = o->get_type_name();
    row.positional = o->get_positional() && o->get_lnames().empty() && o->get_snames().empty();
    for (const std::string& s : o->get_snames()) row.names.push_back("-" + s);
    for (const std::string& l : o->get_lnames()) row.names.push_back("--" + l);
    if (row.positional) row.names.push_back(o->get_name());
    if (o->get_items_expected_min() > 0) {
      row.value = type.substr(0, type.find(':'));
      row.choices = choices_in(type);
    }
    row.summary = o->get_description();
    rows.push_back(std::move(row));
  }
  return rows;
}

bool takes_file(const OptionRow& option) {
  const std::string& what = option.positional ? option.names.front() : option.value;
  return what == "FILE" || what == "DIR" || what == "PATH" || what == "P";
}

std::vector<std::string> query_completions() {
  std::vector<std::string> out;
  for (const Field& f : kFields) {
    out.push_back(std::string(f.name) + ":");
    for (std::string_view alias : f.aliases)
      if (!alias.empty()) out.push_back(std::string(alias) + ":");
    if (f.kind == FieldKind::lang)
      for (const char* standard : {"nb", "nn", "other"}) out.push_back(std::string(f.name) + ":" + standard);
  }
  return out;
}

}  // namespace spalte::query
