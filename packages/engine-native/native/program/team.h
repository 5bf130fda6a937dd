// Threads that share the parts of a batch.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace netspace {

// While it lives, numbers too small for full precision count as zero on this thread: they would slow arithmetic down a
// hundredfold.
class FlushToZero {
 public:
  FlushToZero();
  ~FlushToZero();
  FlushToZero(const FlushToZero&) = delete;
  FlushToZero& operator=(const FlushToZero&) = delete;

 private:
  uint64_t saved_ = 0;
};

// The calling thread, number 0, and `threads` - 1 others that wait for work.
class Team {
 public:
  using PartFunction = std::function<void(int thread, int part)>;

  explicit Team(int threads);
  ~Team();
  Team(const Team&) = delete;
  Team& operator=(const Team&) = delete;

  int threads() const { return static_cast<int>(others_.size()) + 1; }

  // Calls run for each part, on any of the threads, and then add for the same part on the same thread: add is called
  // for one part at a time, in the order of the parts. Neither may throw. Returns when all is done.
  void forEachPart(int parts, const PartFunction& run, const PartFunction& add);

 private:
  struct Round {
    int parts = 0;
    const PartFunction* run = nullptr;
    const PartFunction* add = nullptr;
  };

  void serve(int thread);
  void takeParts(int thread);
  template <typename Condition>
  void wait(Condition condition);
  void wakeAll();

  Round round_;
  std::atomic<int> rounds_{0};  // begun
  std::atomic<int> next_{0};    // part to be taken
  std::atomic<int> added_{0};   // parts
  std::atomic<int> atWork_{0};  // other threads in the round
  std::atomic<bool> closing_{false};
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::thread> others_;
};

}  // namespace netspace
