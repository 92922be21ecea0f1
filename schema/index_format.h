// How does an index folder look, who may open it, and what do its two stores tell of each other?
#pragma once

#include "schema/catalogue.h"
#include "schema/result.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace Xapian {
class Database;
class WritableDatabase;
}  // namespace Xapian

namespace spalte {

/// DIR/catalogue.sqlite        the truth
/// DIR/current                 one line: the name of the folder of the index in use, switched by rename
/// DIR/index-NNNNNN/articles   Xapian: a document an article
/// DIR/index-NNNNNN/quotes     Xapian: a document a quotation
/// DIR/topics.toml             the user's own topics, if there are any
/// DIR/lock                    held by the one writer
struct IndexFolder {
  std::string dir;
  std::string catalogue() const { return dir + "/catalogue.sqlite"; }
  std::string current_file() const { return dir + "/current"; }
  std::string lock_file() const { return dir + "/lock"; }
  std::string topics_file() const { return dir + "/topics.toml"; }
};

/// The number of the terms' and slots' layout; another one is refused with "rebuild".
inline constexpr std::string_view kIndexFormat = "3";

/// Keys of Xapian's metadata and of the catalogue's state; what stands under both must agree.
namespace state_key {
inline constexpr const char* kUuid = "uuid";
inline constexpr const char* kFormat = "format";
inline constexpr const char* kAnalyser = "analyser";
inline constexpr const char* kGeneration = "generation";
inline constexpr const char* kModels = "models";
inline constexpr const char* kBulk = "bulk";  ///< in the index alone: "FIRST LAST", the rows that a bulk run brought in
}  // namespace state_key

/// Path of the user's own topics; empty where there are none.
std::string own_topics(const IndexFolder& folder);

/// Makes the folder (0700) where there is none, with an empty catalogue that has a uuid. A folder that exists and is
/// neither empty nor an index is refused.
Status create_index_folder(const IndexFolder& folder);
/// Is there an index? Errors: index_missing (with what to do), index_damaged.
Status require_index(const IndexFolder& folder);

/// Absolute path of the index in use. Errors: index_missing where none has been switched to yet.
Result<std::string> current_index(const IndexFolder& folder);
/// Makes `name` (a folder below DIR) the one in use, durably, and removes the others. Readers that hold the old one
/// open keep it until they look at `current` again.
Status switch_index(const IndexFolder& folder, std::string_view name);
/// A name not in use yet: "index-000007".
Result<std::string> next_index_name(const IndexFolder& folder);

/// Held while it lives; errors: locked (exit status 75).
class WriterLock {
 public:
  static Result<WriterLock> acquire(const IndexFolder& folder);
  ~WriterLock();
  WriterLock(WriterLock&& other) noexcept : descriptor_(other.descriptor_) { other.descriptor_ = -1; }
  WriterLock& operator=(WriterLock&&) = delete;

 private:
  explicit WriterLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

std::string articles_path(const std::string& index);
std::string quotes_path(const std::string& index);

/// Writes uuid, format, analyser and generation into the index's metadata.
void stamp_index(Xapian::WritableDatabase& db, std::string_view uuid, std::string_view analyser,
                 std::uint64_t generation);
std::uint64_t index_generation(const Xapian::Database& db);
/// Do the stores belong together, and was the index made by this program's analyser? Errors: index_version,
/// index_damaged.
Status check_stamp(const Xapian::Database& db, Catalogue& catalogue, std::string_view analyser);

/// 32 hexadecimal digits from the system's random source.
std::string random_uuid();

}  // namespace spalte
