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

/// Jobs go in from one thread, are done by `threads` workers, and what they deliver comes out, in the order in which it
/// is delivered, to the same thread. About `bound` jobs and pieces of their work are under way. Each worker makes its own
/// tools once (`make_tools` runs in its thread).
template <typename Job, typename Done, typename Tools>
class WorkerPool {
 public:
  WorkerPool(int threads, std::size_t bound, std::function<Tools(int)> make_tools,
             std::function<void(Job&&, Tools&, WorkerPool&)> work)
      : bound_(bound), threads_wanted_(static_cast<std::size_t>(threads)) {
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
    return open_ + done_.size() >= bound_;
  }
  void push(Job job) {
    {
      const std::lock_guard lock(mutex_);
      jobs_.push_back(std::move(job));
      ++open_;
    }
    wake_workers_.notify_one();
  }
  /// What has been delivered. Waits for it if `wait` and any job is under way; nothing otherwise.
  std::optional<Done> pop(bool wait) {
    std::unique_lock lock(mutex_);
    if (wait) wake_owner_.wait(lock, [this] { return !done_.empty() || open_ == 0; });
    if (done_.empty()) return {};
    std::optional<Done> out(std::move(done_.front()));
    done_.pop_front();
    lock.unlock();
    wake_delivery_.notify_one();
    return out;
  }
  /// Lets the workers end when all jobs are done, and hands their tools out. What is delivered after it is dropped when
  /// the pool goes. No push after it.
  std::vector<Tools> close() {
    {
      const std::lock_guard lock(mutex_);
      closing_ = true;
    }
    wake_workers_.notify_all();
    wake_delivery_.notify_all();
    for (std::thread& t : threads_) t.join();
    threads_.clear();
    return std::move(tools_);
  }

  // --- for the workers
  /// A piece of work for the owner. Waits while many wait already.
  void deliver(Done done) {
    std::unique_lock lock(mutex_);
    wake_delivery_.wait(lock, [this] { return done_.size() < bound_ || closing_; });
    done_.push_back(std::move(done));
    lock.unlock();
    wake_owner_.notify_one();
  }
  /// Hands a part of a job to a worker that has nothing to do; false, and the job untouched: none is waiting for any.
  bool offer(Job& job) {
    {
      const std::lock_guard lock(mutex_);
      if (jobs_.size() >= threads_wanted_) return false;
      jobs_.push_front(std::move(job));  // before whole files, so that a file that is begun ends
      ++open_;
    }
    wake_workers_.notify_one();
    return true;
  }

 private:
  void run(Tools& tools, const std::function<void(Job&&, Tools&, WorkerPool&)>& work) {
    for (;;) {
      std::unique_lock lock(mutex_);
      wake_workers_.wait(lock, [this] { return !jobs_.empty() || closing_; });
      if (jobs_.empty()) return;
      Job job = std::move(jobs_.front());
      jobs_.pop_front();
      lock.unlock();
      work(std::move(job), tools, *this);
      lock.lock();
      --open_;
      const bool drained = open_ == 0;
      lock.unlock();
      if (drained) wake_owner_.notify_one();
    }
  }

  const std::size_t bound_;
  const std::size_t threads_wanted_;
  std::mutex mutex_;
  std::condition_variable wake_workers_, wake_owner_, wake_delivery_;
  std::deque<Job> jobs_;
  std::deque<Done> done_;
  std::vector<Tools> tools_;
  std::size_t open_ = 0;  ///< jobs pushed or offered whose work has not ended
  bool closing_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace spalte::indexer
