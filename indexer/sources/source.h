// What can a file be read as? Each format is one pair of files behind ArticleSource; kSources is their table.
#pragma once

#include "schema/article.h"
#include "schema/result.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace spalte::indexer {

/// A file's place and what the file system says of it.
struct SourceFile {
  std::string path;        ///< absolute
  std::string relative;    ///< below the root, '/' between parts; the file's name where the root is the file
  std::string root_name;   ///< ids are hashed from it and `relative`
  std::int64_t mtime = 0;  ///< seconds since 1970
};

/// A file holds no article of a kind we read: counted by kind, no failure.
struct Skipped {
  std::string kind;  ///< ".pdf", "empty", "symbolic link" …
};

struct ReadResult {
  std::vector<Article> articles;
  std::vector<std::string> warnings;  ///< what was odd but did no harm: "the date \"31.02.2011\" is none"
};

/// Stateless; used by many threads.
struct ArticleSource {
  std::string_view name;
  /// Does the content look like this format? `head` is the first kilobytes.
  bool (*recognises)(const SourceFile& file, std::string_view head);
  /// Articles of a whole file. Errors: bad_input, with what and where.
  Result<ReadResult> (*read)(const SourceFile& file, std::string_view bytes);
};

/// In the order in which they are asked.
std::span<const ArticleSource> sources();

/// The source for a file, or nullptr where none recognises it (then it is skipped by kind).
const ArticleSource* source_for(const SourceFile& file, std::string_view bytes);
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

/// The id of an article whose source gives none: 12 letters and digits from root name and path below it (and the number
/// of the article in its file, where it holds many).
std::string path_id(const SourceFile& file, std::size_t number = 0);

/// Sets `published` from file name, then folders, then the modification time (marked as guessed), where it is empty.
void date_from_place(const SourceFile& file, Article& article);

}  // namespace spalte::indexer
