// How much may a file ask of us? Every limit on what is read stands here; what goes beyond is refused with its reason.
#pragma once

#include <cstddef>
#include <cstdint>

namespace spalte::indexer::limit {

inline constexpr std::int64_t kMegabyte = std::int64_t{1} << 20;

/// A file, or a member of a container, of a format that is read as a whole (text, HTML, XML, JSON, METS).
inline constexpr std::int64_t kWholeBytes = 64 * kMegabyte;
/// All pages of an issue of METS, which are held together.
inline constexpr std::int64_t kIssueBytes = 512 * kMegabyte;
/// HTML trees take about 20 times their file.
inline constexpr std::int64_t kHtmlBytes = 16 * kMegabyte;
/// A line of JSONL, a row of CSV.
inline constexpr std::int64_t kLineBytes = 16 * kMegabyte;
/// A record of a WARC that is HTML; others are passed over unread, whatever their size.
inline constexpr std::int64_t kRecordBytes = kHtmlBytes;
/// Elements inside elements, objects inside objects.
inline constexpr std::size_t kDepth = 256;
inline constexpr std::size_t kHtmlDepth = 2000;
/// The tree of a page: a small page may be written so that its tree grows with the square of it, and the time as well.
/// For each byte of the page (pages of very short elements need about 100), and at most.
inline constexpr std::int64_t kHtmlMemory = 160, kHtmlMost = 512 * kMegabyte;
/// Processor time for a page, and for each further megabyte of it: some 30 times what one takes.
inline constexpr std::int64_t kHtmlSeconds = 2;
/// Containers in containers: archive.zip/inner.tar.gz/page.html is 3 (the gzip counts with its tar).
inline constexpr int kContainers = 3;
inline constexpr std::int64_t kMembers = 10'000'000;
/// A container in a container is put aside, so that METS finds its pages: in memory up to the first, on disk up to the
/// second. Of a larger one the pages are read one by one.
inline constexpr std::int64_t kSpoolHeld = 4 * kMegabyte, kSpool = 4096 * kMegabyte;
/// Unpacked bytes for each packed one, looked at from kExpansionFrom on. Text packs up to about 20.
inline constexpr std::int64_t kExpansion = 200;
inline constexpr std::int64_t kExpansionFrom = 64 * kMegabyte;
/// Topics, and people, organisations and places, that a source gives an article; more are left out. Each is held against
/// those before it.
inline constexpr std::size_t kGiven = 1000;
/// Names of who wrote it, in bytes; more are left out.
inline constexpr std::size_t kByline = 1000;
/// What a reader may look at before it knows the format.
inline constexpr std::size_t kHead = std::size_t{32} << 10;

}  // namespace spalte::indexer::limit
