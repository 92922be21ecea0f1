// What does the Xapian index itself say of its soundness?
#pragma once

#include "schema/catalogue.h"
#include "schema/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace spalte::indexer {

struct IndexAudit {
  std::int64_t quotes = 0;
  std::uint64_t generation = 0;
  std::unordered_map<std::uint64_t, std::int64_t> versions;  ///< stable_hash of each article's id → its row version
  std::vector<std::string> faults;
};
/// Checks every table, reads every document's id and version. `index` is the folder of the index in use.
IndexAudit audit_index(const std::string& index, Catalogue& catalogue, std::string_view analyser);

/// Does any article of an index hold a name? One thread.
class NameAudit {
 public:
  static Result<NameAudit> open(const std::string& index);
  ~NameAudit();
  NameAudit(NameAudit&&) noexcept;
  bool holds(NameId id) const;

 private:
  struct Impl;
  explicit NameAudit(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace spalte::indexer
