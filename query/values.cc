// How are matches walked without their documents?
#include "query/values.h"

#include <algorithm>

#include <fmt/format.h>

namespace spalte::query {
namespace {

class Numbers : public Xapian::MatchSpy {
 public:
  explicit Numbers(std::vector<Xapian::docid>& out) : out_(out) {}
  void operator()(const Xapian::Document& d, double /*weight*/) override { out_.push_back(d.get_docid()); }

 private:
  std::vector<Xapian::docid>& out_;
};

}  // namespace

std::vector<Xapian::docid> matching(const Xapian::Query& query, Reader& reader, Part part) {
  std::vector<Xapian::docid> out;
  if (query.empty()) return out;
  Xapian::Database& db = reader.archive().database(part);
  if (query.get_type() == Xapian::Query::LEAF_MATCH_ALL && reader.archive().one_index()) {
    out.reserve(db.get_doccount());
    for (auto i = db.postlist_begin(""); i != db.postlist_end(""); ++i) out.push_back(*i);
    return out;
  }
  Xapian::Enquire enquire(db);
  enquire.set_query(query);
  enquire.set_weighting_scheme(Xapian::BoolWeight());
  enquire.set_docid_order(Xapian::Enquire::ASCENDING);
  if (!reader.archive().one_index()) {  // a spy cannot be sent
    const Xapian::MSet found = enquire.get_mset(0, db.get_doccount());
    out.reserve(found.size());
    for (auto i = found.begin(); i != found.end(); ++i) out.push_back(*i);
    std::sort(out.begin(), out.end());
    return out;
  }
  Numbers spy(out);
  enquire.add_matchspy(&spy);
  enquire.get_mset(0, 0, db.get_doccount());
  return out;
}

std::uint32_t packed_day(std::string_view iso) {
  std::uint32_t day = 0;
  std::size_t digits = 0;
  for (std::size_t i = 0; i < iso.size() && digits < 8 && iso[i] != 'T'; ++i) {
    if (iso[i] < '0' || iso[i] > '9') continue;
    day = day * 10 + static_cast<std::uint32_t>(iso[i] - '0');
    ++digits;
  }
  for (; digits > 0 && digits < 8; ++digits) day *= 10;
  return day;
}

std::string unpacked_day(std::uint32_t day) {
  if (day == 0) return {};
  const std::uint32_t year = day / 10000, month = day / 100 % 100, of_month = day % 100;
  if (month == 0) return fmt::format("{:04}", year);
  return of_month == 0 ? fmt::format("{:04}-{:02}", year, month)
                       : fmt::format("{:04}-{:02}-{:02}", year, month, of_month);
}

}  // namespace spalte::query
