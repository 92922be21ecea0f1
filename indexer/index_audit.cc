// How is the index walked?
#include "indexer/index_audit.h"

#include "schema/hit.h"
#include "schema/index_format.h"
#include "schema/slots.h"
#include "schema/xapian_guard.h"

#include <cstdlib>
#include <sstream>

#include <fmt/format.h>
#include <xapian.h>

namespace spalte::indexer {

IndexAudit audit_index(const std::string& index, Catalogue& catalogue, std::string_view analyser) {
  IndexAudit audit;
  const auto note = [&audit](const Status& s) {
    if (!s) audit.faults.push_back(s.error().message);
  };
  for (const std::string& path : {articles_path(index), quotes_path(index)}) {
    note(xapian_guard(path, [&] {
      std::ostringstream told;
      const std::size_t faults = Xapian::Database::check(path, Xapian::DBCHECK_SHOW_STATS, &told);
      if (faults > 0) audit.faults.push_back(fmt::format("{}: {} faults found by Xapian's check", path, faults));
    }));
  }
  if (!audit.faults.empty()) return audit;
  note(xapian_guard(index, [&] {
    const Xapian::Database db(articles_path(index)), quotes(quotes_path(index));
    if (const Status stamp = check_stamp(db, catalogue, analyser); !stamp)
      audit.faults.push_back(stamp.error().message);
    audit.generation = index_generation(db);
    audit.quotes = quotes.get_doccount();
    for (auto p = db.postlist_begin(""); p != db.postlist_end(""); ++p) {
      const Xapian::Document d = db.get_document(*p);
      const HitData hit = unpack_hit(d.get_data());
      if (!audit.versions.emplace(stable_hash(hit.id), std::atoll(d.get_value(slot::kVersion).c_str())).second)
        audit.faults.push_back(fmt::format("article {} stands in the index twice", hit.id));
    }
  }));
  return audit;
}

struct NameAudit::Impl {
  Xapian::Database db;
};

NameAudit::NameAudit(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
NameAudit::~NameAudit() = default;
NameAudit::NameAudit(NameAudit&&) noexcept = default;

Result<NameAudit> NameAudit::open(const std::string& index) {
  return xapian_guard(index,
                      [&] { return NameAudit(std::make_unique<Impl>(Impl{Xapian::Database(articles_path(index))})); });
}

bool NameAudit::holds(NameId id) const {
  const std::string text = name_id_text(id);
  return impl_->db.term_exists(term(prefix::kName, text)) || impl_->db.term_exists(term(prefix::kDerivedName, text));
}

}  // namespace spalte::indexer
