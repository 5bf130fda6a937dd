// Pages of memory from the system: zero, and taken only where they are used, so planning a network is quick.
#pragma once

#include <sys/mman.h>

#include <cstdint>

namespace netspace {

constexpr size_t kLargePage = size_t{1} << 21;

// Zeroed bytes, a multiple of the large page and aligned to it, on large pages where the system has them: fewer of its
// addresses must be looked up. Null where there is no memory.
inline void* mapZeroPages(size_t bytes) {
  // A mapping is aligned to small pages alone: take more and give back what lies around.
  const size_t mapped = bytes + kLargePage;
  void* mapping = mmap(nullptr, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapping == MAP_FAILED) return nullptr;
  char* start = static_cast<char*>(mapping);
  const size_t before = (kLargePage - reinterpret_cast<uintptr_t>(start) % kLargePage) % kLargePage;
  if (before > 0) munmap(start, before);
  if (mapped - before > bytes) munmap(start + before + bytes, mapped - before - bytes);
#ifdef MADV_HUGEPAGE
  madvise(start + before, bytes, MADV_HUGEPAGE);
#endif
  return start + before;
}

inline void unmapPages(void* pages, size_t bytes) { munmap(pages, bytes); }

}  // namespace netspace
