// How are demonyms and compounds with a name recognised?
#include "annotate/derived.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace spalte::annotate {
namespace {

/// What follows the hyphen tells what kind of name stands before it. Beginnings of words: all inflections count.
struct TailRow {
  std::string_view tail;
  ActorKind kind;
};
constexpr auto kTails = std::to_array<TailRow>({
    {"administrasjon", ActorKind::person},
    {"leir", ActorKind::person},
    {"regjering", ActorKind::person},
    {"familie", ActorKind::person},
    {"tilheng", ActorKind::person},
    {"dynasti", ActorKind::person},
    {"saken", ActorKind::person},
    {"saka", ActorKind::person},
    {"kommisjon", ActorKind::org},
    {"trener", ActorKind::org},
    {"trenar", ActorKind::org},
    {"spiller", ActorKind::org},
    {"spelar", ActorKind::org},
    {"sjef", ActorKind::org},
    {"leder", ActorKind::org},
    {"leiar", ActorKind::org},
    {"topp", ActorKind::org},
    {"direktør", ActorKind::org},
    {"kaptein", ActorKind::org},
    {"styre", ActorKind::org},
    {"ledelse", ActorKind::org},
    {"leiing", ActorKind::org},
    {"politiker", ActorKind::org},
    {"politikar", ActorKind::org},
    {"medlem", ActorKind::org},
    {"ansatt", ActorKind::org},
    {"tilsett", ActorKind::org},
    {"land", ActorKind::org},
    {"styrke", ActorKind::org},
    {"soldat", ActorKind::org},
    {"talsmann", ActorKind::org},
    {"talskvinne", ActorKind::org},
    {"generalsekretær", ActorKind::org},
    {"traktat", ActorKind::org},
    {"parlament", ActorKind::org},
    {"toppmøte", ActorKind::org},
    {"resolusjon", ActorKind::org},
    {"rapport", ActorKind::org},
    {"journalist", ActorKind::org},
    {"borger", ActorKind::gpe},
    {"borgar", ActorKind::gpe},
    {"mann", ActorKind::gpe},
    {"kvinne", ActorKind::gpe},
    {"folk", ActorKind::gpe},
    {"ordfører", ActorKind::gpe},
    {"ordførar", ActorKind::gpe},
    {"området", ActorKind::gpe},
    {"krig", ActorKind::gpe},
});

/// Abbreviations of things, not of actors: TV-serie, PC-en.
constexpr auto kThings = std::to_array<std::string_view>(
    {"tv", "pc", "cd",  "dvd", "it", "pr", "sms", "mms", "gps", "dna", "hiv", "adhd", "usb", "vm",
     "em", "nm", "ol",  "a",   "b",  "c",  "u",   "e",   "x",   "t",   "ip",  "led",  "lcd", "ufo",
     "cv", "hd", "gsm", "mp",  "q",  "p",  "s",   "l",   "w",   "ak",  "suv", "bmi",  "co",  "wc"});

const TailRow* tail_row(std::string_view right) {
  const auto found =
      std::find_if(kTails.begin(), kTails.end(), [&](const TailRow& row) { return right.starts_with(row.tail); });
  return found == kTails.end() ? nullptr : &*found;
}

class Finder {
 public:
  Finder(const language::AnalysedText& analysed, const language::Analyser& analyser)
      : analysed_(analysed), analyser_(analyser) {}

  void look_at(std::uint32_t token, bool tagged) {
    const language::Token& t = analysed_.tokens[token];
    const language::WordType& w = analyser_.type(t.type);
    if (w.kind != language::TokenKind::word || w.folded.size() < 3) return;
    const std::string_view folded = w.folded;
    if (folded.find('-') == std::string_view::npos) {
      if (const CountryId country = gazetteer_.demonym(folded); country != kNoCountry)
        add_demonym(t.begin, t.end, country);
      return;
    }
    if (w.capitalised && add_compound(t, w, tagged)) return;
    add_hyphenated_demonyms(t, folded);
  }

  std::vector<DerivedMention> take() { return std::move(out_); }

