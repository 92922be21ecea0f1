// How are words and features hashed? One function for the trainer and the tagger: the model holds only hashes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace spalte::annotate {

/// Spreads all bits over all bits (the finaliser by Degski, public domain); 0 → 0.
constexpr std::uint64_t mix_hash(std::uint64_t x) {
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93ULL;
  x ^= x >> 32;
  x *= 0xd6e8feb86659fd93ULL;
  x ^= x >> 32;
  return x;
}

/// FNV-1a over bytes, mixed; the same on every machine. Never 0 for what occurs (0 stands for "none" in WordTraits).
constexpr std::uint64_t hash_bytes(std::string_view bytes) {
  std::uint64_t h = 0xcbf29ce484222325ULL;
  for (char c : bytes) {
    h ^= static_cast<unsigned char>(c);
    h *= 0x100000001b3ULL;
  }
  return mix_hash(h);
}

/// Joins two hashes; the order matters.
constexpr std::uint64_t join_hash(std::uint64_t a, std::uint64_t b) { return mix_hash(a * 0x9e3779b97f4a7c15ULL + b); }

}  // namespace spalte::annotate
