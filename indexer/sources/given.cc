// Which spellings of one value are there?
#include "indexer/sources/given.h"

#include "indexer/encoding.h"
#include "indexer/sources/limits.h"
#include "schema/date.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace spalte::indexer {
namespace {

constexpr std::size_t kIdOfItsOwn = 12;  // shorter ids are numbers of a table

/// Parameters that do not change which page an address means.
constexpr std::array<std::string_view, 6> kTracking = {"utm_", "fbclid=", "gclid=", "ref=", "xtor=", "cid="};

bool digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::string lowered(std::string_view s) {
  std::string out(s);
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto c = static_cast<unsigned char>(out[i]);
    if (c >= 'A' && c <= 'Z') out[i] = static_cast<char>(c + 32);
    // Å Æ Ø and their like: the second byte of U+00C0 to U+00DE is 0x80 to 0x9e
    if (c == 0xc3 && i + 1 < out.size() && static_cast<unsigned char>(out[i + 1]) >= 0x80 &&
        static_cast<unsigned char>(out[i + 1]) <= 0x9e)
      out[i + 1] = static_cast<char>(static_cast<unsigned char>(out[i + 1]) + 0x20);
  }
  return out;
}

std::string_view trimmed(std::string_view s) {
  while (!s.empty() && (s.front() == ' ' || s.starts_with("\u00a0"))) s.remove_prefix(s.front() == ' ' ? 1 : 2);
  while (!s.empty() && (s.back() == ' ' || s.ends_with("\u00a0"))) s.remove_suffix(s.back() == ' ' ? 1 : 2);
  return s;
}

std::string one_line(std::string_view utf8) {
  const std::string clean = clean_text(utf8);
  std::string out;
  out.reserve(clean.size());
  for (std::size_t i = 0; i < clean.size(); ++i) {
    const bool hard_blank = clean.compare(i, 2, "\u00a0") == 0;
    if (clean[i] == ' ' || clean[i] == '\n' || hard_blank) {
      if (!out.empty() && out.back() != ' ') out += ' ';
      if (hard_blank) ++i;
    } else {
      out += clean[i];
    }
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

void set_date(std::string& into, std::string_view value, ArticleSink& sink) {
  const std::string text = one_line(value);
  if (text.empty()) return;
  if (auto iso = parse_date(text)) {
    into = *iso;
  } else {
    sink.warn(fmt::format("the date `{}` is none and was left out", text));
  }
}

std::string language_of(std::string_view value) {
  const std::string v = lowered(trimmed(value));
  for (std::string_view nb : {"nb", "nob", "bokmål", "nb-no", "nb_no", "norsk bokmål"})
    if (v == nb) return "nb";
  for (std::string_view nn : {"nn", "nno", "nynorsk", "nn-no", "nn_no", "norsk nynorsk"})
    if (v == nn) return "nn";
  return {};
}

void add_topic(Article& article, std::string_view topic) {
  const std::string t = one_line(topic);
  if (article.topics_given.size() >= limit::kGiven) return;
  if (t.empty() || std::find(article.topics_given.begin(), article.topics_given.end(), t) != article.topics_given.end())
    return;
  article.topics_given.push_back(t);
}

std::string wikidata_of(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != 'Q' || (i > 0 && text[i - 1] != '/' && text[i - 1] != ':' && text[i - 1] != ' ')) continue;
    std::size_t end = i + 1;
    while (end < text.size() && digit(text[end])) ++end;
    if (end > i + 1 && end == text.size()) return std::string(text.substr(i, end - i));
  }
  return {};
}

void add_actor(Article& article, std::string_view name, ActorKind kind, std::string_view wikidata,
               std::string_view role) {
  std::string n = one_line(name);
  if (n.empty() || article.actors_given.size() >= limit::kGiven) return;
  const auto same = std::find_if(article.actors_given.begin(), article.actors_given.end(),
                                 [&](const GivenActor& a) { return a.name == n && a.kind == kind; });
  if (same != article.actors_given.end()) {
    if (same->wikidata.empty()) same->wikidata = wikidata_of(wikidata);
    return;
  }
  article.actors_given.push_back({std::move(n), kind, wikidata_of(wikidata), one_line(role)});
}

void add_byline(Article& article, std::string_view name) {
  std::string n = one_line(name);
  if (article.byline.size() + n.size() > limit::kByline) return;
  for (std::string_view start : {"Av ", "av ", "AV ", "Av: ", "Tekst: ", "By "})
    if (n.starts_with(start)) n.erase(0, start.size());
  if (n.empty() || article.byline.find(n) != std::string::npos) return;
  article.byline += (article.byline.empty() ? "" : ", ") + n;
}

std::string own_id(const SourceFile& file, std::string_view given) {
  const std::string id = one_line(given);
  if (id.empty()) return {};
  if (id.size() >= kIdOfItsOwn || id.find(':') != std::string::npos) {
    // Ids are typed and stand in lists.
    const bool address = id.starts_with("http://") || id.starts_with("https://");
    return address || id.find(' ') != std::string::npos || id.size() > 120 ? short_id(address ? url_key(id) : id) : id;
  }
  return short_id(fmt::format("{}/{}#id={}", file.root_name, file.relative, id));
}

std::string url_key(std::string_view url) {
  std::string u = one_line(url);
  if (const std::size_t scheme = u.find("://"); scheme != std::string::npos) u.erase(0, scheme + 3);
  if (u.starts_with("www.")) u.erase(0, 4);
  if (const std::size_t hash = u.find('#'); hash != std::string::npos) u.erase(hash);
  if (const std::size_t query = u.find('?'); query != std::string::npos) {
    std::string kept;
    for (std::size_t at = query + 1; at < u.size();) {
      const std::size_t end = std::min(u.find('&', at), u.size());
      const std::string_view one = std::string_view(u).substr(at, end - at);
      if (std::none_of(kTracking.begin(), kTracking.end(), [&](std::string_view t) { return one.starts_with(t); }))
        kept.append(kept.empty() ? "?" : "&").append(one);
      at = end + 1;
    }
    u.replace(query, std::string::npos, kept);
  }
  while (u.ends_with('/')) u.pop_back();
  const std::size_t host = std::min(u.find('/'), u.size());
  for (std::size_t i = 0; i < host; ++i)
    if (u[i] >= 'A' && u[i] <= 'Z') u[i] = static_cast<char>(u[i] + 32);
  return u;
}

}  // namespace spalte::indexer
