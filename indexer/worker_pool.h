// How do many threads work on a stream of jobs within bounded memory?
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace spalte::indexer {

/// Jobs go in from one thread, are done by `threads` workers, and come out, in the order in which they end, to the same
/// thread. At most `bound` jobs are under way and as many results wait. Each worker makes its own tools once
/// (`make_tools` runs in its thread).
template <typename Job, typename Done, typename Tools>
class WorkerPool {
 public:
  WorkerPool(int threads, std::size_t bound, std::function<Tools(int)> make_tools,
             std::function<Done(Job&&, Tools&)> work)
      : bound_(bound) {
    for (int i = 0; i < threads; ++i)
      threads_.emplace_back([this, i, make_tools, work] {
        Tools tools = make_tools(i);
        run(tools, work);
        const std::lock_guard lock(mutex_);
        tools_.push_back(std::move(tools));
      });
  }
  ~WorkerPool() { close(); }
  WorkerPool(WorkerPool&&) = delete;

  bool full() {
    const std::lock_guard lock(mutex_);
    return under_way_ >= bound_;
  }
  void push(Job job) {
    {
      const std::lock_guard lock(mutex_);
      jobs_.push_back(std::move(job));
      ++under_way_;
    }
    wake_workers_.notify_one();
  }
  /// A finished job. Waits for one if `wait` and any is under way; nothing otherwise.
  std::optional<Done> pop(bool wait) {
    std::unique_lock lock(mutex_);
    if (wait) wake_owner_.wait(lock, [this] { return !done_.empty() || under_way_ == 0; });
    if (done_.empty()) return {};
    std::optional<Done> out(std::move(done_.front()));
    done_.pop_front();
    --under_way_;
    return out;
  }
  /// Lets the workers end when all jobs are done, and hands their tools out. No push after it.
  std::vector<Tools> close() {
    {
      const std::lock_guard lock(mutex_);
      closing_ = true;
    }
    wake_workers_.notify_all();
    for (std::thread& t : threads_) t.join();
    threads_.clear();
    return std::move(tools_);
  }

 private:
  void run(Tools& tools, const std::function<Done(Job&&, Tools&)>& work) {
    for (;;) {
      std::unique_lock lock(mutex_);
      wake_workers_.wait(lock, [this] { return !jobs_.empty() || closing_; });
      if (jobs_.empty()) return;
      Job job = std::move(jobs_.front());
      jobs_.pop_front();
      lock.unlock();
      Done done = work(std::move(job), tools);
      lock.lock();
      done_.push_back(std::move(done));
      lock.unlock();
      wake_owner_.notify_one();
    }
  }

  const std::size_t bound_;
  std::mutex mutex_;
  std::condition_variable wake_workers_, wake_owner_;
  std::deque<Job> jobs_;
  std::deque<Done> done_;
  std::vector<Tools> tools_;
  std::size_t under_way_ = 0;  ///< jobs pushed whose results have not been popped
  bool closing_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace spalte::indexer
