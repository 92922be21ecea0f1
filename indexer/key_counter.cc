// How are keys counted?
#include "indexer/key_counter.h"

#include "language/common_words.h"
#include "schema/slots.h"
#include "schema/terms.h"

#include <algorithm>

namespace spalte::indexer {

using language::Term;
using language::TermRole;

void KeyCounter::begin(language::Analyser& analyser) {
  analyser_ = &analyser;
  if (generation_ != analyser.generation()) {
    keys_.clear();
    forms_.clear();
    generation_ = analyser.generation();
  }
  found_.clear();
  places_.clear();
  position_ = title_end_ = 1;
  words_ = 0;
}

std::uint32_t KeyCounter::form_of(language::TypeId type) {
  if (type >= forms_.size()) forms_.resize(analyser_->type_count(), kUnknown);
  std::uint32_t& form = forms_[type];
  if (form != kUnknown) return form;
  const language::WordType& t = analyser_->type(type);
  if (!language::is_common_word(t.folded)) return form = kNone;
  // Letters that lose an accent lose a byte.
  if (t.surface.size() == t.folded.size()) return form = position_key(language::form_key(t.folded)) * 2;
  return form = position_key(language::accented_form_key(t.folded)) * 2 + 1;
}

void KeyCounter::add(const language::Token& token, language::Standard standard, Xapian::termcount extra) {
  const language::Analyser::Terms terms = analyser_->terms(token.type, standard);
  const std::uint32_t form = form_of(token.type);
  if (form != kNone) places_.push_back({position_, form / 2});
  const bool by_form = form != kNone && form % 2 == 0;
  for (const Term& t : terms.terms) {
    if (t.number >= keys_.size()) keys_.resize(analyser_->key_count());
    Key& key = keys_[t.number];
    if (key.text.empty()) {
      key.text = t.key;
      key.hash = position_key(t.key);
    }
    if (key.count == 0 && key.parts == 0) found_.push_back(t.number);
    if (t.role == TermRole::part) {
      ++key.parts;
    } else {
      key.count += 1 + extra;
      if (!by_form) places_.push_back({position_ + t.offset, key.hash});
    }
  }
  position_ += terms.width;
  words_ += terms.width > 0 ? 1U : 0U;
}

void KeyCounter::finish(Xapian::Document& document) {
  for (const std::uint32_t number : found_) {
    Key& key = keys_[number];
    if (key.count > 0) document.add_term(buffer_.assign(key.text), key.count);
    if (key.parts > 0) document.add_term(buffer_.assign(prefix::kPart).append(key.text), key.parts);
    key.count = key.parts = 0;
  }
  if (places_.empty()) return;
  // The keys of a hyphenated word are not in order.
  const auto before = [](const Place& a, const Place& b) { return a.position < b.position; };
  if (!std::is_sorted(places_.begin(), places_.end(), before)) std::stable_sort(places_.begin(), places_.end(), before);
  document.add_value(slot::kPositions, pack_positions(places_, title_end_));
}

}  // namespace spalte::indexer
