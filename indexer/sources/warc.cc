// Where does a record end, and which are worth reading?
#include "indexer/sources/warc.h"

#include "indexer/sources/given.h"
#include "indexer/sources/html.h"
#include "indexer/sources/limits.h"
#include "schema/date.h"
#include "schema/terms.h"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <memory>
#include <unordered_set>

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

namespace spalte::indexer {
namespace {

constexpr std::size_t kMaxHeader = 64U << 10U;

/// The value of "Name: value" in a block of header lines; empty: not there.
std::string_view header(std::string_view block, std::string_view name) {
  while (!block.empty()) {
    const std::size_t end = block.find('\n');
    std::string_view line = block.substr(0, end);
    block.remove_prefix(end == std::string_view::npos ? block.size() : end + 1);
    if (line.size() <= name.size() || line[name.size()] != ':' || lowered(line.substr(0, name.size())) != name) continue;
    line.remove_prefix(name.size() + 1);
    while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    return line;
  }
  return {};
}

std::int64_t number(std::string_view text) {
  std::int64_t n = -1;
  std::from_chars(text.data(), text.data() + text.size(), n);
  return n;
}

Result<std::string> without_chunks(std::string_view body) {
  std::string out;
  while (!body.empty()) {
    const std::size_t end = body.find("\r\n");
    std::uint64_t size = 0;
    const auto [stop, error] = std::from_chars(body.data(), body.data() + std::min(end, body.size()), size, 16);
    if (end == std::string_view::npos || error != std::errc())
      return fail(ErrorCode::bad_input, "a chunk of the response has no length", "");
    body.remove_prefix(end + 2);
    if (size == 0) break;
    if (size > body.size()) return fail(ErrorCode::bad_input, "the response ends within a chunk", "");
    out.append(body.substr(0, size));
    body.remove_prefix(std::min<std::size_t>(size + 2, body.size()));
  }
  return out;
}

/// gzip, and what libarchive knows besides.
Result<std::string> unpacked(std::string_view bytes) {
  const std::unique_ptr<archive, int (*)(archive*)> a(archive_read_new(), archive_read_free);
  archive_read_support_filter_all(a.get());
  archive_read_support_format_raw(a.get());
  archive_entry* entry = nullptr;
  if (archive_read_open_memory(a.get(), bytes.data(), bytes.size()) != ARCHIVE_OK ||
      archive_read_next_header(a.get(), &entry) != ARCHIVE_OK)
    return fail(ErrorCode::bad_input, "the response cannot be unpacked", "");
  std::string out;
  std::string buffer(std::size_t{64} << 10, '\0');
  for (;;) {
    const la_ssize_t got = archive_read_data(a.get(), buffer.data(), buffer.size());
    if (got < 0) return fail(ErrorCode::bad_input, "the response cannot be unpacked to its end", "");
    if (got == 0) return out;
    out.append(buffer, 0, static_cast<std::size_t>(got));
    if (static_cast<std::int64_t>(out.size()) > limit::kRecordBytes)
      return tl::unexpected<Error>(too_large("a page", static_cast<std::int64_t>(out.size()), limit::kRecordBytes));
  }
}

std::string charset_of(std::string_view content_type) {
  const std::string low = lowered(content_type);
  const std::size_t at = low.find("charset=");
  if (at == std::string::npos) return {};
  std::string value = low.substr(at + 8, low.find(';', at) - at - 8);
  std::erase(value, '"');
  return value;
}

bool is_html(std::string_view content_type) {
  const std::string low = lowered(content_type);
  return low.find("text/html") != std::string::npos || low.find("application/xhtml") != std::string::npos;
}

/// Seconds since 1970 of "2017-03-14T12:30:00Z"; 0 where it is none.
std::uint32_t capture_seconds(std::string_view date) {
  std::tm t{};
  const std::string text(date);
  if (::strptime(text.c_str(), "%Y-%m-%dT%H:%M:%S", &t) == nullptr) return 0;
  const std::int64_t seconds = ::timegm(&t);
  return seconds > 0 && seconds < UINT32_MAX ? static_cast<std::uint32_t>(seconds) : 0;
}

struct Record {
  std::string block;  ///< header lines
  std::int64_t length = 0;
  std::size_t number = 0;
};

class Captures {
 public:
  explicit Captures(const Reading& reading) : reading_(reading) {}

  Status run() {
    for (Record r;;) {
      const Result<bool> more = next(r);
      if (!more) return fail(more);
      if (!*more) return {};
      const std::int64_t end = reading_.bytes.offset() + r.length;
      if (wanted(r)) {
        bool go_on = true;
        if (Status read = capture(r, go_on); !read)
          reading_.sink.failed(fmt::format("record {} ({})", r.number, url_of(r)), read.error().message);
        if (!go_on) return {};
      }
      if (Status skipped = reading_.bytes.skip(end - reading_.bytes.offset()); !skipped) return skipped;
      if (reading_.bytes.offset() < end)
        return fail(ErrorCode::bad_input, fmt::format("ends within record {}", r.number), "fetch the file again");
    }
  }

