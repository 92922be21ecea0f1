// How does a long piece of work show how far it is?
#pragma once

#include "indexer/pipeline.h"

#include <chrono>
#include <iosfwd>

namespace spalte::indexer {

/// A line that is drawn over itself on a terminal, with rate and remaining time; nothing elsewhere.
class ProgressBar {
 public:
  ProgressBar(std::ostream& err, bool shown) : err_(err), shown_(shown) {}
  ~ProgressBar() { clear(); }
  ProgressBar(ProgressBar&&) = delete;
  void update(const Progress& progress);
  void clear();

 private:
  std::ostream& err_;
  bool shown_;
  bool drawn_ = false;
  std::string_view stage_;
  std::chrono::steady_clock::time_point stage_start_, last_;
};

/// 12044 → "12,044".
std::string grouped(std::int64_t n);

}  // namespace spalte::indexer
