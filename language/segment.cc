// How is a paragraph cut? One pass over its code points, no allocation.
#include "language/segment.h"

#include "language/utf8.h"

#include <algorithm>
#include <array>

#include <unicode/uchar.h>

namespace spalte::language {
namespace {

/// Abbreviations that keep their full stop and do not end a sentence; lower case, without the last stop. Those with a
/// stop inside (bl.a., f.eks.) need not stand here.
constexpr std::array<std::string_view, 53> kAbbreviations = {
    "adm", "adr", "alm", "ang", "anm",  "avd",   "bd",  "ca",  "dir", "div", "dr",   "eks",  "ekskl", "el",
    "etc", "ev",  "evt", "fig", "forf", "forts", "ft",  "gl",  "hr",  "ill", "inkl", "innb", "jf",    "jfr",
    "jr",  "kap", "kl",  "kr",  "mill", "mr",    "mrd", "mrs", "mv",  "nr",  "osv",  "pga",  "pkt",   "prof",
    "pst", "red", "ref", "sek", "sr",   "st",    "str", "tlf", "vol", "vs",  "årg"};

struct Cursor {
  std::string_view text;
  std::size_t end;

  /// Code point at `at`, and its length; invalid bytes are U+FFFD of length one.
  UChar32 at(std::size_t at, std::size_t& length) const {
    std::size_t next = at;
    const char32_t c = next_code_point(text.substr(0, end), next);
    length = next - at;
    return static_cast<UChar32>(c);
  }
  UChar32 peek(std::size_t at_byte) const {
    std::size_t length = 0;
    return at_byte < end ? at(at_byte, length) : 0;
  }
};

constexpr bool ascii_alpha(UChar32 c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool digit(UChar32 c) { return c >= '0' && c <= '9'; }
constexpr bool blank(UChar32 c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == 0xa0 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f ||
         c == 0x3000 || c == 0x2028 || c == 0x2029 || c == 0x85;
}
bool letter(UChar32 c) {
  return c < 0x80 ? ascii_alpha(c) : c != 0xfffd && c != 0xaa && c != 0xba && u_isalpha(c) != 0;
}
bool alphanumeric(UChar32 c) { return digit(c) || letter(c) || (c >= 0x80 && u_isdigit(c) != 0); }
/// What may stand inside a word without being a letter: soft hyphens, zero-width joiners, combining marks.
bool invisible(UChar32 c) {
  return c == 0xad || (c >= 0x200b && c <= 0x200d) || c == 0x2060 || c == 0xfeff || (c >= 0x300 && c <= 0x36f) ||
         (c > 0x36f && u_charType(c) == U_NON_SPACING_MARK);
}
constexpr bool hyphen(UChar32 c) { return c == '-' || c == 0x2010 || c == 0x2011; }
constexpr bool apostrophe(UChar32 c) { return c == '\'' || c == 0x2019; }
constexpr bool closing(UChar32 c) {
  return c == '"' || c == '\'' || c == ')' || c == ']' || c == 0xbb || c == 0x201d || c == 0x2019;
}

bool lower_case(UChar32 c) { return c < 0x80 ? c >= 'a' && c <= 'z' : u_islower(c) != 0; }
bool upper_case(UChar32 c) { return c < 0x80 ? c >= 'A' && c <= 'Z' : u_isupper(c) != 0; }

/// Does the chunk [from, to) (no blanks) hold a URL or an e-mail address?
bool is_address(std::string_view chunk) {
  if (chunk.find("://") != std::string_view::npos || chunk.starts_with("www.")) return true;
  const std::size_t at = chunk.find('@');
  return at != std::string_view::npos && at > 0 && chunk.find('.', at) != std::string_view::npos;
}

bool is_abbreviation(std::string_view word) {
  std::array<char, 8> low{};
  if (word.size() > low.size()) return false;
  std::transform(word.begin(), word.end(), low.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return std::binary_search(kAbbreviations.begin(), kAbbreviations.end(), std::string_view(low.data(), word.size()));
}

class Segmenter {
 public:
  Segmenter(std::string_view text, ByteRange range, std::vector<Token>& tokens, std::vector<Sentence>& sentences)
      : c_{text, range.end}, at_(range.begin), tokens_(tokens), sentences_(sentences), first_(tokens.size()) {}

  void run() {
    bool space = true;
    while (at_ < c_.end) {
      std::size_t length = 0;
      const UChar32 c = c_.at(at_, length);
      if (blank(c)) {
        at_ += length;
        space = true;
        chunk_end_ = 0;
        continue;
      }
      space_ = space;
      space = false;
      if (at_ >= chunk_end_) enter_chunk();
      if (address_) {
        put_address();
      } else if (alphanumeric(c) || starts_with_hyphen(c)) {
        put_word(length);
      } else {
        put_mark(c, length);
      }
      if (ends_sentence()) finish_sentence();
    }
    finish_sentence();
  }

 private:
  /// A chunk is what stands between blanks; whether it is an address is looked at once.
  void enter_chunk() {
    std::size_t end = at_;
    while (end < c_.end) {
      std::size_t length = 0;
      if (blank(c_.at(end, length))) break;
      end += length;
    }
    chunk_end_ = end;
    address_ = is_address(c_.text.substr(at_, end - at_));
  }

  void put(std::size_t end, TokenKind kind) {
    tokens_.push_back({static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(end), 0, kind, space_});
    at_ = end;
  }

  void put_address() {
    std::size_t end = chunk_end_;
    while (end > at_ + 1 && std::string_view(".,;:!?)\"'").find(c_.text[end - 1]) != std::string_view::npos) --end;
    while (end > at_ + 2 &&
           (c_.text.substr(at_, end - at_).ends_with("»") || c_.text.substr(at_, end - at_).ends_with("”")))
      end -= c_.text[end - 1] == '\xbb' ? 2U : 3U;
    while (at_ < end && std::string_view("(\"'<").find(c_.text[at_]) != std::string_view::npos) {
      put(at_ + 1, TokenKind::punctuation);
      space_ = false;
    }
    if (end > at_) put(end, TokenKind::word);
    address_ = false;  // what is left of the chunk is punctuation
  }

  /// "-tallet" is a word, "-Vi" a dash and a word.
  bool starts_with_hyphen(UChar32 c) const {
    return hyphen(c) && space_ && lower_case(c_.peek(at_ + (c == '-' ? 1 : 3)));
  }

  void put_word(std::size_t first_length) {
    std::size_t end = at_ + first_length;
    UChar32 previous = c_.peek(at_);
    bool digits_only = digit(previous), stops = false, has_letter = letter(previous);
    while (end < chunk_end_) {
      std::size_t length = 0;
      const UChar32 c = c_.at(end, length);
      if (alphanumeric(c)) {
        digits_only = digits_only && digit(c);
        has_letter = has_letter || letter(c);
      } else if (!invisible(c)) {
        const UChar32 next = c_.peek(end + length);
        const bool between_digits = digit(previous) && digit(next);
        const bool inside =
            (hyphen(c) && (alphanumeric(next) || end + length == chunk_end_ || next == ',' || next == ')')) ||
            (apostrophe(c) && letter(previous) && letter(next)) ||
            ((c == ',' || c == ':' || c == '/') && between_digits) ||
            (c == '.' && (between_digits || (letter(previous) && letter(next)))) ||
            (c == '&' && letter(previous) && letter(next));
        if (!inside) break;
        stops = stops || (c == '.' && letter(next));
        if (hyphen(c)) digits_only = false;
      }
      previous = c;
      end += length;
    }
    if (end < chunk_end_ && c_.text[end] == '.' && keeps_stop(end, digits_only, stops)) ++end;
    put(end, has_letter || !digit(c_.peek(at_)) ? TokenKind::word : TokenKind::number);
  }

  /// Does the full stop at `stop` belong to the word before it?
  bool keeps_stop(std::size_t stop, bool digits_only, bool stops_inside) const {
    if (c_.peek(stop + 1) == '.') return false;  // an ellipsis
    const std::string_view word = c_.text.substr(at_, stop - at_);
    std::size_t next = stop + 1;
    const bool last_in_chunk = next >= chunk_end_;
    std::size_t length = 0;
    while (next < c_.end && blank(c_.at(next, length))) next += length;
    if (next >= c_.end) return last_in_chunk && (stops_inside || is_abbreviation(word));
    const UChar32 follows = c_.peek(next);
    if (digits_only) return word.size() <= 4 && last_in_chunk && lower_case(follows);
    if (stops_inside || is_abbreviation(word)) return true;
    std::size_t first_length = 0;
    const UChar32 first = c_.at(at_, first_length);
    return first_length == word.size() && upper_case(first);  // an initial
  }

  void put_mark(UChar32 c, std::size_t length) {
    std::size_t end = at_ + length;
    if (c == '.')
      while (end < chunk_end_ && c_.text[end] == '.') ++end;
    put(end, TokenKind::punctuation);
  }

  bool ends_sentence() const {
    if (tokens_.size() == first_) return false;
    // Back over closing marks to the one that ends.
    std::size_t i = tokens_.size();
    while (i > first_ && tokens_[i - 1].kind == TokenKind::punctuation && closing(c_.peek(tokens_[i - 1].begin)) &&
           !(i < tokens_.size() && tokens_[i].space_before))
      --i;
    if (i == first_ || tokens_[i - 1].kind != TokenKind::punctuation) return false;
    const UChar32 mark = c_.peek(tokens_[i - 1].begin);
    if (mark != '.' && mark != '!' && mark != '?' && mark != 0x2026) return false;
    std::size_t next = at_, length = 0;
    const bool spaced = next >= c_.end || blank(c_.at(next, length));
    while (next < c_.end && blank(c_.at(next, length))) next += length;
    if (next >= c_.end) return true;
    const UChar32 follows = c_.peek(next);
    if (!spaced) return false;  // a closing mark may still come
    return !lower_case(follows) && follows != ',';
  }

  void finish_sentence() {
    if (tokens_.size() == first_) return;
    sentences_.push_back({static_cast<std::uint32_t>(first_), static_cast<std::uint32_t>(tokens_.size()), 0});
    first_ = tokens_.size();
  }

  Cursor c_;
  std::size_t at_;
  std::size_t chunk_end_ = 0;
  bool address_ = false;
  bool space_ = true;
  std::vector<Token>& tokens_;
  std::vector<Sentence>& sentences_;
  std::size_t first_;
};

}  // namespace

void segment(std::string_view text, ByteRange range, std::vector<Token>& tokens, std::vector<Sentence>& sentences) {
  range.end = static_cast<std::uint32_t>(std::min<std::size_t>(range.end, text.size()));
  if (range.begin < range.end) Segmenter(text, range, tokens, sentences).run();
}

}  // namespace spalte::language
