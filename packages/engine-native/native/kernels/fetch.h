// Brings memory that is needed soon into the second-level cache while a kernel computes; see Ahead.
#pragma once

#include "vector.h"

namespace netspace {
namespace NETSPACE_ISA {

constexpr int kLineBytes = 64;  // of the cache

NETSPACE_INLINE void fetchLine(const char* p) { __builtin_prefetch(p, 0, 2); }

NETSPACE_INLINE void fetchBytes(Ahead& ahead, int64_t bytes) {
  while (bytes > 0 && ahead.count > 0) {
    Ahead::Range& range = ahead.ranges[ahead.count - 1];
    const char* line = range.next;
    const char* end = range.end - line > bytes ? line + bytes : range.end;
    bytes -= end - line;
    for (; line < end; line += kLineBytes) fetchLine(line);
    range.next = line;
    if (line >= range.end) ahead.count--;
  }
}

// Fetches what is due after so many multiply-adds of vectors; one of pairs counts as two.
NETSPACE_INLINE void fetchAhead(Ahead& ahead, int multiplyAdds) {
  ahead.due += ahead.pace * multiplyAdds;
  fetchBytes(ahead, ahead.due / Ahead::kOne * kLineBytes);
  ahead.due %= Ahead::kOne;
}

// The same in so many `steps`, each after so many multiply-adds: lines one by one hold up a loop less than many at
// once. Where a step is shorter than a line, some lines are asked for twice, which costs less than finding out.
struct FetchSteps {
  const char* next;
  ptrdiff_t step = 0;

  NETSPACE_INLINE FetchSteps(Ahead& ahead, int multiplyAdds, int steps) : next(reinterpret_cast<const char*>(&ahead)) {
    if (ahead.count == 0) return;
    step = ahead.pace * multiplyAdds * kLineBytes / Ahead::kOne + 1;
    if (step > kLineBytes) {
      fetchBytes(ahead, (step - kLineBytes) * steps);
      step = kLineBytes;
      if (ahead.count == 0) return;
    }
    Ahead::Range& range = ahead.ranges[ahead.count - 1];
    next = range.next;
    range.next += step * steps;
    if (range.next >= range.end) ahead.count--;
  }

  NETSPACE_INLINE void go() {
    fetchLine(next);
    next += step;
  }
};

}  // namespace NETSPACE_ISA
}  // namespace netspace
