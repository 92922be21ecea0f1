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

constexpr ArticleSource kSources[] = {
    {"container", recognises_container, read_container},
    {"NITF", recognises_nitf, read_nitf},
    {"NewsML-G2", recognises_newsml_g2, read_newsml_g2},
    {"METS", recognises_mets, read_mets},
    {"ALTO", recognises_alto, read_alto},
    {"feed", recognises_feed, read_feed},
    {"WARC", recognises_warc, read_warc},
    {"ninjs", recognises_ninjs, read_ninjs},
    {"CSV", recognises_csv, read_csv},
    {"JSON", recognises_json, read_json},
    {"HTML", recognises_html, read_html},
    {"text", recognises_plain_text, read_plain_text},
};

constexpr bool blank(char c) { return c == ' ' || c == '\n'; }

}  // namespace

std::span<const ArticleSource> sources() { return kSources; }

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
