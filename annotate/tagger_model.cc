// Is a model file whole, and where in it lies what?
#include "annotate/tagger_model.h"

#include "annotate/tagger.h"
#include "annotate/tagger_hash.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace spalte::annotate {
namespace {

static_assert(std::endian::native == std::endian::little, "the model is mapped as it lies on disk");
static_assert(sizeof(ModelHeader) % 8 == 0);

constexpr std::size_t kMaxTypes = 63;  // a label must fit in a byte
constexpr std::uint64_t kMaxBits = 24;
constexpr std::string_view kHint = "install the program's data again, or name another file with --model";

/// A section as a span, or false where it leaves the file or is not aligned.
template <typename T>
bool view(std::string_view bytes, const ModelSection& section, std::span<const T>& out) {
  if (section.offset % alignof(T) != 0 || section.offset > bytes.size() ||
      section.count > (bytes.size() - section.offset) / sizeof(T)) {
    return false;
  }
  out = {reinterpret_cast<const T*>(bytes.data() + section.offset), static_cast<std::size_t>(section.count)};
  return true;
}

bool ascending(std::span<const std::uint32_t> offsets, std::size_t end) {
  return !offsets.empty() && offsets.front() == 0 && offsets.back() == end &&
         std::is_sorted(offsets.begin(), offsets.end());
}

bool view(std::string_view bytes, const ModelTable& table, KeyTable& out) {
  std::span<const std::uint32_t> offsets, keys;
  if (table.bits < 1 || table.bits > kMaxBits || !view(bytes, table.offsets, offsets) ||
      !view(bytes, table.keys, keys)) {
    return false;
  }
  if (offsets.size() != (std::size_t{1} << table.bits) + 1 || !ascending(offsets, keys.size())) return false;
  out = KeyTable(offsets, keys, static_cast<unsigned>(table.bits));
  return true;
}

std::vector<std::string> lines(std::span<const char> text) {
  std::vector<std::string> out;
  std::string line;
  for (char c : text) {
    if (c == '\n') {
      out.push_back(std::move(line));
      line.clear();
    } else {
      line += c;
    }
  }
  return out;
}

}  // namespace

std::uint64_t model_checksum(std::string_view bytes) {
  std::uint64_t sum = 0x9e3779b97f4a7c15ULL ^ bytes.size();
  std::size_t i = 0;
  for (; i + 8 <= bytes.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, bytes.data() + i, 8);
    sum = std::rotl(sum ^ word, 29) * 0xd6e8feb86659fd93ULL;
  }
  for (; i < bytes.size(); ++i) sum = std::rotl(sum ^ static_cast<unsigned char>(bytes[i]), 29) * 0xd6e8feb86659fd93ULL;
  return mix_hash(sum);
}

void TaggerModel::add_scores(std::span<const std::uint64_t> features, float* scores) const {
  constexpr std::size_t kTogether = 32;
  if (features_.size() == 0) return;
  std::array<std::size_t, kTogether> found;
  while (!features.empty()) {
    const auto some = features.first(std::min(kTogether, features.size()));
    features = features.subspan(some.size());
    for (const std::uint64_t f : some) features_.fetch_bucket(f);
    for (const std::uint64_t f : some) features_.fetch_keys(f);
    std::size_t count = 0;
    for (const std::uint64_t f : some) {
      const std::size_t row = features_.find(f);
      if (row == KeyTable::kNone) continue;
      __builtin_prefetch(rows_.data() + row);
      found[count++] = row;
    }
    for (std::size_t i = 0; i < count; ++i) __builtin_prefetch(weights_.data() + rows_[found[i]]);
    for (std::size_t i = 0; i < count; ++i) add_row(found[i], scores);
  }
}

TaggerModel::~TaggerModel() {
  if (!bytes_.empty()) ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
}

Status TaggerModel::read() {
  const auto damaged = [](std::string_view what) {
    return fail(ErrorCode::bad_data, fmt::format("is damaged: {}", what), std::string(kHint));
  };
  ModelHeader header;
  if (bytes_.size() < sizeof header) return damaged("shorter than its header");
  std::memcpy(&header, bytes_.data(), sizeof header);
  if (std::string_view(header.magic, sizeof header.magic) != kModelMagic) {
    return fail(ErrorCode::bad_data, "is no model of this version of the program", std::string(kHint));
  }
  if (header.size != bytes_.size()) {
    return damaged(fmt::format("{} bytes long instead of {}", bytes_.size(), header.size));
  }
  if (header.checksum != model_checksum(bytes_.substr(sizeof header))) return damaged("its checksum is another");

  std::span<const char> types;
  if (!view(bytes_, header.types, types)) return damaged("types");
  labels_ = LabelScheme(lines(types));
  if (labels_.types().empty() || labels_.types().size() > kMaxTypes) return damaged("types");
  if (!view(bytes_, header.transitions, transitions_) || transitions_.size() != labels_.size() * labels_.size()) {
    return damaged("transitions");
  }
  if (!std::all_of(transitions_.begin(), transitions_.end(), [](float x) { return std::isfinite(x); }) ||
      !std::isfinite(header.scale) || !std::isfinite(header.sharing)) {
    return damaged("transitions");
  }
  scale_ = header.scale;
  sharing_ = header.sharing;
  if (!view(bytes_, header.features, features_) || !view(bytes_, header.rows, rows_) ||
      !view(bytes_, header.weights, weights_) || rows_.size() != features_.size() + 1 ||
      !ascending(rows_, weights_.size())) {
    return damaged("features");
  }
  const std::size_t label_count = labels_.size();
  if (std::any_of(weights_.begin(), weights_.end(), [&](std::uint16_t w) { return (w & 0xffU) >= label_count; })) {
    return damaged("weights");
  }
  KeyTable words, cases;
  std::span<const std::uint32_t> clusters;
  std::span<const std::uint8_t> bins;
  if (!view(bytes_, header.words, words) || !view(bytes_, header.clusters, clusters) ||
      clusters.size() != words.size()) {
    return damaged("words");
  }
  if (!view(bytes_, header.cases, cases) || !view(bytes_, header.bins, bins) || bins.size() != cases.size()) {
    return damaged("cases");
  }
  lexicon_ = WordLexicon(words, clusters, cases, bins);
  version_ = fmt::format("{:016x}", header.checksum);
  return {};
}

Result<std::shared_ptr<const TaggerModel>> open_tagger_model(const std::string& path) {
  const auto unreadable = [&] {
    return fail(ErrorCode::bad_data, fmt::format("the actor model {} cannot be read: {}", path, std::strerror(errno)),
                std::string(kHint));
  };
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return unreadable();
  struct stat status {};
  if (::fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(file);
    return unreadable();
  }
  // A private constructor: make_shared cannot reach it.
  std::shared_ptr<TaggerModel> model(new TaggerModel());
  if (status.st_size > 0) {
    void* mapped = ::mmap(nullptr, static_cast<std::size_t>(status.st_size), PROT_READ, MAP_PRIVATE, file, 0);
    if (mapped == MAP_FAILED) {
      ::close(file);
      return unreadable();
    }
    model->bytes_ = {static_cast<const char*>(mapped), static_cast<std::size_t>(status.st_size)};
  }
  ::close(file);
  if (Status read = model->read(); !read) {
    Error error = std::move(read.error());
    error.message = fmt::format("the actor model {} {}", path, error.message);
    return tl::unexpected<Error>(std::move(error));
  }
  return std::shared_ptr<const TaggerModel>(std::move(model));
}

}  // namespace spalte::annotate
