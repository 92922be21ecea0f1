// What can a file be read as? Each format is one pair of files behind ArticleSource; kSources is their table.
#pragma once

#include "indexer/sources/byte_stream.h"
#include "schema/article.h"
#include "schema/result.h"

#include <cstdint>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spalte::indexer {

/// A file's place and what the file system says of it.
struct SourceFile {
  std::string path;        ///< absolute
  std::string relative;    ///< below the root, '/' between parts; the file's name where the root is the file
  std::string root_name;   ///< ids are hashed from it and `relative`
  std::int64_t mtime = 0;  ///< seconds since 1970
};

struct FieldMap;

/// Takes what a reader finds, one by one. Used by the reader's thread.
class ArticleSink {
 public:
  virtual ~ArticleSink() = default;
  /// False: enough, stop reading (an interrupt, a full disk).
  virtual bool article(Article&& article) = 0;
  /// What was odd but did no harm: "the date \"31.02.2011\" is none".
  virtual void warn(std::string what) = 0;
  /// A part that should have been readable and was not; the rest goes on. `place`: "line 17", "inner/page.html".
  virtual void failed(std::string_view place, std::string reason) = 0;
  /// The file, or a member of it, holds no article of a kind we read: counted by `kind` (".pdf", "empty").
  virtual void skipped(std::string kind) = 0;
  /// Which columns or members the fields are taken from ("title = headline, text = body"), told before the first article.
  virtual void mapped(std::string) {}
};

/// What else lies in the container of a member that is being read. Names are paths in the container.
class Siblings {
 public:
  virtual ~Siblings() = default;
  /// Names that are METS's. The container is gone through once.
  virtual const std::vector<std::string>& issues() = 0;
  /// Hands over the wanted members that are there, in the container's order, going through it once more.
  virtual Status read(const std::set<std::string>& wanted,
                      const std::function<void(const std::string& name, InputBytes& bytes)>& visit) = 0;
};

/// How much has come out of a file of archives, at any depth, and how much of the file that took.
struct Expansion {
  std::int64_t packed = 0, unpacked = 0;
};

/// What a reader works with. `file` is the place of the member where the bytes are one of a container.
struct Reading {
  const SourceFile& file;
  InputBytes& bytes;
  ArticleSink& sink;
  int depth = 0;                   ///< containers around it
  const FieldMap* map = nullptr;   ///< the user's, for JSON and CSV; nullptr: guessed
  Siblings* siblings = nullptr;    ///< of a member of a container that can be gone through again (all but huge ones)
  std::string_view member = {};    ///< its own name there
  Expansion* expansion = nullptr;  ///< of the outermost container around it; nullptr: there is none
};

/// Stateless; used by many threads.
struct ArticleSource {
  std::string_view name;
  /// What of an article it can give, in the order of filled_fields(); empty for containers, whose members tell. README's
  /// table is made of it, and a test holds it against what the readers fill.
  std::string_view fields;
  /// Does the content look like this format? `head` is what limit::kHead gives.
  bool (*recognises)(const SourceFile& file, std::string_view head);
  /// Hands every article to the sink, holding no more than one of them (formats read whole: no more than
  /// limit::kWholeBytes). Errors: bad_input with what and where: the file cannot be read on; what the sink got is good.
  Status (*read)(const Reading& reading);
};

/// In the order in which they are asked.
std::span<const ArticleSource> sources();
/// The table of README: a row a format, with its fields.
std::string sources_table();
/// The names of the fields that are set, separated by ", "; an id, text and path each article has.
std::string filled_fields(const Article& article);

/// Finds the source by name and content and reads; what no source recognises is skipped by its kind.
Status read_source(const Reading& reading);

/// What all of a file gave, for files that are known to be small.
struct ReadResult {
  std::vector<Article> articles;
  std::vector<std::string> warnings;
  std::vector<std::string> failures;  ///< "PLACE: REASON"
  std::vector<std::string> skipped;
};
Result<ReadResult> read_all(const SourceFile& file, std::string_view bytes, const FieldMap* map = nullptr);

/// The kind under which a file that is skipped is counted: its extension in lower case, else "no extension".
std::string file_kind(std::string_view name);

/// Builds Article::text and paragraphs in the one canonical form. White space at the ends goes; empty paragraphs are
/// left out.
class ArticleText {
 public:
  explicit ArticleText(Article& article) : article_(article) {}
  void add(ParagraphRole role, std::string_view text);

 private:
  Article& article_;
};

/// 12 letters and digits that stand for a place or name: read aloud and typed without mistakes, the same on every machine.
std::string short_id(std::string_view of);
/// The id of an article whose source gives none: 12 letters and digits from root name and path below it (and the number
/// of the article in its file, where it holds many).
std::string path_id(const SourceFile& file, std::size_t number = 0);

/// Sets `published` from file name, then folders, then the modification time (marked as guessed), where it is empty.
void date_from_place(const SourceFile& file, Article& article);

/// The last step of every reader: an id and a date from the article's place where its source gives none (`number`: of the
/// article in its file; 0: the only one). An article without text is skipped as empty, unless it withdraws others. False:
/// the sink wants no more.
bool hand_on(const Reading& reading, Article&& article, std::size_t number);

}  // namespace spalte::indexer
