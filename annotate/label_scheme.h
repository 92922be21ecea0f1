// Which labels may a token have, and which may follow which?
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace spalte::annotate {

/// BILOU over the types of a model: label 0 is O; type t has B, I, L, U at 1 + 4 t and after. A name of one token is U;
/// B and I must go on with I or L of the same type.
class LabelScheme {
 public:
  enum Part : std::uint8_t { begin, inside, last, unit };

  LabelScheme() = default;
  explicit LabelScheme(std::vector<std::string> types) : types_(std::move(types)) {}

  const std::vector<std::string>& types() const { return types_; }
  std::size_t size() const { return 1 + 4 * types_.size(); }
  /// Rows of scores are padded to whole vectors.
  std::size_t stride() const { return (size() + 7) / 8 * 8; }

  static constexpr std::size_t label(std::size_t type, Part part) { return 1 + 4 * type + part; }
  static constexpr std::size_t type_of(std::size_t label) { return (label - 1) / 4; }
  static constexpr Part part_of(std::size_t label) { return static_cast<Part>((label - 1) % 4); }

  /// May a name or a text begin or go on here?
  static constexpr bool opens(std::size_t label) {
    return label == 0 || part_of(label) == begin || part_of(label) == unit;
  }
  static constexpr bool closes(std::size_t label) {
    return label == 0 || part_of(label) == last || part_of(label) == unit;
  }
  static constexpr bool allowed(std::size_t from, std::size_t to) {
    if (closes(from)) return opens(to);
    return !opens(to) && type_of(from) == type_of(to);
  }

 private:
  std::vector<std::string> types_;
};

/// Tokens [first, last) with a type of the scheme.
struct LabelledSpan {
  std::uint32_t first = 0, last = 0;
  std::uint32_t type = 0;
};

}  // namespace spalte::annotate
