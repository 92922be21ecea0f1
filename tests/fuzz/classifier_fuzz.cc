// Is there a file of the topics' classifier that is opened and then read beyond its end?
#include "annotate/topic_classifier.h"
#include "tests/fuzz/memory_file.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace spalte::annotate;
  static spalte::fuzz::MemoryFile file;
  file.hold(std::string_view(reinterpret_cast<const char*>(data), size));
  constexpr std::size_t kClasses = 3;
  if (const auto classifier = TopicClassifier::open(file.path(), kClasses)) {
    std::vector<TopicFeature> features;
    for (const std::uint32_t hash : {0U, 1U, 0x01020304U, 0x80000000U, UINT32_MAX})
      features.push_back({hash, classifier->row(hash), 0.5F, false});
    std::vector<float> found;
    classifier->classify(features, found);
    if (found.size() != kClasses) std::abort();
  } else if (classifier.error().message.empty()) {
    std::abort();
  }
  return 0;
}