 private:
  /// False: the end.
  Result<bool> next(Record& r) {
    std::optional<std::string_view> line;
    do {  // blank lines between records
      Result<std::optional<std::string_view>> got = reading_.bytes.line(static_cast<std::int64_t>(kMaxHeader));
      if (!got) return fail(std::move(got));
      if (!*got) return false;
      line = *got;
    } while (line->empty());
    ++r.number;
    if (!line->starts_with("WARC/"))
      return fail(ErrorCode::bad_input, fmt::format("record {} does not begin with WARC/", r.number),
                  "fetch the file again");
    r.block.clear();
    for (;;) {
      Result<std::optional<std::string_view>> got = reading_.bytes.line(static_cast<std::int64_t>(kMaxHeader));
      if (!got) return fail(std::move(got));
      if (!*got) return fail(ErrorCode::bad_input, fmt::format("ends within the header of record {}", r.number), "");
      if ((*got)->empty()) break;
      r.block.append(**got).append("\n");
      if (r.block.size() > kMaxHeader)
        return fail(ErrorCode::bad_input, fmt::format("the header of record {} has no end", r.number), "");
    }
    r.length = number(header(r.block, "content-length"));
    if (r.length < 0)
      return fail(ErrorCode::bad_input, fmt::format("record {} does not say how long it is", r.number), "");
    return true;
  }

  static std::string url_of(const Record& r) {
    std::string_view url = header(r.block, "warc-target-uri");
    if (url.starts_with('<') && url.ends_with('>')) url = url.substr(1, url.size() - 2);
    return std::string(url);
  }

  bool wanted(const Record& r) {
    const std::string type = lowered(header(r.block, "warc-type"));
    if (type == "resource" && is_html(header(r.block, "content-type"))) return true;
    if (type != "response" || !url_of(r).starts_with("http")) return false;
    const std::string_view digest = header(r.block, "warc-payload-digest");
    // Equal captures: not even parsed again.
    return digest.empty() ||
           captured_.insert(stable_hash(url_key(url_of(r)) + "\n" + std::string(digest))).second;
  }

  Status capture(const Record& r, bool& go_on) {
    const bool resource = lowered(header(r.block, "warc-type")) == "resource";
    std::string_view content_type = header(r.block, "content-type");
    std::string http;
    if (!resource) {
      // The HTTP header first: what is no page is passed over unread.
      const Result<std::string_view> head =
          reading_.bytes.peek(static_cast<std::size_t>(std::min<std::int64_t>(r.length, kMaxHeader)));
      if (!head) return fail(head);
      const std::size_t end = head->find("\r\n\r\n");
      if (end == std::string_view::npos) return {};
      http = head->substr(0, end);
      const std::string_view status = std::string_view(http).substr(0, http.find('\r'));
      content_type = header(http, "content-type");
      if (status.find(" 200") == std::string_view::npos || !is_html(content_type)) return {};
      if (Status skipped = reading_.bytes.skip(static_cast<std::int64_t>(end) + 4); !skipped) return skipped;
    }
    const std::int64_t length = r.length - (resource ? 0 : static_cast<std::int64_t>(http.size()) + 4);
    if (length > limit::kRecordBytes) return tl::unexpected<Error>(too_large("a page", length, limit::kRecordBytes));
    std::string body(static_cast<std::size_t>(length), '\0');
    std::size_t have = 0;
    while (have < body.size()) {
      const Result<std::size_t> got = reading_.bytes.read(body.data() + have, body.size() - have);
      if (!got) return fail(got);
      if (*got == 0) return {};  // run() says that the record ends too early
      have += *got;
    }
    Result<std::string> page = resource ? Result<std::string>(std::move(body)) : http_body(http, body);
    if (!page) return fail(std::move(page));
    Result<std::optional<Article>> found = article_of_page(*page, charset_of(content_type), url_of(r), reading_.sink);
    if (!found) return fail(std::move(found));
    if (!*found) {
      reading_.sink.skipped("page without article");
      return {};
    }
    Article& a = **found;
    a.path = reading_.file.path;
    a.id = short_id(a.family + "\n" + a.text);
    const std::string_view date = header(r.block, "warc-date");
    if (const std::uint32_t seconds = capture_seconds(date)) {
      a.version = seconds;
      if (a.published.empty()) {
        a.published = local_time(seconds).substr(0, 16);
        a.date_guessed = true;
      }
    }
    go_on = hand_on(reading_, std::move(a), r.number);
    return {};
  }

  const Reading& reading_;
  std::unordered_set<std::uint64_t> captured_;  ///< address and digest
};

}  // namespace

Result<std::string> http_body(std::string_view headers, std::string_view body) {
  std::string out(body);
  if (lowered(header(headers, "transfer-encoding")).find("chunked") != std::string::npos) {
    Result<std::string> joined = without_chunks(out);
    if (!joined) return joined;
    out = std::move(*joined);
  }
  const std::string encoding = lowered(header(headers, "content-encoding"));
  // Crawlers that unpack leave the header as it was.
  if (encoding.empty() || encoding == "identity" || !out.starts_with("\x1f\x8b")) return out;
  return unpacked(out);
}

bool recognises_warc(const SourceFile&, std::string_view head) { return head.starts_with("WARC/"); }

Status read_warc(const Reading& reading) { return Captures(reading).run(); }

}  // namespace spalte::indexer
