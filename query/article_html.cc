// How are names and quotations marked that overlap?
#include "query/article_html.h"

#include "query/arguments.h"
#include "query/markup.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace spalte::query {
namespace {

constexpr std::string_view kStyle = R"(
:root { color-scheme: light dark; --text: #1b1b1b; --quiet: #666; --line: #ddd; --page: #fff; --quote: #f3f1ea; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e6e6; --quiet: #9a9a9a; --line: #444; --page: #181818; --quote: #26241d; } }
body { margin: 0; background: var(--page); color: var(--text); font: 1.06rem/1.6 Georgia, "Times New Roman", "DejaVu Serif", serif; }
article { max-width: 40rem; margin: 0 auto; padding: 2rem 1.25rem 3rem; }
article + article { border-top: 1px solid var(--line); }
h1 { font-size: 1.8rem; line-height: 1.2; margin: 0 0 .5rem; text-wrap: balance; }
h2 { font-size: 1.1rem; margin: 1.6rem 0 .3rem; }
header p, footer { font: .85rem/1.5 Helvetica, Arial, "Liberation Sans", sans-serif; color: var(--quiet); }
header p { margin: 0 0 1.5rem; }
p { margin: 0 0 .9rem; }
p.lead { font-weight: 600; }
:target { scroll-margin-top: 3rem; box-shadow: -.8rem 0 0 var(--page), -1rem 0 0 currentColor; }
a { color: inherit; }
.actor { border-bottom: 1px dotted var(--quiet); }
.quote { background: var(--quote); box-decoration-break: clone; -webkit-box-decoration-break: clone; padding: .06em .12em; }
footer { border-top: 1px solid var(--line); margin-top: 2rem; padding-top: .8rem; overflow-wrap: anywhere; }
footer dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: 0; }
footer dd { margin: 0; }
@media print { article { max-width: none; padding: 0; } .actor { border: 0; } }
)";

struct Mark {
  std::uint32_t begin, end;
  std::string open;  ///< the whole tag
};

std::string actor_tag(const Annotation& n, const Mention& m) {
  std::string title(actor_kind_name(m.kind));
  if (m.actor < n.actors.size()) {
    const ArticleActor& a = n.actors[m.actor];
    title = a.name + (a.role.empty() ? "" : ", " + a.role) + " (" + std::string(actor_kind_name(a.kind)) + ")";
  }
  return fmt::format("<span class=\"actor {}\" title=\"{}\">", actor_kind_name(m.kind), escaped(title));
}

std::string quote_tag(const Annotation& n, const Quote& q) {
  const bool named = q.actor < n.actors.size();
  std::string title = named ? n.actors[q.actor].name : !q.described.empty() ? q.described : "?";
  if (named && speaker_certainty(q.how) < kCertainSpeaker) title += "?";
  if (!q.verb.empty()) title += " " + q.verb;
  return fmt::format("<span class=\"quote\" title=\"{}\">", escaped(title));
}

/// Text [begin, end) with the marks in it; those that reach out of it are cut, those that begin inside another dropped.
std::string names_marked(std::string_view text, std::uint32_t begin, std::uint32_t end,
                         const std::vector<Mark>& names) {
  std::string out;
  std::uint32_t at = begin;
  auto m =
      std::lower_bound(names.begin(), names.end(), begin, [](const Mark& x, std::uint32_t b) { return x.end <= b; });
  for (; m != names.end() && m->begin < end; ++m) {
    const std::uint32_t from = std::max(m->begin, at), to = std::min(m->end, end);
    if (from >= to) continue;
    out += escaped(text.substr(at, from - at)) + m->open + escaped(text.substr(from, to - from)) + "</span>";
    at = to;
  }
  return out + escaped(text.substr(at, end - at));
}

std::string marked_up(std::string_view text, const Paragraph& p, const std::vector<Mark>& quotes,
                      const std::vector<Mark>& names) {
  std::string out;
  std::uint32_t at = p.begin;
  for (const Mark& q : quotes) {
    const std::uint32_t from = std::max(q.begin, at), to = std::min(q.end, p.end);
    if (from >= to) continue;
    out += names_marked(text, at, from, names) + q.open + names_marked(text, from, to, names) + "</span>";
    at = to;
  }
  return out + names_marked(text, at, p.end, names);
}

/// Marks in order, none beginning before the one before it has ended.
std::vector<Mark> apart(std::vector<Mark> marks) {
  std::sort(marks.begin(), marks.end(),
            [](const Mark& a, const Mark& b) { return a.begin != b.begin ? a.begin < b.begin : a.end > b.end; });
  std::vector<Mark> out;
  for (Mark& m : marks)
    if (m.begin < m.end && (out.empty() || m.begin >= out.back().end)) out.push_back(std::move(m));
  return out;
}

