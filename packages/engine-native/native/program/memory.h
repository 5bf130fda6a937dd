// Memory: aligned allocations, all of which are counted.
#pragma once

#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <utility>
#include <vector>

#include "pages.h"

namespace netspace {

// Bytes that are allocated now. What allocates, counts: nobody has to say sizes a second time.
class Tally {
 public:
  Tally() = default;
  Tally(const Tally&) = delete;
  Tally& operator=(const Tally&) = delete;

  size_t bytes() const { return bytes_; }
  void add(size_t bytes) { bytes_ += bytes; }
  void remove(size_t bytes) { bytes_ -= bytes; }

 private:
  size_t bytes_ = 0;
};

// Zeroed floats, aligned to a cache line, counted in a tally that must outlive them.
class AlignedFloats {
 public:
  AlignedFloats() = default;
  AlignedFloats(Tally& tally, size_t count) : count_(count) {
    if (count == 0) return;
    const size_t bytes = count * sizeof(float);
    is_large_ = bytes >= 2 * kLargePage;
    bytes_ = is_large_ ? roundUp(bytes, kLargePage) : roundUp(bytes, kCacheLine);
    data_ = static_cast<float*>(is_large_ ? mapZeroPages(bytes_) : std::aligned_alloc(kCacheLine, bytes_));
    if (!data_) throw std::bad_alloc();
    if (!is_large_) std::memset(data_, 0, bytes_);
    tally_ = &tally;
    tally.add(bytes_);
  }
  AlignedFloats(AlignedFloats&& other) noexcept { swap(other); }
  AlignedFloats& operator=(AlignedFloats&& other) noexcept {
    swap(other);
    return *this;
  }
  AlignedFloats(const AlignedFloats&) = delete;
  AlignedFloats& operator=(const AlignedFloats&) = delete;
  ~AlignedFloats() {
    if (!tally_) return;
    tally_->remove(bytes_);
    if (is_large_) {
      unmapPages(data_, bytes_);
    } else {
      std::free(data_);
    }
  }

  float* data() const { return data_; }
  size_t size() const { return count_; }

 private:
  static constexpr size_t kCacheLine = 64;

  static size_t roundUp(size_t bytes, size_t unit) { return (bytes + unit - 1) / unit * unit; }

  void swap(AlignedFloats& other) {
    std::swap(data_, other.data_);
    std::swap(count_, other.count_);
    std::swap(bytes_, other.bytes_);
    std::swap(tally_, other.tally_);
    std::swap(is_large_, other.is_large_);
  }

  float* data_ = nullptr;
  size_t count_ = 0, bytes_ = 0;
  Tally* tally_ = nullptr;
  bool is_large_ = false;
};

// Counts what a container of the standard library allocates.
template <typename T>
class CountingAllocator {
 public:
  using value_type = T;

  explicit CountingAllocator(Tally& tally) : tally_(&tally) {}
  template <typename Other>
  CountingAllocator(const CountingAllocator<Other>& other) : tally_(other.tally()) {}

  Tally* tally() const { return tally_; }
  T* allocate(size_t count) {
    T* memory = std::allocator<T>().allocate(count);
    tally_->add(count * sizeof(T));
    return memory;
  }
  void deallocate(T* memory, size_t count) {
    tally_->remove(count * sizeof(T));
    std::allocator<T>().deallocate(memory, count);
  }

 private:
  Tally* tally_;
};

template <typename A, typename B>
bool operator==(const CountingAllocator<A>& a, const CountingAllocator<B>& b) {
  return a.tally() == b.tally();
}
template <typename A, typename B>
bool operator!=(const CountingAllocator<A>& a, const CountingAllocator<B>& b) {
  return !(a == b);
}

template <typename T>
using CountedVector = std::vector<T, CountingAllocator<T>>;

}  // namespace netspace
