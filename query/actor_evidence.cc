// What do two articles share that makes a name in both the same person's?
#include "query/actor_evidence.h"

#include "language/normalise.h"
#include "query/facets.h"
#include "schema/slots.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace spalte::query {
namespace {

/// Points of one article for a bearer. A role says most; one shared name may be a country that everybody is named with.
constexpr int kRolePoints = 3, kOtherRolePoints = -2, kSameWeekPoints = 2, kSameSeasonPoints = 1, kCompanyPoints = 1;
constexpr int kWeek = 7, kSeason = 90;
constexpr int kMostCompanyPoints = 3;
/// More than half of the articles must speak for the bearer, at most a tenth for any other.
constexpr std::size_t kOthersShare = 10;

int day_of(std::string_view iso) {
  if (iso.size() < 10) return 0;
  const auto number = [&](std::size_t at, std::size_t n) {
    int v = 0;
    for (char c : iso.substr(at, n)) v = v * 10 + (c - '0');
    return v;
  };
  const std::chrono::year_month_day date{std::chrono::year(number(0, 4)),
                                         std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                         std::chrono::day(static_cast<unsigned>(number(8, 2)))};
  return static_cast<int>(std::chrono::sys_days(date).time_since_epoch().count());
}

int time_points(int day, const std::set<int>& days) {
  if (day == 0) return 0;
  const auto after = days.lower_bound(day);
  int gap = kSeason + 1;
  if (after != days.end()) gap = std::min(gap, *after - day);
  if (after != days.begin()) gap = std::min(gap, day - *std::prev(after));
  return gap <= kWeek ? kSameWeekPoints : gap <= kSeason ? kSameSeasonPoints : 0;
}

int points(const Surroundings::Place& place, const Surroundings& bearer) {
  int shared = 0;
  for (NameId name : place.company) shared += bearer.company.count(name) > 0 ? kCompanyPoints : 0;
  int sum = std::min(shared, kMostCompanyPoints) + time_points(place.day, bearer.days);
  if (!place.role.empty() && !bearer.roles.empty())
    sum += bearer.roles.count(place.role) > 0 ? kRolePoints : kOtherRolePoints;
  return sum;
}

}  // namespace

Result<Surroundings> surroundings(const std::vector<NameId>& names, bool roles, Reader& reader) {
  std::vector<std::string> terms;
  for (NameId name : names) terms.push_back(term(prefix::kName, name_id_text(name)));
  std::vector<Xapian::docid> documents;
  for (const std::vector<Xapian::docid>& list : reader.archive().postings(Part::articles, terms))
    documents.insert(documents.end(), list.begin(), list.end());
  std::sort(documents.begin(), documents.end());
  documents = sample_of(std::move(documents), kSample, reader);
  const std::vector<std::string> values =
      reader.archive().values(Part::articles, documents, {slot::kPublished, slot::kNames});
  const std::vector<std::int64_t> rows = roles ? reader.archive().rows(documents) : std::vector<std::int64_t>();
  Surroundings out;
  for (std::size_t i = 0; i < documents.size(); ++i) {
    Surroundings::Place place;
    place.day = day_of(values[2 * i]);
    for (const NameCount& n : unpack_names(values[2 * i + 1]))
      if (std::find(names.begin(), names.end(), n.name) == names.end()) place.company.push_back(n.name);
    if (roles) {
      Result<Annotation> annotation = reader.catalogue().annotation(rows[i]);
      if (!annotation) return fail(std::move(annotation));
      for (const ArticleActor& a : annotation->actors)
        if (!a.role.empty() && std::find(names.begin(), names.end(), name_id(a.kind, a.name)) != names.end())
          place.role = language::normalise(a.role);
    }
    out.company.insert(place.company.begin(), place.company.end());
    if (place.day != 0) out.days.insert(place.day);
    if (!place.role.empty()) out.roles.insert(place.role);
    out.places.push_back(std::move(place));
  }
  return out;
}

std::size_t most_likely(const Surroundings& single, const std::vector<Surroundings>& bearers) {
  std::vector<std::size_t> votes(bearers.size());
  for (const Surroundings::Place& place : single.places) {
    int best = 0, second = 0;
    std::size_t winner = bearers.size();
    for (std::size_t b = 0; b < bearers.size(); ++b) {
      const int p = points(place, bearers[b]);
      if (p > best) {
        second = best;
        best = p;
        winner = b;
      } else {
        second = std::max(second, p);
      }
    }
    if (winner < bearers.size() && best > second) ++votes[winner];
  }
  for (std::size_t b = 0; b < votes.size(); ++b) {
    if (votes[b] * 2 <= single.places.size()) continue;
    bool clear = true;
    for (std::size_t other = 0; other < votes.size(); ++other)
      clear = clear && (other == b || votes[other] * kOthersShare <= single.places.size());
    if (clear) return b;
  }
  return bearers.size();
}

}  // namespace spalte::query