std::string row_of(std::string_view label, const std::string& html) {
  return html.empty() ? std::string() : fmt::format("<dt>{}</dt><dd>{}</dd>\n", label, html);
}

/// Only what a browser may follow safely.
std::string link(const std::string& url) {
  const bool safe = url.starts_with("https://") || url.starts_with("http://");
  return safe ? fmt::format("<a href=\"{0}\" rel=\"noreferrer\">{0}</a>", escaped(url)) : escaped(url);
}

}  // namespace

std::string shown_title(const ArticleRow& row) {
  if (!row.title.empty()) return row.title;
  constexpr std::size_t kWords = 8;
  const std::string_view text = row.article.text;
  std::size_t at = 0;
  for (std::size_t n = 0; n < kWords && at < text.size(); ++n) {
    const std::size_t blank = text.find_first_of(" \n", at + 1);
    at = blank == std::string_view::npos ? text.size() : blank;
    if (at < text.size() && text[at] == '\n') break;
  }
  return "[" + std::string(text.substr(0, at)) + (at + 1 < text.size() ? " …]" : "]");
}

std::string article_html(const ArticleRow& row, const Annotation& n, std::size_t paragraph, bool several) {
  const Article& a = row.article;
  const std::string_view text = a.text;
  std::vector<Mark> names, quotes;
  for (const auto* list : {&n.mentions, &n.derived})
    for (const Mention& m : *list)
      if (m.end <= text.size()) names.push_back({m.begin, m.end, actor_tag(n, m)});
  for (const Quote& q : n.quotes)
    if (q.text_end <= text.size()) quotes.push_back({q.text_begin, q.text_end, quote_tag(n, q)});
  names = apart(std::move(names));
  quotes = apart(std::move(quotes));

  const std::string id = several ? a.id + "-" : "";
  std::string out = fmt::format("<article id=\"{}\"{}>\n<header>\n", escaped(a.id),
                                a.lang == "nb" || a.lang == "nn" ? fmt::format(" lang=\"{}\"", a.lang) : "");
  const bool titled = !a.paragraphs.empty() && a.paragraphs.front().role == ParagraphRole::title;
  if (titled) out += fmt::format("<h1 id=\"{}p1\">{}</h1>\n", id, marked_up(text, a.paragraphs.front(), quotes, names));
  std::string meta;
  const auto add = [&](const std::string& html) {
    if (!html.empty()) meta += (meta.empty() ? "" : " · ") + html;
  };
  add(escaped(a.source));
  if (!a.published.empty())
    add(fmt::format("<time datetime=\"{}\">{}</time>{}", escaped(a.published), norwegian_date(a.published),
                    a.date_guessed ? " (guessed from the file's time)" : ""));
  add(escaped(a.byline));
  add(escaped(a.section));
  out += (meta.empty() ? "" : "<p>" + meta + "</p>\n") + "</header>\n";
  for (std::size_t i = titled ? 1 : 0; i < a.paragraphs.size(); ++i) {
    if (paragraph > 0 && i + 1 != paragraph) continue;
    const Paragraph& p = a.paragraphs[i];
    const std::string inner = marked_up(text, p, quotes, names);
    if (p.role == ParagraphRole::subhead)
      out += fmt::format("<h2 id=\"{}p{}\">{}</h2>\n", id, i + 1, inner);
    else
      out += fmt::format("<p id=\"{}p{}\"{}>{}</p>\n", id, i + 1,
                         p.role == ParagraphRole::lead ? " class=\"lead\"" : "", inner);
  }
  std::string actors, topics;
  for (const ArticleActor& x : n.actors)
    actors += fmt::format("{}{}{} ({})", actors.empty() ? "" : ", ", escaped(x.name),
                          x.role.empty() ? "" : ", " + escaped(x.role), x.mentions);
  for (const TopicScore& t : n.topics)
    if (t.assigned) topics += (topics.empty() ? "" : ", ") + escaped(t.name);
  out += "<footer><dl>\n" + row_of("id", escaped(a.id)) + row_of("url", link(a.url)) + row_of("path", escaped(a.path)) +
         row_of("actors", actors) + row_of("topics", topics) + "</dl></footer>\n</article>\n";
  return out;
}

std::string html_page(std::string_view title, std::string_view articles) {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"no\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>{}</style>\n"
      "</head>\n<body>\n{}</body>\n</html>\n",
      escaped(title), kStyle, articles);
}

}  // namespace spalte::query
