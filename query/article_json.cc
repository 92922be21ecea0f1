// Which keys has an article's JSON?
#include "query/article_json.h"

#include "query/partial.h"
#include "schema/terms.h"

#include <nlohmann/json.hpp>

namespace spalte::query {

using Json = nlohmann::ordered_json;

std::string article_json(const ArticleRow& row, const Annotation& n, const Context& context) {
  const Article& a = row.article;
  const auto or_null = [](std::string_view s) { return s.empty() ? Json(nullptr) : Json(s); };
  Json paragraphs = Json::array(), actors = Json::array(), topics = Json::array(), quotes = Json::array();
  constexpr std::string_view kRoles[] = {"title", "lead", "subhead", "body"};
  for (const Paragraph& p : a.paragraphs)
    paragraphs.push_back({{"role", kRoles[static_cast<std::size_t>(p.role)]}, {"start", p.begin}, {"end", p.end}});
  for (const ArticleActor& x : n.actors)
    actors.push_back({{"name", x.name},
                      {"kind", actor_kind_name(x.kind)},
                      {"id", name_id_text(name_id(x.kind, x.name))},
                      {"forms", x.forms},
                      {"mentions", x.mentions},
                      {"role", or_null(x.role)},
                      {"given", x.given},
                      {"wikidata", or_null(x.wikidata)}});
  for (const TopicScore& t : n.topics)
    topics.push_back({{"id", t.id}, {"name", t.name}, {"score", t.score}, {"evidence", t.evidence}});
  for (const Quote& q : n.quotes)
    quotes.push_back({{"start", q.begin},
                      {"end", q.end},
                      {"text", std::string_view(a.text).substr(q.text_begin, q.text_end - q.text_begin)},
                      {"speaker", q.actor != kNoActor ? Json(n.actors[q.actor].name) : Json(nullptr)},
                      {"how", or_null(speaker_found_name(q.how))},
                      {"described", or_null(q.described)},
                      {"verb", or_null(q.verb)},
                      {"style", quote_style_name(q.style)}});
  Json out{{"schema", "spalte.article/1"},
                 {"id", a.id},
                 {"family", or_null(a.family)},
                 {"version", a.version},
                 {"title", or_null(row.title)},
                 {"date", a.date_guessed ? Json(nullptr) : or_null(a.published)},
                 {"date_guessed", a.date_guessed ? or_null(a.published) : Json(nullptr)},
                 {"modified", or_null(a.modified)},
                 {"added", row.added},
                 {"source", or_null(a.source)},
                 {"agency", or_null(a.agency)},
                 {"byline", or_null(a.byline)},
                 {"section", or_null(a.section)},
                 {"url", or_null(a.url)},
                 {"lang", or_null(a.lang)},
                 {"print", a.print.empty() ? Json(nullptr)
                                            : Json{{"urn", or_null(a.print.urn)},
                                                   {"issue", or_null(a.print.issue)},
                                                   {"page", or_null(a.print.page)},
                                                   {"regions", or_null(a.print.regions)},
                                                   {"confidence", a.print.confidence < 0 ? Json(nullptr) : Json(a.print.confidence)}}},
                 {"path", a.path},
                 {"text", a.text},
                 {"paragraphs", paragraphs},
                 {"actors", actors},
                 {"topics", topics},
                 {"topics_given", a.topics_given},
                 {"quotes", quotes}};
  mark_partial(out, context);
  return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace spalte::query
