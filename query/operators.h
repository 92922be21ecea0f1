// Which operators and scopes has the query language? The tables from which parser, help and completion derive.
#pragma once

#include "query/tree.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace spalte::query {

enum class Operator : std::uint8_t {
  none,
  and_,
  or_,
  not_,
  and_not,
  near,
  ordered_near,
  same_sentence,
  same_paragraph
};

struct OperatorRow {
  Operator op;
  std::array<std::string_view, 3> names;  ///< English, bokmål, nynorsk, as typed; empty: as the one before
  std::string_view summary;
  std::string_view example;  ///< a whole query
};

/// NEAR and ONEAR may be followed by / and a number of words.
inline constexpr int kDefaultDistance = 10;
inline constexpr int kMaxDistance = 1000;

inline constexpr std::array kOperators = {
    OperatorRow{Operator::and_, {"AND", "OG", ""}, "both; the same as nothing between them", "streik OG lockout"},
    OperatorRow{Operator::or_, {"OR", "ELLER", ""}, "either", "fisk ELLER laks"},
    OperatorRow{Operator::not_, {"NOT", "IKKE", "IKKJE"}, "without what follows; also -word", "norge -oslo"},
    OperatorRow{Operator::and_not, {"ANDNOT", "", ""}, "the first without the second", "norge ANDNOT oslo"},
    OperatorRow{Operator::near, {"NEAR", "", ""}, "within so many words of each other; 10 without a number",
                "kutt NEAR/5 skatt"},
    OperatorRow{Operator::ordered_near, {"ONEAR", "", ""}, "the same, in this order", "åpen ONEAR/3 dialog"},
    OperatorRow{Operator::same_sentence, {"SAME/s", "", ""}, "in one sentence", "statsråd SAME/s streik"},
    OperatorRow{Operator::same_paragraph, {"SAME/p", "", ""}, "in one paragraph", "statsråd SAME/p streik"},
};

struct ScopeRow {
  Scope scope;
  std::array<std::string_view, 2> names;  ///< English, Norwegian
  std::string_view summary;
  std::string_view example;
};

inline constexpr std::array kScopes = {
    ScopeRow{Scope::sentence, {"sent", "setning"}, "what holds within one sentence", "sent{skatt -kutt}"},
    ScopeRow{Scope::paragraph, {"para", "avsnitt"}, "within one paragraph", "avsnitt{(streik OR lockout) lønn}"},
    ScopeRow{Scope::quote, {"quote", "sitat"}, "within one quotation: its words, and who says it",
             "quote{speaker:Tillerson Nord-Korea}"},
};

}  // namespace spalte::query