 private:
  void add_demonym(std::uint32_t begin, std::uint32_t end, CountryId country) {
    DerivedMention mention;
    mention.begin = begin;
    mention.end = end;
    mention.country = country;
    out_.push_back(std::move(mention));
  }

  /// Trump-administrasjonen: a capital before the hyphen, lower case after it.
  bool add_compound(const language::Token& t, const language::WordType& w, bool tagged) {
    const std::size_t hyphen = w.surface.rfind('-');
    if (hyphen == 0 || hyphen + 1 >= w.surface.size()) return false;
    const std::string_view left = w.surface.substr(0, hyphen), right = w.surface.substr(hyphen + 1);
    if (right.size() < 2 || !starts_lower(right)) return false;
    const std::size_t folded_hyphen = w.folded.rfind('-');
    if (folded_hyphen == std::string_view::npos) return false;
    const std::string_view folded_left = w.folded.substr(0, folded_hyphen);
    if (std::find(kThings.begin(), kThings.end(), folded_left) != kThings.end()) return false;
    if (gazetteer_.demonym(folded_left) != kNoCountry) return false;  // Norsk-amerikansk at the start of a sentence
    DerivedMention mention;
    mention.begin = t.begin;
    mention.end = t.end;
    mention.part = left;
    const TailRow* row = tail_row(right);
    if (gazetteer_.is_country(left)) {
      mention.certain = true;
    } else if (row != nullptr) {
      mention.kind = row->kind;
      // A word in capitals with such a tail, or a name that the tagger takes for one.
      mention.certain = tagged || all_caps(left) || row->kind == ActorKind::person;
    } else {
      mention.kind = all_caps(left) ? ActorKind::org : ActorKind::gpe;
      mention.certain = tagged;
    }
    out_.push_back(std::move(mention));
    return true;
  }

  /// norsk-amerikansk: both; nord-koreansk: the whole.
  void add_hyphenated_demonyms(const language::Token& t, std::string_view folded) {
    joined_.clear();
    std::copy_if(folded.begin(), folded.end(), std::back_inserter(joined_), [](char c) { return c != '-'; });
    if (const CountryId whole = gazetteer_.demonym(joined_); whole != kNoCountry) {
      add_demonym(t.begin, t.end, whole);
      return;
    }
    // Folding may change the length of a word; parts have a place only where it did not.
    if (folded.size() != t.end - t.begin) return;
    for (std::size_t begin = 0; begin < folded.size();) {
      const std::size_t end = std::min(folded.find('-', begin), folded.size());
      const CountryId country = gazetteer_.demonym(folded.substr(begin, end - begin));
      if (country != kNoCountry) {
        add_demonym(t.begin + static_cast<std::uint32_t>(begin), t.begin + static_cast<std::uint32_t>(end), country);
      }
      begin = end + 1;
    }
  }

  static bool starts_lower(std::string_view word) {
    const auto c = static_cast<unsigned char>(word.front());
    // æ, ø, å and their like: the second byte of two tells the case in Latin-1.
    return (c >= 'a' && c <= 'z') || (c == 0xc3 && word.size() > 1 && static_cast<unsigned char>(word[1]) >= 0xa0);
  }
  static bool all_caps(std::string_view word) {
    return word.size() >= 2 && std::none_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  }

  const Gazetteer& gazetteer_ = Gazetteer::instance();
  const language::AnalysedText& analysed_;
  const language::Analyser& analyser_;
  std::string joined_;
  std::vector<DerivedMention> out_;
};

}  // namespace

std::vector<DerivedMention> find_derived(const language::AnalysedText& analysed, const language::Analyser& analyser,
                                         const std::vector<NameSpan>& names) {
  Finder finder(analysed, analyser);
  auto name = names.begin();
  for (std::uint32_t i = 0; i < analysed.tokens.size(); ++i) {
    while (name != names.end() && name->last <= i) ++name;
    const bool inside = name != names.end() && name->first <= i;
    if (!inside || name->derived) finder.look_at(i, inside);
  }
  return finder.take();
}

}  // namespace spalte::annotate
