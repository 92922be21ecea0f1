// Has the user asked to stop?
#pragma once

#include <atomic>

namespace spalte::indexer {

/// While one lives, SIGINT and SIGTERM set `stop()` instead of ending the process; a second one ends it at once. One at
/// a time.
class InterruptGuard {
 public:
  InterruptGuard();
  ~InterruptGuard();
  InterruptGuard(InterruptGuard&&) = delete;
  const std::atomic<bool>& stop() const;
};

}  // namespace spalte::indexer
