// How is the line drawn?
#include "indexer/progress_bar.h"

#include <ostream>

#include <fmt/format.h>

namespace spalte::indexer {

void ProgressBar::update(const Progress& p) {
  if (!shown_) return;
  const auto now = std::chrono::steady_clock::now();
  const bool new_stage = p.stage != stage_;
  if (new_stage) {
    stage_ = p.stage;
    stage_start_ = now;
  }
  if (!new_stage && now - last_ < std::chrono::milliseconds(100)) return;
  last_ = now;
  drawn_ = true;
  if (p.total == 0) {
    err_ << fmt::format("\r\x1b[K{} …", p.stage) << std::flush;
    return;
  }
  const double seconds = std::chrono::duration<double>(now - stage_start_).count();
  const double rate = seconds > 0.5 ? static_cast<double>(p.done) / seconds : 0;
  constexpr int kWidth = 30;
  const int filled = static_cast<int>(kWidth * p.done / p.total);
  std::string line = fmt::format("\r\x1b[K{} [{:<30}] {} / {}", p.stage,
                                 std::string(static_cast<std::size_t>(std::min(filled, kWidth)), '='), grouped(p.done),
                                 grouped(p.total));
  if (rate > 0) {
    const auto left = static_cast<std::int64_t>(static_cast<double>(p.total - p.done) / rate);
    line += fmt::format("  {}/s  {}:{:02} left", grouped(static_cast<std::int64_t>(rate)), left / 60, left % 60);
  }
  err_ << line << std::flush;
}

void ProgressBar::clear() {
  if (drawn_) err_ << "\r\x1b[K" << std::flush;
  drawn_ = false;
}

std::string grouped(std::int64_t n) {
  std::string digits = std::to_string(n);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

}  // namespace spalte::indexer
