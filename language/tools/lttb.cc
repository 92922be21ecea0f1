// How are the bytes of a dictionary laid out? After lttoolbox's own writer (compression.cc, alphabet.cc,
// transducer.cc).
#include "language/tools/lttb.h"

#include "language/utf8.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

namespace spalte::language::tools {
namespace {

constexpr std::size_t kLongestPath = 80;

class Bytes {
 public:
  explicit Bytes(const std::string& path) : path_(path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error(path + " cannot be read: is the package apertium-nno-nob installed?");
    data_.assign(std::istreambuf_iterator<char>(in), {});
  }
  std::uint8_t byte() {
    if (at_ >= data_.size()) throw std::runtime_error(path_ + " ends too early");
    return static_cast<std::uint8_t>(data_[at_++]);
  }
  /// 6, 14, 22 or 30 bits, big-endian, the first two bits giving the length.
  std::uint32_t number() {
    const std::uint8_t first = byte();
    std::uint32_t v = first & 63U;
    for (int n = first >> 6; n > 0; --n) v = v << 8U | byte();
    return v;
  }
  std::uint64_t fixed64() {
    std::uint64_t v = 0;
    for (int i = 0; i < 8; ++i) v = v << 8U | byte();
    return v;
  }
  bool magic(std::string_view word) {
    if (std::string_view(data_).substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }
  bool at_end() const { return at_ == data_.size(); }
  [[noreturn]] void wrong(const char* what) const { throw std::runtime_error(path_ + ": " + what); }

 private:
  std::string path_, data_;
  std::size_t at_ = 0;
};

}  // namespace

Dictionary::Dictionary(const std::string& path) {
  Bytes b(path);
  if (b.magic("LTTB")) b.fixed64();
  for (std::uint32_t n = b.number(); n > 0; --n) b.number();  // the alphabet's letters
  std::vector<std::string> tags;
  for (std::uint32_t n = b.number(); n > 0; --n) {
    std::string tag = "<";
    for (std::uint32_t k = b.number(); k > 0; --k) append_code_point(tag, b.number());
    tags.push_back(tag + ">");
  }
  const auto bias = static_cast<std::int64_t>(tags.size());
  const auto text = [&](std::int64_t symbol) {
    std::string s;
    if (symbol < 0) s = tags.at(static_cast<std::size_t>(-symbol - 1));
    if (symbol > 0) append_code_point(s, static_cast<char32_t>(symbol));
    return s;
  };
  for (std::uint32_t n = b.number(); n > 0; --n) {
    const std::int64_t in = b.number(), out = b.number();
    in_.push_back(text(in - bias));
    out_.push_back(text(out - bias));
  }
  for (std::uint32_t n = b.number(); n > 0; --n) {
    for (std::uint32_t k = b.number(); k > 0; --k) b.number();  // the section's name
    const bool weighted = b.magic("LTTD") && (b.fixed64() & 1U) != 0;
    const auto skip_weight = [&] {
      if (weighted) {
        b.number();
        b.number();
      }
    };
    Transducer t;
    t.initial = b.number();
    std::vector<std::uint32_t> finals;
    std::uint32_t base = 0;
    for (std::uint32_t k = b.number(); k > 0; --k) {
      finals.push_back(base += b.number());
      skip_weight();
      skip_weight();
    }
    const std::uint32_t states = b.number();
    t.final.assign(states, 0);
    for (std::uint32_t f : finals) t.final.at(f) = 1;
    for (std::uint32_t s = 0; s < states; ++s) {
      t.first_arc.push_back(static_cast<std::uint32_t>(t.arcs.size()));
      std::uint32_t symbol = 0;
      for (std::uint32_t k = b.number(); k > 0; --k) {
        symbol += b.number();
        const std::uint32_t to = (b.number() + s) % states;
        skip_weight();
        skip_weight();
        if (symbol >= in_.size()) b.wrong("an arc names a symbol that is none");
        t.arcs.push_back({to, symbol});
      }
    }
    t.first_arc.push_back(static_cast<std::uint32_t>(t.arcs.size()));
    if (t.arcs.size() > words_.arcs.size()) words_ = std::move(t);
  }
  if (!b.at_end()) b.wrong("bytes are left over");
}

void Dictionary::each_path(const std::function<void(std::string_view, std::string_view)>& visit) const {
  struct Frame {
    std::uint32_t state, arc;
    std::size_t surface, analysis;
  };
  std::string surface, analysis;
  std::vector<char> on_path(words_.final.size(), 0);
  std::vector<Frame> stack{{words_.initial, words_.first_arc[words_.initial], 0, 0}};
  on_path[words_.initial] = 1;
  while (!stack.empty()) {
    Frame& f = stack.back();
    surface.resize(f.surface);
    analysis.resize(f.analysis);
    if (f.arc == words_.first_arc[f.state + 1]) {
      on_path[f.state] = 0;
      stack.pop_back();
      continue;
    }
    const Arc arc = words_.arcs[f.arc++];
    if (on_path[arc.to] != 0 || stack.size() > kLongestPath) continue;
    surface += in_[arc.symbol];
    analysis += out_[arc.symbol];
    if (words_.final[arc.to] != 0) visit(surface, analysis);
    on_path[arc.to] = 1;
    stack.push_back({arc.to, words_.first_arc[arc.to], surface.size(), analysis.size()});
  }
}

}  // namespace spalte::language::tools
