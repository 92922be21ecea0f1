// Which words are they?
#include "language/common_words.h"

#include <algorithm>
#include <array>
#include <string>

namespace spalte::language {
namespace {

using namespace std::string_view_literals;

constexpr std::array kWords = {
    "at"sv,  "av"sv,   "bare"sv, "berre"sv, "blei"sv, "ble"sv,  "blir"sv, "da"sv,  "de"sv,  "dei"sv,  "den"sv,  "der"sv,
    "det"sv, "du"sv,   "eg"sv,   "ei"sv,    "ein"sv,  "eit"sv,  "en"sv,   "er"sv,  "et"sv,  "for"sv,  "fra"sv,  "frå"sv,
    "han"sv, "har"sv,  "hun"sv,  "ho"sv,    "i"sv,    "ikke"sv, "ikkje"sv, "jeg"sv, "kan"sv, "man"sv,  "med"sv,  "men"sv,
    "mer"sv, "meir"sv, "når"sv,  "og"sv,    "om"sv,   "også"sv, "på"sv,   "seg"sv, "sin"sv, "skal"sv, "som"sv,  "så"sv,
    "til"sv, "ut"sv,   "var"sv,  "vart"sv,  "ved"sv,  "vi"sv,   "vil"sv,  "å"sv};

const auto& sorted() {
  static const auto words = [] {
    auto copy = kWords;
    std::sort(copy.begin(), copy.end());
    return copy;
  }();
  return words;
}

}  // namespace

std::span<const std::string_view> common_words() { return sorted(); }

bool is_common_word(std::string_view folded) {
  constexpr std::size_t kLongest = 5;
  return folded.size() <= kLongest && std::binary_search(sorted().begin(), sorted().end(), folded);
}

std::string form_key(std::string_view folded) { return "=" + std::string(folded); }
std::string accented_form_key(std::string_view folded) { return "~" + std::string(folded); }

}  // namespace spalte::language
