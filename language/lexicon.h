// Which forms belong to one word, in either standard?
#pragma once

#include "language/standard.h"
#include "schema/result.h"

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spalte::language {
namespace lex {
struct FormsOfKey;
}

/// A key of a known form.
struct LexiconKey {
  std::uint32_t number = 0;
  bool improbable = false;  ///< the form seldom means it
  bool tail = false;        ///< noun, verb or adjective: may end a compound
};

/// norwegian.lex, mapped into memory (language/tools/build_lexicon makes it). Immutable; shared by threads. All words
/// are normalised.
class Lexicon {
 public:
  /// Maps the file: 0.1 ms, the pages come when they are touched. Errors: bad_data.
  static Result<std::shared_ptr<const Lexicon>> open(const std::string& path);
  ~Lexicon();
  Lexicon(const Lexicon&) = delete;
  Lexicon& operator=(const Lexicon&) = delete;

  /// Part of analyser_version: changes with the words.
  const std::string& version() const { return version_; }

  /// The keys of a known form in a text of that standard, probable ones first; `unknown` and `other`: as bokmål. Empty:
  /// not known. 50–80 ns. The span's memory is the map's; at most kMostKeys are decoded.
  struct Keys {
    std::array<LexiconKey, 8> list;
    std::size_t count = 0;
    const LexiconKey* begin() const { return list.data(); }
    const LexiconKey* end() const { return list.data() + count; }
    bool empty() const { return count == 0; }
  };
  Keys keys(std::string_view form, Standard standard) const;
  /// Which standards have the form, names aside.
  struct Standards {
    bool nb = false, nn = false;
  };
  Standards standards(std::string_view form) const;

  std::string_view key_text(std::uint32_t number) const;
  double key_frequency(std::uint32_t number) const;  ///< log(count + 1) in the unlabelled text
  bool name_only(std::uint32_t number) const;        ///< no common word has this key
  bool noun(std::uint32_t number) const;

  /// The first part of a compound, as it is written there (arbeids, utenriks).
  struct Head {
    std::uint32_t key = 0;
    std::string_view bokmaal;  ///< the same in bokmål where the form is nynorsk alone; else empty
  };
  std::optional<Head> head(std::string_view form) const;

  /// Visits each form that a text would take for a word of its key, sorted by key: the forms of key `number`, or of all
  /// keys. `stem_fits` is asked once for what a lemma's forms begin with, so that a pass over all takes some 10 ms.
  struct FormOfKey {
    std::string_view text;  ///< lives during the call
    std::uint32_t key = 0;
    bool nb = false, nn = false;
  };
  void forms_of(std::uint32_t number, const std::function<void(const FormOfKey&)>& visit) const;
  void all_forms(const std::function<bool(std::string_view)>& stem_fits,
                 const std::function<void(const FormOfKey&)>& visit) const;
  /// The number of the key with that text, by looking at each (1 ms); empty: none.
  std::optional<std::uint32_t> key_number(std::string_view text) const;

  /// The key of an unknown word by its ending; empty: no rule.
  std::string key_by_ending(std::string_view word, Standard standard) const;

 private:
  Lexicon() = default;
  /// The entry of a known form; nullptr: not known.
  const void* find(std::string_view form) const;
  Keys decode(std::uint64_t set) const;
  template <typename T>
  const T* items(std::uint64_t offset) const;
  void visit_forms(const lex::FormsOfKey& row, const std::function<bool(std::string_view)>& stem_fits,
                   const std::function<void(const FormOfKey&)>& visit) const;
  Status check(const std::string& path) const;

  const char* map_ = nullptr;
  std::size_t size_ = 0;
  std::string version_;
};

}  // namespace spalte::language
