// How is a story's newest version told?
#include "indexer/families.h"

#include "indexer/sources/source.h"
#include "language/normalise.h"

#include <algorithm>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace spalte::indexer {
namespace {

using SketchOf = std::function<Result<Sketch>(std::int64_t)>;

/// The URL without what does not name the story: scheme, "www.", fragment, slash at its end. Empty: it is a host alone.
std::string_view story_of(std::string_view url) {
  if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos) url.remove_prefix(scheme + 3);
  if (url.starts_with("www.")) url.remove_prefix(4);
  url = url.substr(0, url.find('#'));
  while (url.ends_with('/')) url.remove_suffix(1);
  return url.find_first_of("/?") == std::string_view::npos ? std::string_view() : url;
}

/// Sorts the articles of a page into stories, and names the family of each that has versions: a function of the articles
/// that are there. Single links: a version need be like one other only.
Status part_page(Catalogue& catalogue, const std::string& page, const SketchOf& sketch_of,
                 std::set<std::string>& families, std::vector<std::int64_t>& changed) {
  Result<std::vector<Catalogue::PageMember>> members = catalogue.page(page);
  if (!members) return fail(std::move(members));
  std::vector<Sketch> sketches;
  for (const Catalogue::PageMember& m : *members) {
    if (members->size() == 1) break;
    Result<Sketch> sketch = sketch_of(m.row);
    if (!sketch) return fail(std::move(sketch));
    sketches.push_back(std::move(*sketch));
  }
  // By id: the first of a story has the smallest and names it.
  std::vector<std::size_t> story(members->size());
  for (std::size_t i = 0; i < story.size(); ++i) {
    story[i] = i;
    for (std::size_t j = 0; j < i; ++j) {
      if (story[j] == story[i] || !same_story(sketches[i], sketches[j])) continue;
      const auto [low, high] = std::minmax(story[i], story[j]);
      std::replace(story.begin(), story.begin() + static_cast<std::ptrdiff_t>(i) + 1, high, low);
    }
  }
  for (std::size_t i = 0; i < story.size(); ++i) {
    const Catalogue::PageMember& m = (*members)[i];
    const bool alone = std::count(story.begin(), story.end(), story[i]) == 1;
    const std::string family = alone ? "" : short_id(page + "\n" + (*members)[story[i]].id);
    if (family != m.family || (alone && m.newest_of != 1)) changed.push_back(m.row);
    if (Status set = catalogue.set_family(m.row, family); !set) return set;
    if (!alone) {
      families.insert(family);
    } else if (Status newest = catalogue.set_newest_of(m.row, 1); !newest) {
      return newest;
    }
  }
  return {};
}

}  // namespace

void number_version(Article& article) {
  if (!article.family.empty() && article.id == article.family) article.id += fmt::format("@{}", article.version);
}

std::string web_page_of(const Article& article) {
  if (!article.family.empty()) return {};
  const std::string_view story = story_of(article.url);
  return story.empty() ? std::string() : short_id(fmt::format("{}\n{}", language::normalise(article.source), story));
}

Result<std::vector<std::int64_t>> settle_families(Catalogue& catalogue, const std::vector<std::int64_t>& rows,
                                                  const SketchOf& sketch_of, std::string_view now) {
  std::vector<std::int64_t> changed = rows;
  std::set<std::string> families, pages;
  for (std::int64_t row : rows) {
    Result<std::optional<ArticleRow>> a = catalogue.article(row);
    if (!a) return fail(std::move(a));
    if (!*a) continue;
    if (!(*a)->page.empty()) {
      pages.insert((*a)->page);
    } else if (!(*a)->article.family.empty()) {
      families.insert((*a)->article.family);
    } else if (Status alone = catalogue.set_newest_of(row, 1); !alone) {
      return fail(std::move(alone));
    }
  }
  for (const std::string& page : pages)
    if (Status parted = part_page(catalogue, page, sketch_of, families, changed); !parted) return fail(std::move(parted));
  for (const std::string& family : families) {
    if (Status dropped = catalogue.drop_withdrawn(family); !dropped) return fail(std::move(dropped));
    Result<std::vector<FamilyMember>> members = catalogue.family(family);
    if (!members) return fail(std::move(members));
    // When a later one takes each one's place: at once, or when its embargo ends.
    constexpr std::string_view kNever = "~";
    std::vector<std::string_view> from(members->size());
    std::string_view earliest = kNever;
    for (std::size_t i = members->size(); i-- > 0;) {
      from[i] = earliest;
      const std::string& embargo = (*members)[i].embargo;
      earliest = std::min(earliest, embargo > now ? std::string_view(embargo) : std::string_view());
    }
    // The same text under the same number is a copy, not a version.
    std::set<std::pair<std::uint32_t, std::string_view>> versions;
    for (std::size_t i = 0; i < members->size(); ++i) {
      const FamilyMember& m = (*members)[i];
      versions.emplace(m.version, m.text_sha256);
      const auto newest_of = from[i].empty() ? 0U : static_cast<std::uint32_t>(versions.size());
      const std::string_view superseded_from = from[i] == kNever ? std::string_view() : from[i];
      if (m.newest_of == newest_of && m.superseded_from == superseded_from) continue;
      if (Status set = catalogue.set_newest_of(m.row, newest_of, superseded_from); !set) return fail(std::move(set));
      changed.push_back(m.row);
    }
  }
  std::sort(changed.begin(), changed.end());
  changed.erase(std::unique(changed.begin(), changed.end()), changed.end());
  return changed;
}

}  // namespace spalte::indexer
