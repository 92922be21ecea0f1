// How are genitives, surnames, first names, acronyms and countries joined?
#include "annotate/name_groups.h"

#include "annotate/known_names.h"
#include "annotate/name_forms.h"
#include "annotate/organisations.h"
#include "annotate/word_traits.h"
#include "language/normalise.h"

#include <algorithm>
#include <numeric>

namespace spalte::annotate {
namespace {

/// More bearers of one surname than this in an article: nobody can tell them apart, and the cost stays linear.
constexpr std::size_t kMaxBearers = 16;
/// An acronym is compared with so many organisations of its article at most: the cost stays linear.
constexpr std::size_t kMaxOrganisations = 200;
/// Shorter words differ by a letter without being misspelt (Anne, Anna).
constexpr std::size_t kShortestMisspelt = 5;

bool is_capitals(std::string_view word) {
  return word.size() > 1 && std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// One letter too many, too few or another, or two that changed places; the first is the same.
bool is_misspelt(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() < kShortestMisspelt || b.size() - a.size() > 2 || a.empty() || a.front() != b.front()) return false;
  std::size_t same = 0, tail = 0;
  while (same < a.size() && a[same] == b[same]) ++same;
  while (tail < a.size() - same && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  const std::string_view left = a.substr(same, a.size() - same - tail), right = b.substr(same, b.size() - same - tail);
  // A letter of two bytes (å) counts as one.
  const auto letters = [](std::string_view s) {
    return std::count_if(s.begin(), s.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; });
  };
  if (letters(left) <= 1 && letters(right) <= 1) return true;
  if (letters(left) != 2 || left.size() != right.size()) return false;
  const std::size_t first = (static_cast<unsigned char>(left[0]) & 0x80U) == 0 ? 1 : 2;
  return left.substr(0, first) == right.substr(right.size() - first) &&
         left.substr(first) == right.substr(0, right.size() - first);
}

/// NSF for Norges Seilforbund, VTB for Vest-Telemark Blad: the first letter of each word, in order, and between them
/// letters of the word before.
bool abbreviates(std::string_view acronym, std::string_view name) {
  std::size_t at = 0;
  for (std::size_t begin = 0; begin < name.size();) {
    const std::size_t end = std::min(name.find_first_of(" -", begin), name.size());
    const std::string_view word = name.substr(begin, end - begin);
    begin = end + 1;
    if (word.empty() || word == "og" || word == "i" || word == "for" || word == "av") continue;
    if (at == acronym.size() || acronym[at] != word.front()) return false;
    ++at;
    // As long as the next word does not need them.
    const std::size_t next = std::min(begin, name.size());
    for (std::size_t letter = 1; letter < word.size() && at < acronym.size(); ++letter) {
      if (word[letter] != acronym[at]) continue;
      if (next < name.size() && name[next] == acronym[at] && name.find_first_of(" -", next) != std::string_view::npos)
        break;
      if (next < name.size() && acronym.size() - at <= 1) break;
      ++at;
    }
  }
  return at == acronym.size();
}

/// Vest Sahara and Vest-Sahara, K.V. Berg and K. V Berg are written alike.
std::string as_compared(std::string_view key) {
  std::string out;
  for (const char c : key) {
    const bool gap = c == '-' || c == '.' || c == ' ';
    if (!gap) out += c;
    else if (!out.empty() && out.back() != ' ') out += ' ';
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

}  // namespace

language::ByteRange name_range(std::string_view text, const language::AnalysedText& analysed, const NameSpan& name) {
  language::ByteRange range{analysed.tokens[name.first].begin, analysed.tokens[name.last - 1].end};
  const std::uint32_t last = analysed.tokens[name.last - 1].begin;
  std::string_view word = text.substr(last, range.end - last);
  if (word.ends_with('.')) {
    word.remove_suffix(1);
    // An abbreviation (U.S.A., Chr.) keeps its stop; a web address has none at its end.
    const std::size_t stop = word.rfind('.');
    if (stop != std::string_view::npos && word.size() - stop > 2) --range.end;
  }
  return range;
}

NameGroups::NameGroups(std::string_view text, const language::AnalysedText& analysed, const WordLexicon& lexicon,
                       const std::vector<NameSpan>& names)
    : text_(text), analysed_(analysed), lexicon_(lexicon), names_(names) {
  for (const NameSpan& name : names) ++written_[written(name)];
  std::unordered_map<std::string, std::uint32_t> known;
  for (std::uint32_t n = 0; n < names.size(); ++n) {
    NameGroup group;
    group.name = base_form(names[n]);
    group.kind = names[n].kind;
    group.country = group.kind == ActorKind::gpe ? Gazetteer::instance().country(group.name) : kNoCountry;
    group.key = language::normalise(group.name);
    if (group.kind == ActorKind::org) group.known = known_organisation(group.key);
    std::string key(1, static_cast<char>('0' + static_cast<int>(group.kind)));
    const std::string written = as_compared(group.key);
    key += group.country != kNoCountry ? Gazetteer::instance().country_name(group.country)
           : group.known.empty()       ? written
                                       : group.known;
    const auto [entry, fresh] = known.try_emplace(std::move(key), static_cast<std::uint32_t>(groups_.size()));
    if (fresh) {
      group.words = static_cast<std::uint32_t>(name_words(group.key).size());
      group.first = n;
      group.joined = entry->second;
      groups_.push_back(std::move(group));
    }
    ++groups_[entry->second].count;
    group_of_.push_back(entry->second);
  }
  join_persons();
  join_misspelt();
  join_persons();  // a first name whose bearers are now one (Berit Hårlau, Berit Hårklau, Berit)
  join_acronyms();
  join_organisations();
  join_shortened();
  join_municipalities();
}

std::uint32_t NameGroups::root(std::uint32_t group) const {
  while (groups_[group].joined != group) group = groups_[group].joined;
  return group;
}

void NameGroups::join(std::uint32_t part, std::uint32_t whole) {
  const std::uint32_t a = root(part), b = root(whole);
  if (a != b) groups_[a].joined = b;
}

std::string_view NameGroups::written(const NameSpan& name) const {
  const language::ByteRange range = name_range(text_, analysed_, name);
  return text_.substr(range.begin, range.end - range.begin);
}

std::string NameGroups::base_form(const NameSpan& name) const {
  const std::string_view whole = written(name);
  const std::string_view stem = without_genitive(whole);
  if (stem.empty()) return std::string(whole);
  if (whole.back() != 's' || written_.contains(stem) || Gazetteer::instance().is_country(stem) ||
      !known_organisation(language::normalise(stem)).empty()) {
    return std::string(stem);
  }
  const std::string_view surname = stem.substr(stem.rfind(' ') + 1);
  // Neville Chamberlains, where Chamberlain stands elsewhere; RBKs.
  if (surname.size() < stem.size() && written_.contains(surname)) return std::string(stem);
  if (is_capitals(surname)) return std::string(stem);
  // A surname whose full name stands elsewhere: "Astrid Lundgaard … Lundgaards søster".
  const auto bears = [&](const auto& entry) {
    const std::string_view full = entry.first;
    return full.size() > stem.size() && full.ends_with(stem) && full[full.size() - stem.size() - 1] == ' ';
  };
  if (std::any_of(written_.begin(), written_.end(), bears)) return std::string(stem);
  // A genitive stands before what is owned; and the stem must be a name by itself elsewhere.
  const bool owns =
      name.last < analysed_.tokens.size() && analysed_.tokens[name.last].kind != language::TokenKind::punctuation;
  if (!owns || written_.at(whole) > 1) return std::string(whole);
  const std::size_t blank = stem.rfind(' ') + 1;  // 0 where there is none
  if ((known_name(whole.substr(blank)) & kFirstName) != 0) return std::string(whole);
  const std::string_view last = stem.substr(blank);
  const CaseBin bin = word_traits(last, lexicon_).case_bin;
  const bool name_elsewhere = bin >= kCaseMostlyCapital && bin < kCaseInitialOnly;
  return std::string(name_elsewhere ? stem : whole);
}

std::uint32_t NameGroups::best_bearer(const NameGroup& part, const std::vector<std::uint32_t>& bearers) const {
  // Of several bearers the one named last before; nobody when all come after.
  std::uint32_t best = UINT32_MAX, roots = 0;
  for (const std::uint32_t b : bearers) {
    if (best == UINT32_MAX || root(b) != root(best)) ++roots;
    if (best == UINT32_MAX || (groups_[b].first < part.first && groups_[b].first > groups_[best].first)) best = b;
  }
  return roots == 1 || (best != UINT32_MAX && groups_[best].first < part.first) ? best : UINT32_MAX;
}

void NameGroups::join_persons() {
  std::vector<std::uint32_t> persons;
  for (std::uint32_t g = 0; g < groups_.size(); ++g) {
    if (groups_[g].kind == ActorKind::person) persons.push_back(g);
  }
  // Longest first, so that a part finds the whole.
  std::stable_sort(persons.begin(), persons.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return groups_[a].words > groups_[b].words; });
  std::unordered_map<std::string_view, std::vector<std::uint32_t>> by_surname, by_first_name;
  for (const std::uint32_t g : persons) {
    const std::vector<std::string_view> words = name_words(groups_[g].key);
    if (words.empty()) continue;
    std::vector<std::uint32_t> bearers;
    for (const auto* index : {&by_surname, &by_first_name}) {
      // First names alone (Märtha, Pål Anders) count only where no surname fits.
      if (!bearers.empty()) continue;
      const auto found = index->find(index == &by_surname ? words.back() : words.front());
      if (found == index->end()) continue;
      for (const std::uint32_t b : found->second) {
        if (is_part_of_name(words, name_words(groups_[b].key))) bearers.push_back(b);
      }
      if (index == &by_first_name && std::any_of(bearers.begin(), bearers.end(), [&](std::uint32_t b) {
            return root(b) != root(bearers.front());
          })) {
        bearers.clear();
      }
    }
    if (groups_[g].joined == g) {
      if (const std::uint32_t bearer = best_bearer(groups_[g], bearers); bearer != UINT32_MAX) join(g, bearer);
    }
    if (words.size() < 2 || groups_[g].joined != g) continue;
    for (auto* index : {&by_surname, &by_first_name}) {
      auto& list = (*index)[index == &by_surname ? words.back() : words.front()];
      if (list.size() < kMaxBearers) list.push_back(g);
    }
  }
}

void NameGroups::join_misspelt() {
  // Two full names that differ by one letter are one person's where one of them stands only once.
  std::unordered_map<std::string_view, std::vector<std::uint32_t>> by_word;
  for (std::uint32_t g = 0; g < groups_.size(); ++g) {
    if (groups_[g].kind != ActorKind::person || groups_[g].words < 2) continue;
    const std::vector<std::string_view> words = name_words(groups_[g].key);
    for (const std::string_view shared : {words.front(), words.back()}) {
      std::vector<std::uint32_t>& list = by_word[shared];
      for (const std::uint32_t other : list) {
        if (root(other) == root(g) || (groups_[g].count > 1 && groups_[other].count > 1)) continue;
        const std::vector<std::string_view> theirs = name_words(groups_[other].key);
        if (theirs.size() != words.size()) continue;
        std::size_t unlike = 0, misspelt = 0;
        for (std::size_t w = 0; w < words.size(); ++w) {
          if (words[w] == theirs[w]) continue;
          ++unlike;
          if (is_misspelt(words[w], theirs[w])) ++misspelt;
        }
        if (unlike != 1 || misspelt != 1) continue;
        if (groups_[root(g)].count > groups_[root(other)].count)
          join(other, g);
        else
          join(g, other);
      }
      if (list.size() < kMaxBearers) list.push_back(g);
    }
  }
}

void NameGroups::join_acronyms() {
  const auto between = [&](const NameSpan& a, const NameSpan& b) {
    const std::uint32_t end = analysed_.tokens[a.last - 1].end;
    return text_.substr(end, analysed_.tokens[b.first].begin - end);
  };
  for (std::uint32_t n = 0; n + 1 < names_.size(); ++n) {
    const NameSpan &left = names_[n], &right = names_[n + 1];
    if (left.kind != ActorKind::org || right.kind != ActorKind::org || right.first != left.last + 1 ||
        between(left, right) != " (") {
      continue;
    }
    const std::string &a = base(n), &b = base(n + 1);
    if (is_acronym_of(b, a)) {
      join(group_of_[n + 1], group_of_[n]);
    } else if (is_acronym_of(a, b)) {
      join(group_of_[n], group_of_[n + 1]);
    }
  }
}

void NameGroups::join_municipalities() {
  std::unordered_map<std::string_view, std::uint32_t> places;
  for (std::uint32_t g = 0; g < groups_.size(); ++g) {
    if (groups_[g].kind == ActorKind::gpe) places.emplace(groups_[g].key, g);
  }
  for (std::uint32_t g = 0; g < groups_.size(); ++g) {
    const std::string_view key = groups_[g].key;
    if (groups_[g].kind != ActorKind::gpe || groups_[g].words < 2) continue;
    for (const std::string_view ending : {" kommune", " fylke", " by"}) {
      if (!key.ends_with(ending)) continue;
      const auto found = places.find(key.substr(0, key.size() - ending.size()));
      if (found != places.end()) join(g, found->second);
    }
  }
}

void NameGroups::join_organisations() {
  // What a short name may stand for, and how many do: the first word (Fylkesmannen i Vest-Agder → Fylkesmannen), the
  // last one made definite (FNs sikkerhetsråd → Sikkerhetsrådet), the initials (Norsk Sykepleierforbund → NSF).
  struct Whole {
    std::uint32_t group = 0;
    bool several = false;
  };
  std::unordered_map<std::string, Whole> wholes;
  const auto stands_for = [&](std::string name, std::uint32_t group) {
    const auto [entry, fresh] = wholes.try_emplace(std::move(name), Whole{group, false});
    if (!fresh && root(entry->second.group) != root(group)) entry->second.several = true;
  };
  for (std::uint32_t g = 0; g < groups_.size(); ++g) {
    if (groups_[g].kind != ActorKind::org || groups_[g].words < 2) continue;
    const std::vector<std::string_view> words = name_words(groups_[g].key);
    for (const std::string_view ending : {"en", "et", "a"}) {
      if (words.front().ends_with(ending) && words.front().size() > 6) stands_for(std::string(words.front()), g);
      if (words.back().size() > 4) stands_for(std::string(words.back()) + std::string(ending), g);
    }
    std::string initials;
    for (const std::string_view word : words) {
      if (word != "og" && word != "i" && word != "for" && word != "av") initials += word.front();
    }
    if (initials.size() > 2) stands_for(std::move(initials), g);
  }
  for (std::uint32_t g = 0; g < groups_.size(); ++g) {
    if (groups_[g].kind != ActorKind::org || groups_[g].words != 1 || groups_[g].joined != g) continue;
    auto found = wholes.find(groups_[g].key);
    if (found == wholes.end() && groups_[g].key.ends_with('s'))  // Nobelkomiteens
      found = wholes.find(groups_[g].key.substr(0, groups_[g].key.size() - 1));
    if (found != wholes.end() && !found->second.several) join(g, found->second.group);
  }
}

void NameGroups::join_shortened() {
  std::vector<std::uint32_t> organisations;
  for (std::uint32_t g = 0; g < groups_.size(); ++g)
    if (groups_[g].kind == ActorKind::org) organisations.push_back(g);
  // What begins or ends so, if it is one organisation alone: Pan Fish → Pan, Pittsburgh Penguins → Penguins.
  struct Whole {
    std::uint32_t group = 0;
    bool several = false;
  };
  std::unordered_map<std::string_view, Whole> wholes;
  const auto add = [&](std::string_view part, std::uint32_t whole) {
    const auto [entry, fresh] = wholes.try_emplace(part, Whole{whole, false});
    if (!fresh && root(entry->second.group) != root(whole)) entry->second.several = true;
  };
  for (const std::uint32_t g : organisations) {
    const std::string_view key = groups_[g].key;
    for (std::size_t blank = key.find(' '); blank != std::string_view::npos; blank = key.find(' ', blank + 1)) {
      add(key.substr(0, blank), g);
      add(key.substr(blank + 1), g);
    }
  }
  for (const std::uint32_t g : organisations) {
    if (groups_[g].joined != g) continue;
    if (const auto found = wholes.find(groups_[g].key); found != wholes.end()) {
      if (found->second.several || root(found->second.group) == g) continue;
      // A party's or a paper's branch is called as the whole is.
      if (groups_[g].known.empty())
        join(g, found->second.group);
      else
        join(found->second.group, g);
      continue;
    }
    if (groups_[g].words != 1 || !groups_[g].known.empty() || groups_[g].key.size() < 3 ||
        !is_capitals(groups_[g].name)) {
      continue;
    }
    std::uint32_t whole = UINT32_MAX;
    bool several = false;
    std::size_t looked_at = 0;
    for (const std::uint32_t other : organisations) {
      if (++looked_at > kMaxOrganisations) break;
      if (other == g || groups_[other].words < 2 || !abbreviates(groups_[g].key, groups_[other].key)) continue;
      several = several || (whole != UINT32_MAX && root(whole) != root(other));
      whole = other;
    }
    if (whole != UINT32_MAX && !several) join(g, whole);
  }
}

}  // namespace spalte::annotate
