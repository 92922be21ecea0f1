// How do groups of names become the actors of an article?
#include "annotate/actors.h"

#include "annotate/derived.h"
#include "annotate/gazetteer.h"
#include "annotate/name_groups.h"
#include "annotate/roles.h"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace spalte::annotate {
namespace {

void add_form(ArticleActor& actor, std::string_view form) {
  if (std::find(actor.forms.begin(), actor.forms.end(), form) == actor.forms.end()) actor.forms.emplace_back(form);
}

/// The name that says most: a country's own, else the group that the others were joined to.
std::string full_name(const NameGroup& group) {
  if (!group.known.empty()) return std::string(group.known);
  return group.country == kNoCountry ? group.name : Gazetteer::instance().country_name(group.country);
}

class Resolver {
 public:
  Resolver(const Article& article, const language::AnalysedText& text, const language::Analyser& analyser,
           Annotation& out)
      : article_(article), text_(text), analyser_(analyser), out_(out) {}

  /// What the tagger cannot know, or gets wrong now and then: a title is no part of a name, and a country is no
  /// company.
  NameSpan mended(NameSpan name) const {
    const auto folded = [&](std::uint32_t token) { return analyser_.type(text_.tokens[token].type).folded; };
    if (name.kind == ActorKind::person) {
      while (name.last - name.first > 1 && is_role(folded(name.first))) ++name.first;
    } else if (name.kind != ActorKind::gpe && name.last - name.first == 1) {
      const language::Token& t = text_.tokens[name.first];
      const std::string_view word = std::string_view(article_.text).substr(t.begin, t.end - t.begin);
      const Gazetteer& gazetteer = Gazetteer::instance();
      if (gazetteer.is_country(word) ||
          (word.ends_with('s') && gazetteer.is_country(word.substr(0, word.size() - 1)))) {
        name.kind = ActorKind::gpe;
      }
    }
    return name;
  }

  void add_named(const std::vector<NameSpan>& named, const WordLexicon& lexicon) {
    const NameGroups groups(article_.text, text_, lexicon, named);
    std::vector<std::uint32_t> actor_of_group(groups.groups().size(), kNoActor);
    auto sentence = text_.sentences.begin();
    for (std::uint32_t n = 0; n < named.size(); ++n) {
      const NameSpan& name = named[n];
      const NameGroup& group = groups.groups()[groups.actor_of(n)];
      std::uint32_t& number = actor_of_group[groups.actor_of(n)];
      if (number == kNoActor) number = add_actor(full_name(group), group.kind, group.country);
      ArticleActor& actor = out_.actors[number];
      ++actor.mentions;
      const auto [begin, end] = name_range(article_.text, text_, name);
      add_form(actor, std::string_view(article_.text).substr(begin, end - begin));
      add_form(actor, groups.base(n));
      out_.mentions.push_back({begin, end, group.kind, number});
      while (sentence->last <= name.first) ++sentence;
      if (group.kind == ActorKind::person && actor.role.empty()) actor.role = role_of(*sentence, name);
      remember(groups.base(n), number);
    }
    for (std::uint32_t number = 0; number < out_.actors.size(); ++number) {
      const ArticleActor& actor = out_.actors[number];
      if (actor.kind != ActorKind::person) continue;
      remember(std::string_view(actor.name).substr(actor.name.rfind(' ') + 1), number);
    }
  }

  void add_derived(const DerivedMention& derived) {
    std::uint32_t actor = kNoActor;
    CountryId country = derived.country;
    if (country == kNoCountry) {
      const auto known = by_name_.find(derived.part);
      if (known != by_name_.end()) {
        actor = known->second;
      } else if (!derived.certain) {
        return;
      } else if (country = Gazetteer::instance().country(derived.part); country == kNoCountry) {
        actor = add_actor(derived.part, derived.kind, kNoCountry);
        add_form(out_.actors[actor], derived.part);
        remember(derived.part, actor);
      }
    }
    if (actor == kNoActor && country < kSeveralCountries) {
      const auto known = by_country_.find(country);
      actor = known != by_country_.end()
                  ? known->second
                  : add_actor(Gazetteer::instance().country_name(country), ActorKind::gpe, country);
    }
    const ActorKind kind = actor == kNoActor ? ActorKind::gpe : out_.actors[actor].kind;
    out_.derived.push_back({derived.begin, derived.end, kind, actor});
  }

 private:
  std::uint32_t add_actor(std::string name, ActorKind kind, CountryId country) {
    ArticleActor actor;
    actor.name = std::move(name);
    actor.kind = kind;
    out_.actors.push_back(std::move(actor));
    const auto number = static_cast<std::uint32_t>(out_.actors.size() - 1);
    if (country != kNoCountry) by_country_.emplace(country, number);
    return number;
  }

  /// For compounds: the first actor by that name.
  void remember(std::string_view name, std::uint32_t actor) { by_name_.try_emplace(std::string(name), actor); }

  std::string role_of(const language::Sentence& sentence, const NameSpan& name) const {
    const RoleSpan role = find_role(text_, analyser_, sentence, name.first, name.last);
    std::string out;
    for (std::uint32_t i = role.first; i < role.last; ++i) {
      const language::Token& t = text_.tokens[i];
      if (!out.empty()) out += ' ';
      // Lower case but for a name in it (NATO-sjef).
      const language::WordType& w = analyser_.type(t.type);
      out += w.surface.find('-') == std::string_view::npos ? w.folded : w.surface;
    }
    return out;
  }

  const Article& article_;
  const language::AnalysedText& text_;
  const language::Analyser& analyser_;
  Annotation& out_;
  std::unordered_map<CountryId, std::uint32_t> by_country_;
  std::unordered_map<std::string, std::uint32_t> by_name_;
};

}  // namespace

void resolve_actors(const Article& article, const language::AnalysedText& text, const language::Analyser& analyser,
                    const WordLexicon& lexicon, const std::vector<NameSpan>& names, Annotation& out) {
  out.actors.clear();
  out.mentions.clear();
  out.derived.clear();
  Resolver resolver(article, text, analyser, out);
  std::vector<NameSpan> named;
  for (const NameSpan& name : names) {
    if (!name.derived) named.push_back(resolver.mended(name));
  }
  resolver.add_named(named, lexicon);
  for (const DerivedMention& derived : find_derived(text, analyser, names)) resolver.add_derived(derived);
}

}  // namespace spalte::annotate
