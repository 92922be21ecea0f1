// How are a word's shape, affixes and classes found?
#include "annotate/word_traits.h"

#include "annotate/gazetteer.h"
#include "annotate/known_names.h"
#include "annotate/tagger_hash.h"
#include "language/utf8.h"

#include <algorithm>
#include <iterator>
#include <string>

#include <unicode/uchar.h>

namespace spalte::annotate {
namespace {

constexpr std::size_t kShapeLetters = 8;
/// Longer words are garbage or links: the rest of them tells nothing and must cost nothing.
constexpr std::size_t kMaxLetters = 64;
constexpr char32_t kSoftHyphen = 0xad;

/// Treebank and newspapers write the same quote and dash in many ways.
char32_t unify(char32_t c) {
  switch (c) {
    case U'«':
    case U'»':
    case U'“':
    case U'”':
    case U'„':
      return U'"';
    case U'–':
    case U'—':
    case U'‒':
    case U'―':
    case U'−':
    case U'‐':
    case U'‑':
      return U'-';
    case U'‘':
    case U'’':
      return U'\'';
    default:
      return c;
  }
}

/// firda.no; what a newspaper calls itself by.
bool is_web_address(std::string_view lower) {
  if (lower.ends_with('.')) lower.remove_suffix(1);
  constexpr std::string_view kEndings[] = {".no", ".com", ".org", ".net", ".se", ".dk", ".uk"};
  return std::any_of(std::begin(kEndings), std::end(kEndings), [&](std::string_view ending) {
    return lower.size() > ending.size() + 1 && lower.ends_with(ending);
  });
}

struct Letters {
  std::array<char32_t, kMaxLetters> code;
  std::size_t size = 0;
};

Letters decode(std::string_view surface) {
  Letters out;
  for (std::size_t i = 0; i < surface.size() && out.size < kMaxLetters;) {
    const char32_t c = language::next_code_point(surface, i);
    if (c == kSoftHyphen) continue;
    out.code[out.size++] = u_isdigit(static_cast<UChar32>(c)) ? U'0' : unify(c);
  }
  return out;
}

std::string to_text(const Letters& letters, std::size_t begin, std::size_t end) {
  std::string out;
  for (std::size_t i = begin; i < end; ++i) language::append_code_point(out, letters.code[i]);
  return out;
}

Letters lower_case(Letters letters) {
  for (std::size_t i = 0; i < letters.size; ++i) {
    letters.code[i] = static_cast<char32_t>(u_tolower(static_cast<UChar32>(letters.code[i])));
  }
  return letters;
}

/// OSLO → Oslo, SØR-KOREA → Sør-Korea.
std::string title_case(const Letters& letters, const Letters& lower) {
  std::string out;
  bool first = true;
  for (std::size_t i = 0; i < letters.size; ++i) {
    language::append_code_point(out, first ? letters.code[i] : lower.code[i]);
    first = letters.code[i] == U'-';
  }
  return out;
}

void set_shape(const Letters& letters, WordTraits& out) {
  std::string shape, collapsed;
  char last = 0;
  std::size_t upper = 0, lower = 0;
  for (std::size_t i = 0; i < letters.size; ++i) {
    const auto c = static_cast<UChar32>(letters.code[i]);
    char kind = '~';
    if (u_isupper(c) || u_istitle(c)) {
      kind = 'X';
      ++upper;
    } else if (u_isalpha(c)) {
      kind = 'x';
      ++lower;
    } else if (c == '0') {
      kind = 'd';
      out.digit = true;
    } else if (c < 0x80) {
      kind = static_cast<char>(c);
    }
    if (shape.size() < kShapeLetters) shape += kind;
    if (kind != last) collapsed += kind;
    last = kind;
  }
  if (letters.size > kShapeLetters) shape += '+';
  out.shape = hash_bytes(shape);
  out.short_shape = hash_bytes(collapsed.substr(0, 2 * kShapeLetters));
  const auto first = letters.size == 0 ? 0 : static_cast<UChar32>(letters.code[0]);
  out.capital = u_isupper(first) || u_istitle(first);
  out.all_caps = upper > 1 && lower == 0;
  out.punctuation = upper + lower == 0 && !out.digit;
  out.may_be_name = upper > 0;
  out.lower_word = upper == 0 && u_isalpha(first);
  out.one_letter = letters.size == 1 && u_isalpha(first);
}

void set_affixes(const Letters& lower, WordTraits& out) {
  for (std::size_t length = 1; length <= kAffixes && length <= lower.size; ++length) {
    out.prefix[length - 1] = hash_bytes(to_text(lower, 0, length));
    out.suffix[length - 1] = hash_bytes(to_text(lower, lower.size - length, lower.size));
  }
}

}  // namespace

WordForms word_forms(std::string_view surface) {
  const Letters letters = decode(surface);
  const Letters lower = lower_case(letters);
  return {to_text(letters, 0, letters.size), to_text(lower, 0, lower.size)};
}

WordTraits word_traits(std::string_view surface, const WordLexicon& lexicon) {
  WordTraits out;
  const Letters letters = decode(surface);
  const Letters lower = lower_case(letters);
  const std::string word = to_text(letters, 0, letters.size);
  const std::string lower_text = to_text(lower, 0, lower.size);
  out.word = hash_bytes(word);
  out.lower = hash_bytes(lower_text);
  out.bracket = word == "(";
  set_shape(letters, out);
  out.may_be_name |= is_web_address(lower_text);
  set_affixes(lower, out);

  std::string stem, lower_stem;
  const char32_t last = lower.size == 0 ? 0 : lower.code[lower.size - 1];
  if (out.capital && letters.size > 2 && (last == U's' || last == U'\'')) {
    stem = to_text(letters, 0, letters.size - 1);
    lower_stem = to_text(lower, 0, lower.size - 1);
    out.genitive = hash_bytes(stem);
  }
  std::string left;
  for (std::size_t i = letters.size; i-- > 1;) {
    if (letters.code[i] != U'-' || i + 1 == letters.size) continue;
    left = to_text(letters, 0, i);
    out.hyphen_left = hash_bytes(left);
    out.hyphen_right = hash_bytes(to_text(lower, i + 1, lower.size));
    break;
  }

  if (!lexicon.clusters(out.word, out.clusters) &&
      !(out.genitive != 0 && lexicon.clusters(out.genitive, out.clusters))) {
    lexicon.clusters(out.lower, out.clusters);
  }
  out.case_bin = lexicon.case_bin(out.lower);
  if (out.case_bin == kCaseUnknown && out.genitive != 0) out.case_bin = lexicon.case_bin(hash_bytes(lower_stem));

  if (out.capital) {
    const Gazetteer& gazetteer = Gazetteer::instance();
    out.country = gazetteer.is_country(word) || (!stem.empty() && gazetteer.is_country(stem)) ||
                  (out.all_caps && gazetteer.is_country(title_case(letters, lower)));
    const std::string titled = out.all_caps ? title_case(letters, lower) : std::string();
    out.known = known_name(word);
    if (out.known == 0 && !stem.empty()) out.known = known_name(stem);
    if (out.known == 0 && out.all_caps) out.known = known_name(titled);
    if (out.known == 0 && !left.empty()) out.known = known_name(left);
    out.country_compound = !out.country && !left.empty() && gazetteer.is_country(left);
  }
  return out;
}

}  // namespace spalte::annotate
