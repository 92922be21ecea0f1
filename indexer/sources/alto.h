// What stands on a scanned page? ALTO's blocks of recognised words.
#pragma once

#include "indexer/sources/source.h"

#include <string>
#include <string_view>
#include <vector>

#include <pugixml.hpp>

namespace spalte::indexer {

struct AltoBlock {
  std::string id;
  std::string text;            ///< lines joined, words parted at a line's end put together
  std::string region;          ///< "x,y,width,height"
  double confidence = 0;       ///< sum over the words, each 0 to 1
  std::size_t words = 0, judged = 0;  ///< judged: words that have a confidence
};

struct AltoPage {
  std::string number;  ///< as printed, else the image's; empty: not said
  std::string urn;     ///< empty: not said
  std::vector<AltoBlock> blocks;
};

AltoPage alto_page(const pugi::xml_node& alto);

/// Adds a block as a paragraph, with region and confidence.
class PrintedText {
 public:
  explicit PrintedText(Article& article) : article_(article) {}
  void add(ParagraphRole role, const AltoBlock& block);

 private:
  Article& article_;
  double confidence_ = 0;
  std::size_t judged_ = 0;
};

/// What the National Library's file names say: digavis_TITLE_…_YYYYMMDD_VOLUME_ISSUE_EDITION[_PAGE]. Only what is empty is
/// set.
void set_from_digavis(std::string_view file_name, Article& article);

/// As what a page is skipped that a METS file reads.
inline constexpr std::string_view kPageOfIssue = "page of a METS issue";
/// Does a file's name say that it is METS?
bool is_mets_name(std::string_view path);
/// The METS files in a folder of pages and in the one above: those that may read them.
std::vector<std::string> mets_files_of(const std::string& folder);

bool recognises_alto(const SourceFile& file, std::string_view head);
/// An article a page; where a METS file lies beside it or above it, that one reads the page, and it is skipped.
Status read_alto(const Reading& reading);

}  // namespace spalte::indexer
