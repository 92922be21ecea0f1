// How do the values of shards' calls travel? As CBOR (RFC 8949), each structure by the list of its members.
#pragma once

#include "query/shard_data.h"
#include "schema/annotation_codec.h"

#include <concepts>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

namespace spalte::query::wire {

using Json = nlohmann::json;

/// What arrived is not what was asked for.
struct Malformed : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// One value, no deeper than any of a call is. Throws Malformed and nlohmann's exceptions.
Json read(std::string_view cbor);

template <typename T, typename S>
concept Is = std::same_as<std::remove_cv_t<T>, S>;

// The members of each structure, once, for both directions.
auto members(Is<ShardState> auto& v) {
  return std::tie(v.protocol, v.index, v.uuid, v.analyser, v.format, v.models, v.generation, v.last_embargo,
                  v.superseded);
}
auto members(Is<NameTally> auto& v) { return std::tie(v.name, v.articles, v.mentions, v.derived_only); }
auto members(Is<StoredText> auto& v) { return std::tie(v.text, v.paragraphs); }
auto members(Is<Paragraph> auto& v) { return std::tie(v.begin, v.end, v.role); }
auto members(Is<RootFiles> auto& v) { return std::tie(v.path, v.files, v.there); }
auto members(Is<FailedFile> auto& v) { return std::tie(v.path, v.reason); }
auto members(Is<ShardUpkeep> auto& v) { 
  return std::tie(v.folder, v.waiting, v.bytes, v.held, v.roots, v.files, v.failed);
}
auto members(Is<NameRow> auto& v) { return std::tie(v.id, v.kind, v.text, v.wikidata); }
auto members(Is<FamilyMember> auto& v) {
  return std::tie(v.row, v.id, v.version, v.newest_of, v.text_sha256, v.embargo, v.superseded_from);
}
auto members(Is<WithdrawnVersion> auto& v) { return std::tie(v.id, v.version); }
auto members(Is<Catalogue::GroupMember> auto& v) { return std::tie(v.row, v.id); }
auto members(Is<Catalogue::SavedQuery> auto& v) { return std::tie(v.name, v.query, v.made, v.seen); }
auto members(Is<Catalogue::Correction> auto& v) { return std::tie(v.id, v.what, v.a, v.b, v.made); }
auto members(Is<Sketch> auto& v) { return std::tie(v.shingles, v.hashes); }
auto members(Is<PrintPlace> auto& v) { return std::tie(v.urn, v.issue, v.page, v.regions, v.confidence); }
auto members(Is<Article> auto& v) {  // as a row holds it: neither text nor what is stored elsewhere
  return std::tie(v.id, v.family, v.version, v.withdrawn, v.source, v.agency, v.byline, v.section, v.url, v.published,
                  v.date_guessed, v.modified, v.lang, v.topics_given, v.embargo, v.print, v.path, v.sha256);
}
auto members(Is<ArticleRow> auto& v) {
  return std::tie(v.row, v.article, v.title, v.added, v.words, v.row_version, v.deleted, v.newest_of, v.page,
                  v.duplicates, v.superseded_from);
}
auto members(Is<MatchOptions> auto& v) {
  return std::tie(v.any, v.exact, v.compounds, v.derived, v.fold, v.guessed_dates, v.versions, v.collapse);
}
auto members(Is<Place> auto& v) { return std::tie(v.position, v.key); }
auto members(Is<Placement> auto& v) { return std::tie(v.operands, v.window, v.ordered, v.title); }
auto members(Is<TextCheck> auto& v) {
  return std::tie(v.kind, v.placement, v.words, v.role, v.tree, v.options);
}

template <typename T>
concept Structure = requires(T& v) { members(v); };

template <typename T>
struct IsTuple : std::false_type {};
template <typename... A>
struct IsTuple<std::tuple<A...>> : std::true_type {};
template <typename T>
struct IsOptional : std::false_type {};
template <typename T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <typename T>
concept Mapping = requires { typename T::mapped_type; };
template <typename T>
concept List = requires(T& v) { v.push_back(std::declval<typename T::value_type>()); } && !std::same_as<T, std::string>;

template <typename T>
Json pack(const T& v) {
  if constexpr (std::is_enum_v<T>) {
    return static_cast<std::int64_t>(v);
  } else if constexpr (std::is_arithmetic_v<T> || std::same_as<T, std::string>) {
    return v;  // strings are bytes here: nothing looks at their encoding
  } else if constexpr (std::same_as<T, Annotation>) {
    return encode_annotation(v);
  } else if constexpr (IsOptional<T>::value) {
    return v ? pack(*v) : Json();
  } else if constexpr (Structure<const T>) {
    return pack(members(v));
  } else if constexpr (IsTuple<T>::value) {
    Json out = Json::array();
    std::apply([&](const auto&... m) { (out.push_back(pack(m)), ...); }, v);
    return out;
  } else if constexpr (Mapping<T>) {
    Json out = Json::array();
    for (const auto& [key, value] : v) {
      out.push_back(pack(key));
      out.push_back(pack(value));
    }
    return out;
  } else {
    static_assert(List<T>);
    Json out = Json::array();
    out.get_ref<Json::array_t&>().reserve(v.size());
    for (const auto& item : v) out.push_back(pack(item));
    return out;
  }
}

template <typename T>
void unpack(const Json& j, T& into) {
  const auto list = [&](std::size_t size) -> const Json::array_t& {
    if (!j.is_array() || (size != SIZE_MAX && j.size() != size)) throw Malformed("a list of another length");
    return j.get_ref<const Json::array_t&>();
  };
  if constexpr (std::is_enum_v<T>) {
    into = static_cast<T>(j.get<std::int64_t>());
  } else if constexpr (std::is_arithmetic_v<T>) {
    into = j.get<T>();
  } else if constexpr (std::same_as<T, std::string>) {
    into = j.get_ref<const std::string&>();
  } else if constexpr (std::same_as<T, Annotation>) {
    Result<Annotation> a = decode_annotation(j.get_ref<const std::string&>());
    if (!a) throw Malformed(a.error().message);
    into = std::move(*a);
  } else if constexpr (IsOptional<T>::value) {
    if (j.is_null()) {
      into.reset();
    } else {
      unpack(j, into.emplace());
    }
  } else if constexpr (Structure<T>) {
    auto m = members(into);
    unpack(j, m);
  } else if constexpr (IsTuple<T>::value) {
    const Json::array_t& items = list(std::tuple_size_v<T>);
    std::size_t at = 0;
    std::apply([&](auto&... m) { (unpack(items[at++], m), ...); }, into);
  } else if constexpr (Mapping<T>) {
    const Json::array_t& items = list(SIZE_MAX);
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
      typename T::key_type key{};
      unpack(items[i], key);
      unpack(items[i + 1], into[key]);
    }
  } else {
    static_assert(List<T>);
    const Json::array_t& items = list(SIZE_MAX);
    into.resize(items.size());
    for (std::size_t i = 0; i < items.size(); ++i) unpack(items[i], into[i]);
  }
}

}  // namespace spalte::query::wire
