// How are near-duplicates found without comparing every article with every other?
#include "indexer/duplicates.h"

#include "schema/terms.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <unordered_map>

namespace spalte::indexer {
namespace {

constexpr std::size_t kShingleWords = 3;

/// Mixes all bits into all others (the finaliser of MurmurHash3, Appleby 2011).
std::uint64_t mixed(std::uint64_t h) {
  h = (h ^ (h >> 33U)) * 0xff51afd7ed558ccdULL;
  h = (h ^ (h >> 33U)) * 0xc4ceb9fe1a85ec53ULL;
  return h ^ (h >> 33U);
}

/// Joins nodes to components; the one with the smallest number stands for each.
class Components {
 public:
  std::size_t add() {
    parents_.push_back(parents_.size());
    return parents_.size() - 1;
  }
  std::size_t find(std::size_t n) {
    while (parents_[n] != n) n = parents_[n] = parents_[parents_[n]];
    return n;
  }
  void join(std::size_t a, std::size_t b) {
    a = find(a), b = find(b);
    parents_[std::max(a, b)] = std::min(a, b);
  }

 private:
  std::vector<std::size_t> parents_;
};

/// One call of regroup. Nodes are articles, or whole groups that nobody leaves.
class Regrouping {
 public:
  Regrouping(Catalogue& catalogue, const std::function<Result<Sketch>(std::int64_t)>& sketch_of, const std::string& now)
      : catalogue_(catalogue), sketch_of_(sketch_of), now_(now) {}

  Status run(const std::vector<std::int64_t>& rows) {
    if (Status taken = take(rows); !taken) return taken;
    std::sort(keys_.begin(), keys_.end());
    // In order of the table: neighbouring keys are on the same page.
    for (const auto& [hash, row] : keys_)
      if (Status added = catalogue_.add_sketch_key(hash, row); !added) return added;
    if (Status compared = compare(); !compared) return compared;
    return store();
  }

 private:
  struct Node {
    std::vector<std::int64_t> rows;
    std::string id;     ///< the smallest in it
    std::string group;  ///< a whole group's name
  };

  /// The rows, and those whose groups they may leave, as nodes of their own.
  Status take(const std::vector<std::int64_t>& rows) {
    std::set<std::string> left;
    std::vector<std::int64_t> all = rows;
    for (std::size_t i = 0; i < all.size(); ++i) {
      Result<std::optional<ArticleRow>> found = catalogue_.article(all[i]);
      if (!found) return fail(std::move(found));
      if (!*found) continue;
      const ArticleRow& a = **found;
      if (!a.duplicates.empty() && left.insert(a.duplicates).second) {
        Result<std::vector<Catalogue::GroupMember>> members = catalogue_.group(a.duplicates);
        if (!members) return fail(std::move(members));
        for (const Catalogue::GroupMember& m : *members) all.push_back(m.row);
      }
      if (a.deleted || a.newest_of == 0 || a.article.embargo > now_) {
        if (Status dropped = catalogue_.drop_sketch_keys(a.row); !dropped) return dropped;
        if (Status alone = catalogue_.set_duplicates(a.row, ""); !alone) return alone;
        continue;
      }
      if (nodes_of_.contains(a.row)) continue;
      nodes_of_[a.row] = add({{a.row}, a.article.id, {}});
      Result<const Sketch*> sketch = sketch_of(a.row);
      if (!sketch) return fail(std::move(sketch));
      if ((*sketch)->shingles < kLeastShingles) continue;
      for (std::size_t k = 0; k < std::min(kSketchKeys, (*sketch)->hashes.size()); ++k)
        keys_.emplace_back((*sketch)->hashes[k], a.row);
    }
    return {};
  }

  Status compare() {
    std::vector<std::int64_t> alike;
    for (std::size_t i = 0; i < keys_.size();) {
      const std::uint32_t hash = keys_[i].first;
      alike.clear();
      if (Status found = catalogue_.each_with_key(hash, kMostAlike, [&](std::int64_t r) { alike.push_back(r); }); !found)
        return found;
      for (; i < keys_.size() && keys_[i].first == hash; ++i)
        for (std::int64_t other : alike)
          if (Status done = compare(keys_[i].second, other); !done) return done;
    }
    return {};
  }

  Status compare(std::int64_t row, std::int64_t other) {
    if (row == other) return {};
    const std::size_t mine = nodes_of_.at(row);
    const auto known = nodes_of_.find(other);
    if (known != nodes_of_.end() && components_.find(mine) == components_.find(known->second)) return {};
    Result<const Sketch*> a = sketch_of(row);
    if (!a) return fail(std::move(a));
    Result<const Sketch*> b = sketch_of(other);
    if (!b) return fail(std::move(b));
    if (!near_duplicates(**a, **b)) return {};
    Result<std::size_t> node = node_of(other);
    if (!node) return fail(std::move(node));
    components_.join(mine, *node);
    return {};
  }

