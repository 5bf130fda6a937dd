// Memory that is planned: aligned allocations and first-fit placement of buffers by lifetime.
#pragma once

#if defined(__linux__)
#include <sys/mman.h>
#endif

#include <cstdlib>
#include <cstring>
#include <new>
#include <vector>

namespace netspace {

constexpr size_t kLargePage = size_t{1} << 21;

// Zeroed floats, aligned to a cache line.
class AlignedFloats {
 public:
  AlignedFloats() = default;
  explicit AlignedFloats(size_t count) : count_(count) {
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
  }
  AlignedFloats(AlignedFloats&& other) noexcept { swap(other); }
  AlignedFloats& operator=(AlignedFloats&& other) noexcept {
    swap(other);
    return *this;
  }
  AlignedFloats(const AlignedFloats&) = delete;
  AlignedFloats& operator=(const AlignedFloats&) = delete;
  ~AlignedFloats() { std::free(data_); }

  float* data() const { return data_; }
  size_t size() const { return count_; }

 private:
  void swap(AlignedFloats& other) {
    std::swap(data_, other.data_);
    std::swap(count_, other.count_);
  }

  float* data_ = nullptr;
  size_t count_ = 0;
};

// Something that needs `floats` from time `first` to time `last`, both included.
struct Placement {
  size_t floats;
  int first, last;
  size_t offset = 0;
};

// Gives each placement the lowest offset where nothing alive at the same time lies, largest first; returns the total.
size_t placeAll(std::vector<Placement*> placements);

}  // namespace netspace
