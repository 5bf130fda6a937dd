// Memory: aligned allocations, all of which are counted.
#pragma once

#if defined(__linux__)
#include <sys/mman.h>
#endif

#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <utility>
#include <vector>

namespace netspace {

constexpr size_t kLargePage = size_t{1} << 21;

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
    // What is large lies on large pages where the system has them: fewer of its addresses must be looked up.
    const size_t alignment = count * sizeof(float) >= 2 * kLargePage ? kLargePage : 64;
    const size_t bytes = (count * sizeof(float) + alignment - 1) / alignment * alignment;
    data_ = static_cast<float*>(std::aligned_alloc(alignment, bytes));
    if (!data_) throw std::bad_alloc();
#ifdef MADV_HUGEPAGE
    if (alignment == kLargePage) madvise(data_, bytes, MADV_HUGEPAGE);
#endif
    std::memset(data_, 0, bytes);
    tally_ = &tally;
    bytes_ = bytes;
    tally.add(bytes);
  }
  AlignedFloats(AlignedFloats&& other) noexcept { swap(other); }
  AlignedFloats& operator=(AlignedFloats&& other) noexcept {
    swap(other);
    return *this;
  }
  AlignedFloats(const AlignedFloats&) = delete;
  AlignedFloats& operator=(const AlignedFloats&) = delete;
  ~AlignedFloats() {
    if (tally_) tally_->remove(bytes_);
    std::free(data_);
  }

  float* data() const { return data_; }
  size_t size() const { return count_; }

 private:
  void swap(AlignedFloats& other) {
    std::swap(data_, other.data_);
    std::swap(count_, other.count_);
    std::swap(bytes_, other.bytes_);
    std::swap(tally_, other.tally_);
  }

  float* data_ = nullptr;
  size_t count_ = 0, bytes_ = 0;
  Tally* tally_ = nullptr;
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
