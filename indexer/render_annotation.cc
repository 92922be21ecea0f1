// Which keys does the JSON of an annotation have?
#include "indexer/render_annotation.h"

#include "schema/terminal.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace spalte::indexer {
namespace {

using Json = nlohmann::ordered_json;

Json or_null(std::string_view s) { return s.empty() ? Json(nullptr) : Json(s); }

std::string_view slice(const Article& a, std::uint32_t begin, std::uint32_t end) {
  return std::string_view(a.text).substr(begin, end - begin);
}

/// Actors that are only derived (kinesisk, and Kina never named) come last and are not listed: `actors` are those
/// named.
std::size_t named_actors(const Annotation& n) {
  const auto unnamed =
      std::find_if(n.actors.begin(), n.actors.end(), [](const ArticleActor& x) { return x.mentions == 0; });
  return static_cast<std::size_t>(unnamed - n.actors.begin());
}

Json mentions_json(const Article& a, const Annotation& n, const std::vector<Mention>& mentions) {
  Json out = Json::array();
  for (const Mention& m : mentions) {
    Json row{{"start", m.begin},
             {"end", m.end},
             {"text", slice(a, m.begin, m.end)},
             {"kind", actor_kind_name(m.kind)},
             {"actor", nullptr}};
    if (m.actor < named_actors(n)) {
      row["actor"] = m.actor;
    } else if (m.actor != kNoActor) {
      row["name"] = n.actors[m.actor].name;
    }
    out.push_back(std::move(row));
  }
  return out;
}

}  // namespace

std::string annotation_json(const Article& a, const Annotation& n) {
  Json subheads = Json::array();
  for (std::size_t i = 0; i < a.paragraphs.size(); ++i)
    if (a.paragraphs[i].role == ParagraphRole::subhead) subheads.push_back(i + 1);
  Json actors = Json::array();
  for (std::size_t i = 0; i < named_actors(n); ++i) {
    const ArticleActor& x = n.actors[i];
    Json row{{"name", x.name},
             {"kind", actor_kind_name(x.kind)},
             {"forms", x.forms},
             {"mentions", x.mentions},
             {"role", or_null(x.role)}};
    if (!x.wikidata.empty()) row["wikidata"] = x.wikidata;
    actors.push_back(std::move(row));
  }
  Json given = Json::array();
  for (const ArticleActor& x : n.actors)
    if (x.given)
      given.push_back({{"name", x.name}, {"kind", actor_kind_name(x.kind)}, {"wikidata", or_null(x.wikidata)}});
  Json quotes = Json::array();
  for (const Quote& q : n.quotes) {
    const ArticleActor* speaker = q.actor == kNoActor ? nullptr : &n.actors[q.actor];
    Json row{{"start", q.begin},
             {"end", q.end},
             {"text", slice(a, q.text_begin, q.text_end)},
             {"speaker", speaker != nullptr ? Json(speaker->name) : Json(nullptr)},
             {"speaker_forms", speaker != nullptr ? Json(speaker->forms) : Json::array()},
             {"actor", q.actor < named_actors(n) ? Json(q.actor) : Json(nullptr)},
             {"described", or_null(q.described)},
             {"verb", or_null(q.verb)},
             {"style", quote_style_name(q.style)},
             {"how", or_null(speaker_found_name(q.how))}};
    quotes.push_back(std::move(row));
  }
  Json topics = Json::array();
  for (const TopicScore& t : n.topics)
    topics.push_back({{"id", t.id},
                      {"top", t.top},
                      {"name", t.name},
                      {"score", std::round(static_cast<double>(t.score) * 1000) / 1000},
                      {"assigned", t.assigned},
                      {"evidence", t.evidence}});
  const Json out{{"schema", "spalte.annotation/1"},
                 {"path", a.path},
                 {"lang", a.lang},
                 {"title", or_null(a.title())},
                 {"date", a.date_guessed ? Json(nullptr) : or_null(a.published)},
                 {"source", or_null(a.source)},
                 {"text", a.text},
                 {"subheads", subheads},
                 {"mentions", mentions_json(a, n, n.mentions)},
                 {"derived", mentions_json(a, n, n.derived)},
                 {"actors", actors},
                 {"given", given},
                 {"quotes", quotes},
                 {"topics", topics}};
  return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string annotation_text(const Article& a, const Annotation& n) {
  std::string out = printable(a.path) + "\n";
  const auto line = [&out](std::string_view label, std::string_view value) {
    if (!value.empty()) out += fmt::format("  {:<10}{}\n", label, printable(value));
  };
  line("title", a.title());
  line("language", a.lang);
  line("source", a.source);
  line("date", a.date_guessed ? "" : a.published);
  for (const ArticleActor& x : n.actors)
    line(actor_kind_name(x.kind), fmt::format("{}{} ({})", x.name, x.role.empty() ? "" : ", " + x.role, x.mentions));
  for (const Quote& q : n.quotes) {
    const std::string speaker = q.actor != kNoActor ? n.actors[q.actor].name : q.described.empty() ? "?" : q.described;
    line("quote", fmt::format("{}: {}", speaker, slice(a, q.text_begin, q.text_end)));
  }
  for (const TopicScore& t : n.topics) {
    if (!t.assigned) continue;
    std::string evidence;
    for (const std::string& word : t.evidence) evidence += (evidence.empty() ? "" : ", ") + word;
    line("topic", fmt::format("{} {:.2f} ({})", t.name, t.score, evidence));
  }
  return out;
}

}  // namespace spalte::indexer