  /// An article that was there before stands for its group.
  Result<std::size_t> node_of(std::int64_t row) {
    if (const auto known = nodes_of_.find(row); known != nodes_of_.end()) return known->second;
    Result<std::optional<ArticleRow>> found = catalogue_.article(row);
    if (!found) return fail(std::move(found));
    if (!*found) return nodes_of_[row] = add({});
    const ArticleRow& a = **found;
    if (a.duplicates.empty()) return nodes_of_[row] = add({{row}, a.article.id, {}});
    const auto group = groups_.find(a.duplicates);
    if (group != groups_.end()) return nodes_of_[row] = group->second;
    return nodes_of_[row] = groups_[a.duplicates] = add({{}, a.duplicates, a.duplicates});
  }

  Status store() {
    std::map<std::size_t, std::vector<std::size_t>> together;
    for (std::size_t n = 0; n < nodes_.size(); ++n) together[components_.find(n)].push_back(n);
    for (const auto& [first, members] : together) {
      std::string smallest = nodes_[first].id;
      for (std::size_t n : members) smallest = std::min(smallest, nodes_[n].id);
      const bool alone = members.size() == 1 && nodes_[first].group.empty();
      for (std::size_t n : members) {
        if (!nodes_[n].group.empty() && nodes_[n].group != smallest) {
          Result<std::vector<Catalogue::GroupMember>> rows = catalogue_.group(nodes_[n].group);
          if (!rows) return fail(std::move(rows));
          for (const Catalogue::GroupMember& m : *rows) nodes_[n].rows.push_back(m.row);
        }
        for (std::int64_t row : nodes_[n].rows)
          if (Status set = catalogue_.set_duplicates(row, alone ? "" : smallest); !set) return set;
      }
    }
    return {};
  }

  std::size_t add(Node node) {
    nodes_.push_back(std::move(node));
    return components_.add();
  }

  Result<const Sketch*> sketch_of(std::int64_t row) {
    const auto known = sketches_.find(row);
    if (known != sketches_.end()) return &known->second;
    Result<Sketch> found = sketch_of_(row);
    if (!found) return fail(std::move(found));
    return &sketches_.emplace(row, std::move(*found)).first->second;
  }

  Catalogue& catalogue_;
  const std::function<Result<Sketch>(std::int64_t)>& sketch_of_;
  const std::string& now_;
  std::vector<Node> nodes_;
  Components components_;
  std::unordered_map<std::int64_t, std::size_t> nodes_of_;
  std::unordered_map<std::string, std::size_t> groups_;  ///< name → node, of groups that nobody leaves
  std::unordered_map<std::int64_t, Sketch> sketches_;
  std::vector<std::pair<std::uint32_t, std::int64_t>> keys_;
};

}  // namespace

Sketch make_sketch(const Article& article, const language::AnalysedText& text, language::Analyser& analyser) {
  std::vector<std::uint64_t> words;
  words.reserve(text.tokens.size());
  for (const language::Sentence& s : text.sentences) {
    if (article.paragraphs[s.paragraph].role == ParagraphRole::title) continue;
    for (std::uint32_t t = s.first; t < s.last; ++t) {
      const language::Token& token = text.tokens[t];
      if (token.kind == language::TokenKind::punctuation) continue;
      const auto found = analyser.terms(token.type, text.paragraphs[s.paragraph].standard);
      if (!found.terms.empty()) words.push_back(stable_hash(found.terms.front().key));
    }
  }
  Sketch sketch;
  std::vector<std::uint32_t>& hashes = sketch.hashes;
  for (std::size_t i = 0; i + kShingleWords <= words.size(); ++i) {
    std::uint64_t h = 0;
    for (std::size_t w = 0; w < kShingleWords; ++w) h = mixed(h * 31 + words[i + w]);
    hashes.push_back(static_cast<std::uint32_t>(h));
  }
  std::sort(hashes.begin(), hashes.end());
  hashes.erase(std::unique(hashes.begin(), hashes.end()), hashes.end());
  sketch.shingles = static_cast<std::uint32_t>(hashes.size());
  if (hashes.size() > kSketchHashes) hashes.resize(kSketchHashes);
  hashes.shrink_to_fit();
  return sketch;
}

Status DuplicateGroups::regroup(const std::vector<std::int64_t>& rows) {
  return Regrouping(catalogue_, sketch_of_, now_).run(rows);
}

}  // namespace spalte::indexer
