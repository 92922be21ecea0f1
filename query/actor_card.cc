// How is an actor's card filled?
#include "query/actor_card.h"

#include "query/values.h"
#include "query/search.h"
#include "schema/slots.h"

#include <algorithm>
#include <map>
#include <set>

namespace spalte::query {
namespace {

void widen(std::string& first, std::string& last, const std::string& date) {
  if (date.empty()) return;
  if (first.empty() || date < first) first = date;
  if (date > last) last = date;
}

class Facts {
 public:
  void add(const std::string& text, const std::string& date) {
    ActorFact& fact = facts_[text];
    fact.text = text;
    ++fact.articles;
    widen(fact.first, fact.last, date);
  }
  template <typename Before>
  std::vector<ActorFact> sorted(Before before) const {
    std::vector<ActorFact> out;
    for (const auto& [text, fact] : facts_) out.push_back(fact);
    std::stable_sort(out.begin(), out.end(), before);
    return out;
  }

 private:
  std::map<std::string, ActorFact> facts_;
};

}  // namespace

Result<ActorCard> actor_card(const Actor& actor, Reader& reader) {
  ActorCard card;
  std::set<NameId> ids;
  for (const NameRow& n : actor.names) {
    ids.insert(n.id);
    if (card.wikidata.empty()) card.wikidata = n.wikidata;
  }
  Facts forms, roles;
  Status status;
  const std::vector<Xapian::docid> documents = matching(newest_naming(actor, false, reader), reader);
  const std::vector<std::int64_t> rows = reader.archive().rows(documents);
  std::size_t at = 0;
  reader.archive().each_values(Part::articles, documents, {slot::kPublished}, [&](Xapian::docid, const std::string* v) {
    const std::int64_t row = rows[at++];
    if (!status) return;
    ++card.articles;
    const std::string date = v->substr(0, 10);
    widen(card.first, card.last, date);
    Result<Annotation> annotation = reader.catalogue().annotation(row);
    if (!annotation) {
      status = fail(std::move(annotation));
      return;
    }
    std::set<std::string> here_forms, here_roles;
    for (const ArticleActor& a : annotation->actors) {
      if (ids.count(name_id(a.kind, a.name)) == 0) continue;
      card.mentions += a.mentions;
      here_forms.insert(a.forms.begin(), a.forms.end());
      if (!a.role.empty()) here_roles.insert(a.role);
    }
    for (const std::string& form : here_forms) forms.add(form, date);
    for (const std::string& role : here_roles) roles.add(role, date);
  });
  if (!status) return fail(std::move(status));
  card.derived_alone = count(newest_naming(actor, true, reader), reader) - card.articles;
  card.forms = forms.sorted([](const ActorFact& a, const ActorFact& b) { return a.articles > b.articles; });
  card.roles = roles.sorted([](const ActorFact& a, const ActorFact& b) {
    return a.first.empty() != b.first.empty() ? b.first.empty() : a.first < b.first;
  });
  return card;
}

}  // namespace spalte::query
