// How do groups of names become the actors of an article?
#include "annotate/actors.h"

#include "annotate/gazetteer.h"
#include "annotate/name_groups.h"

#include <algorithm>
#include <string>

namespace spalte::annotate {
namespace {

void add_form(ArticleActor& actor, std::string_view form) {
  if (std::find(actor.forms.begin(), actor.forms.end(), form) == actor.forms.end()) actor.forms.emplace_back(form);
}

/// The name that says most: a country's own, else the group that the others were joined to.
std::string full_name(const NameGroup& group) {
  return group.country == kNoCountry ? group.name : Gazetteer::instance().country_name(group.country);
}

}  // namespace

void resolve_actors(const Article& article, const language::AnalysedText& text, const language::Analyser& /*analyser*/,
                    const WordLexicon& lexicon, const std::vector<NameSpan>& names, Annotation& out) {
  out.actors.clear();
  out.mentions.clear();
  out.derived.clear();
  std::vector<NameSpan> named;
  for (const NameSpan& name : names) {
    if (!name.derived) named.push_back(name);
  }
  const NameGroups groups(article.text, text, lexicon, named);
  std::vector<std::uint32_t> actor_of_group(groups.groups().size(), kNoActor);
  for (std::uint32_t n = 0; n < named.size(); ++n) {
    const std::uint32_t group = groups.actor_of(n);
    if (actor_of_group[group] == kNoActor) {
      actor_of_group[group] = static_cast<std::uint32_t>(out.actors.size());
      ArticleActor actor;
      actor.name = full_name(groups.groups()[group]);
      actor.kind = named[n].kind;
      out.actors.push_back(std::move(actor));
    }
    ArticleActor& actor = out.actors[actor_of_group[group]];
    ++actor.mentions;
    const std::uint32_t begin = text.tokens[named[n].first].begin, end = text.tokens[named[n].last - 1].end;
    add_form(actor, std::string_view(article.text).substr(begin, end - begin));
    add_form(actor, groups.base(n));
    out.mentions.push_back({begin, end, named[n].kind, actor_of_group[group]});
  }
}

}  // namespace spalte::annotate
