// Which keys does a name have?
#include "annotate/names.h"

#include "language/normalise.h"

#include <algorithm>

namespace spalte::annotate {

std::string name_query_key(std::string_view typed) {
  std::string key = language::normalise(typed);
  std::string out;
  for (char c : key) {
    if (c == ' ' && (out.empty() || out.back() == ' ')) continue;
    out += c;
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::vector<std::string> name_keys(const ArticleActor& actor) {
  std::vector<std::string> keys;
  const auto add = [&keys](std::string key) {
    if (!key.empty() && std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(std::move(key));
  };
  const std::string full = name_query_key(actor.name);
  add(full);
  add(name_query_key(actor.wikidata));
  if (actor.kind == ActorKind::person)
    if (const std::size_t blank = full.find_last_of(' '); blank != std::string::npos) add(full.substr(blank + 1));
  for (const std::string& form : actor.forms) add(name_query_key(form));
  return keys;
}

}  // namespace spalte::annotate
