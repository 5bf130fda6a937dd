#include "team.h"

#if defined(__x86_64__)
#include <xmmintrin.h>
#endif

namespace netspace {

FlushToZero::FlushToZero() {
#if defined(__x86_64__)
  saved_ = _mm_getcsr();
  _mm_setcsr(static_cast<unsigned>(saved_) | 0x8040);
#elif defined(__aarch64__)
  asm volatile("mrs %0, fpcr" : "=r"(saved_));
  asm volatile("msr fpcr, %0" : : "r"(saved_ | (uint64_t{1} << 24)));
#endif
}

FlushToZero::~FlushToZero() {
#if defined(__x86_64__)
  _mm_setcsr(static_cast<unsigned>(saved_));
#elif defined(__aarch64__)
  asm volatile("msr fpcr, %0" : : "r"(saved_));
#endif
}

namespace {

// A part takes milliseconds, a sleeping thread tens of microseconds to wake: so long a thread looks before it sleeps.
constexpr int kLooks = 4000;

void pause() {
#if defined(__x86_64__)
  _mm_pause();
#elif defined(__aarch64__)
  asm volatile("yield");
#endif
}

}  // namespace

Team::Team(int threads) {
  for (int thread = 1; thread < threads; thread++) others_.emplace_back([this, thread] { serve(thread); });
}

Team::~Team() {
  closing_ = true;
  wakeAll();
  for (std::thread& other : others_) other.join();
}

// Every change that somebody may wait for is followed by wakeAll().
template <typename Condition>
void Team::wait(Condition condition) {
  for (int look = 0; look < kLooks; look++) {
    if (condition()) return;
    pause();
  }
  std::unique_lock<std::mutex> lock(mutex_);
  changed_.wait(lock, condition);
}

void Team::wakeAll() {
  if (others_.empty()) return;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
  }
  changed_.notify_all();
}

void Team::serve(int thread) {
  const FlushToZero flush;
  for (int served = 0;; served++) {
    wait([&] { return rounds_ > served || closing_; });
    if (closing_) return;
    takeParts(thread);
    atWork_--;
    wakeAll();
  }
}

void Team::takeParts(int thread) {
  for (int part = next_++; part < round_.parts; part = next_++) {
    (*round_.run)(thread, part);
    wait([&] { return added_ == part; });
    (*round_.add)(thread, part);
    added_++;
    wakeAll();
  }
}

void Team::forEachPart(int parts, const PartFunction& run, const PartFunction& add) {
  round_ = {parts, &run, &add};
  next_ = 0;
  added_ = 0;
  atWork_ = static_cast<int>(others_.size());
  rounds_++;
  wakeAll();
  takeParts(0);
  wait([&] { return atWork_ == 0; });
}

}  // namespace netspace
