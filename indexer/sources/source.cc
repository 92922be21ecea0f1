// Which formats are there, and what do they share?
#include "indexer/sources/source.h"

#include "indexer/sources/alto.h"
#include "indexer/sources/container.h"
#include "indexer/sources/csv.h"
#include "indexer/sources/feed.h"
#include "indexer/sources/html.h"
#include "indexer/sources/json_articles.h"
#include "indexer/sources/limits.h"
#include "indexer/sources/mets.h"
#include "indexer/sources/newsml_g2.h"
#include "indexer/sources/nitf.h"
#include "indexer/sources/plain_text.h"
#include "indexer/sources/warc.h"
#include "schema/date.h"
#include "schema/terms.h"

#include <algorithm>

#include <fmt/format.h>

namespace spalte::indexer {
namespace {

/// Whatever the columns hold.
constexpr std::string_view kMapped =
    "family, version, title, lead, subheads, source, agency, byline, section, url, date, modified, embargo, lang, topics, "
    "actors, urn, issue, page, confidence";

constexpr ArticleSource kSources[] = {
    {"zip, tar, gzip, zstd, bzip2, xz", "", recognises_container, read_container},
    {"NITF", "family, version, withdrawn, title, lead, subheads, source, agency, byline, section, date, embargo, lang, topics, "
     "actors",
     recognises_nitf, read_nitf},
    {"NewsML-G2",
     "family, version, withdrawn, title, lead, subheads, source, agency, byline, section, date, modified, embargo, lang, "
     "topics, actors",
     recognises_newsml_g2, read_newsml_g2},
    {"METS", "title, source, date, urn, issue, page, regions, confidence", recognises_mets, read_mets},
    {"ALTO", "source, date, urn, issue, page, regions, confidence", recognises_alto, read_alto},
    {"RSS, Atom", "family, title, lead, source, byline, url, date, modified, lang, topics", recognises_feed, read_feed},
    {"WARC", "family, version, title, lead, subheads, source, byline, section, url, date, modified, lang, topics",
     recognises_warc, read_warc},
    {"ninjs",
     "family, version, withdrawn, title, lead, subheads, source, agency, byline, section, url, date, modified, embargo, "
     "lang, topics, actors",
     recognises_ninjs, read_ninjs},
    {"CSV", kMapped, recognises_csv, read_csv},
    {"JSON, JSONL", kMapped, recognises_json, read_json},
    {"HTML", "family, title, lead, subheads, source, byline, section, url, date, modified, lang, topics",
     recognises_html, read_html},
    {"plain text", "family, version, withdrawn, title, lead, subheads, source, agency, byline, section, url, date, modified, lang, topics",
     recognises_plain_text, read_plain_text},
};

constexpr bool blank(char c) { return c == ' ' || c == '\n'; }

}  // namespace

std::span<const ArticleSource> sources() { return kSources; }

std::string sources_table() {
  std::string out = "| format | fields |\n|---|---|\n";
  for (const ArticleSource& s : kSources)
    out += fmt::format("| {} | {} |\n", s.name, s.fields.empty() ? "those of what lies in it" : s.fields);
  return out;
}

std::string filled_fields(const Article& a) {
  const auto has = [&](ParagraphRole role) {
    return std::any_of(a.paragraphs.begin(), a.paragraphs.end(), [&](const Paragraph& p) { return p.role == role; });
  };
  const std::pair<std::string_view, bool> fields[] = {
      {"family", !a.family.empty()},
      {"version", a.version > 1},
      {"withdrawn", a.withdrawn},
      {"title", !a.title().empty()},
      {"lead", has(ParagraphRole::lead)},
      {"subheads", has(ParagraphRole::subhead)},
      {"source", !a.source.empty()},
      {"agency", !a.agency.empty()},
      {"byline", !a.byline.empty()},
      {"section", !a.section.empty()},
      {"url", !a.url.empty()},
      {"date", !a.published.empty() && !a.date_guessed},
      {"modified", !a.modified.empty()},
      {"embargo", !a.embargo.empty()},
      {"lang", !a.lang.empty()},
      {"topics", !a.topics_given.empty()},
      {"actors", !a.actors_given.empty()},
      {"urn", !a.print.urn.empty()},
      {"issue", !a.print.issue.empty()},
      {"page", !a.print.page.empty()},
      {"regions", !a.print.regions.empty()},
      {"confidence", a.print.confidence >= 0},
  };
  std::string out;
  for (const auto& [name, filled] : fields)
    if (filled) out.append(out.empty() ? "" : ", ").append(name);
  return out;
}

Status read_source(const Reading& reading) {
  const Result<std::string_view> head = reading.bytes.peek(limit::kHead);
  if (!head) return fail(head);
  if (head->empty()) {
    reading.sink.skipped("empty");
    return {};
  }
  for (const ArticleSource& s : kSources)
    if (s.recognises(reading.file, *head)) return s.read(reading);
  reading.sink.skipped(file_kind(reading.file.relative));
  return {};
}

Result<ReadResult> read_all(const SourceFile& file, std::string_view bytes, const FieldMap* map) {
  struct Sink : ArticleSink {
    ReadResult result;
    bool article(Article&& a) override {
      result.articles.push_back(std::move(a));
      return true;
    }
    void warn(std::string what) override { result.warnings.push_back(std::move(what)); }
    void failed(std::string_view place, std::string reason) override {
      result.failures.push_back(fmt::format("{}: {}", place, reason));
    }
    void skipped(std::string kind) override { result.skipped.push_back(std::move(kind)); }
  } sink;
  MemoryStream stream(bytes);
  InputBytes input(stream);
  if (Status read = read_source({file, input, sink, 0, map}); !read) return fail(std::move(read));
  return std::move(sink.result);
}

std::string file_kind(std::string_view name) {
  name = name.substr(name.find_last_of('/') + 1);
  const std::size_t dot = name.find_last_of('.');
  if (dot == std::string_view::npos || dot == 0 || name.size() - dot > 12) return "no extension";
  std::string kind(name.substr(dot));
  for (char& c : kind)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return kind;
}

void ArticleText::add(ParagraphRole role, std::string_view text) {
  while (!text.empty() && blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  if (text.empty()) return;
  Paragraph p{static_cast<std::uint32_t>(article_.text.size()), 0, role};
  for (char c : text) article_.text += c == '\n' ? ' ' : c;
  p.end = static_cast<std::uint32_t>(article_.text.size());
  article_.text += '\n';
  article_.paragraphs.push_back(p);
}

std::string path_id(const SourceFile& file, std::size_t number) {
  std::string place = file.root_name + "/" + file.relative;
  if (number > 0) place += fmt::format("#{}", number);
  return short_id(place);
}

std::string short_id(std::string_view of) {
  constexpr std::string_view kDigits =
      "0123456789abcdefghjkmnpqrstvwxyz";  // no i, l, o, u: read aloud and typed without mistakes
  std::uint64_t hash = stable_hash(of);
  std::string id(12, '0');
  for (char& c : id) {
    c = kDigits[hash & 31U];
    hash >>= 5;
  }
  return id;
}

void date_from_place(const SourceFile& file, Article& article) {
  if (!article.published.empty()) return;
  const std::string_view relative = file.relative;
  const std::size_t slash = relative.find_last_of('/');
  if (auto date = find_date_in_name(relative.substr(slash == std::string_view::npos ? 0 : slash + 1))) {
    article.published = *date;
    return;
  }
  // yyyy/mm/dd folders, else yyyy/mm, anywhere in the path below the root and the root's own name.
  const std::string folders =
      "/" + file.root_name + "/" + std::string(relative.substr(0, slash == std::string_view::npos ? 0 : slash)) + "/";
  const auto digits = [&](std::size_t at, std::size_t n) {
    for (std::size_t i = at; i < at + n; ++i)
      if (i >= folders.size() || folders[i] < '0' || folders[i] > '9') return false;
    return at + n < folders.size() && folders[at + n] == '/';
  };
  for (const bool with_day : {true, false})
    for (std::size_t i = 0; i + 8 < folders.size(); ++i) {
      if (folders[i] != '/' || !digits(i + 1, 4) || !digits(i + 6, 2) || (with_day && !digits(i + 9, 2))) continue;
      std::string iso = folders.substr(i + 1, with_day ? 10 : 7);
      std::replace(iso.begin(), iso.end(), '/', '-');
      if (auto date = parse_date(iso)) {
        article.published = *date;
        return;
      }
    }
  article.published = local_time(file.mtime).substr(0, 16);
  article.date_guessed = true;
}

bool hand_on(const Reading& reading, Article&& a, std::size_t number) {
  if (a.withdrawn && a.family.empty()) {
    reading.sink.warn("withdraws a story but does not say which; it was read as an article");
    a.withdrawn = false;
  }
  if (a.paragraphs.empty() && !a.withdrawn) {
    reading.sink.skipped("empty");
    return true;
  }
  if (a.id.empty()) a.id = path_id(reading.file, number);
  date_from_place(reading.file, a);
  return reading.sink.article(std::move(a));
}

}  // namespace spalte::indexer
