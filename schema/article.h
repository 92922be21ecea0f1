// What is an article? The one form that every source is read into and everything else works on.
#pragma once

#include "schema/annotation.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace spalte {

enum class ParagraphRole : std::uint8_t { title, lead, subhead, body };

/// A byte range [begin, end) of Article::text, without the newline that ends it.
struct Paragraph {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  ParagraphRole role = ParagraphRole::body;
};

/// Whom the source itself says an article is about (people, organisations and places of agency formats).
struct GivenActor {
  std::string name;
  ActorKind kind = ActorKind::person;
  std::string wikidata;  ///< "Q123"; empty: the source gives none
  std::string role;      ///< empty: the source gives none
};

/// Where an article stands in print, as libraries' scans tell it.
struct PrintPlace {
  std::string urn;      ///< "URN:NBN:no-nb_digavis_…": of the page, or of the article where it has one
  std::string issue;    ///< the newspaper's number: "61"
  std::string page;     ///< as printed, the first the article stands on: "3"
  std::string regions;  ///< a paragraph's block on the page: "x,y,width,height" in the scan's units, ';' between
  int confidence = -1;  ///< of the words' recognition, mean, 0 to 100; -1: it was not scanned
  bool empty() const { return urn.empty() && issue.empty() && page.empty() && confidence < 0; }
};

/// All strings are valid UTF-8 in NFC, without control characters other than the newlines of `text`. Empty means: the
/// source gives none; nothing is invented.
struct Article {
  /// The title if there is one, newline, then the paragraphs, each ended by a newline. Every offset in the project
  /// points here.
  std::string text;
  /// In order, covering `text` but for its newlines. The title, if any, is the first.
  std::vector<Paragraph> paragraphs;

  std::string id;      ///< stable: the source's own, else a hash of root name and path (design: identity)
  std::string family;  ///< what all versions of one story share; empty: the id
  std::uint32_t version = 1;  ///< as the source numbers it within the family; the highest is the newest
  bool withdrawn = false;     ///< no article, but the notice that versions of `family` up to `version` are withdrawn

  std::string source;  ///< newspaper or channel
  std::string agency;  ///< wire agency, if it is a wire story
  std::string byline;
  std::string section;
  std::string url;
  std::string published;  ///< ISO 8601 in Europe/Oslo: YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm; sorts as a string
  bool date_guessed = false;              ///< `published` comes from the file's modification time and counts as undated
  std::string modified;                   ///< as `published`
  std::string lang;                       ///< "nb", "nn", "other"; empty: too short to tell, or not analysed yet
  std::vector<std::string> topics_given;  ///< as the source wrote them: names or medtop codes

  std::vector<GivenActor> actors_given;  ///< annotate/given.h takes them into the annotation; not stored elsewhere
  std::string embargo;                   ///< as `published`: not to be shown before; empty: at once
  PrintPlace print;

  std::string path;    ///< as found, absolute; in a container ARCHIVE/MEMBER
  std::string sha256;  ///< of the source bytes, hex

  std::string_view view(const Paragraph& p) const { return std::string_view(text).substr(p.begin, p.end - p.begin); }
  std::string_view title() const {
    return !paragraphs.empty() && paragraphs.front().role == ParagraphRole::title ? view(paragraphs.front())
                                                                                  : std::string_view();
  }
};

}  // namespace spalte
