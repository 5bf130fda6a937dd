// The sums that a kernel keeps in registers while it goes over input channels and taps: lines of P pixels, each line a
// block of output channels (or two), or a row of one block.
#pragma once

#include "vector.h"

namespace netspace {
namespace NETSPACE_ISA {

template <typename V, int L, int P>
using Sums = typename V::Register[L][P];

// Where a tile lies in the output. Registers that hold two blocks store the second one `second` further; from line
// `firstHalf` on there is none.
struct TilePlace {
  float* y;
  ptrdiff_t line, pixel, second;
  int firstHalf;
};

// Zeros, or the bias at `bias` and every `biasLine` further; and what is in the output already where `accumulate`.
template <typename V, int L, int P>
NETSPACE_INLINE void beginTile(Sums<V, L, P>& sum, const TilePlace& at, const float* bias, ptrdiff_t biasLine,
                               bool accumulate) {
#pragma GCC unroll 16
  for (int l = 0; l < L; l++) {
    typename V::Register start{};
    if (bias) start = V::load(bias + l * biasLine, l < at.firstHalf ? kLanes : 0);
#pragma GCC unroll 16
    for (int p = 0; p < P; p++) sum[l][p] = start;
  }
  if (!accumulate) return;
#pragma GCC unroll 16
  for (int l = 0; l < L; l++)
#pragma GCC unroll 16
    for (int p = 0; p < P; p++)
      sum[l][p] += V::load(at.y + l * at.line + p * at.pixel, l < at.firstHalf ? at.second : 0);
}

// Writes the sums; where `IsFloor`, at least `floor`.
template <typename V, int L, int P, bool IsFloor>
NETSPACE_INLINE void writeTile(const Sums<V, L, P>& sum, const TilePlace& at, float floor) {
#pragma GCC unroll 16
  for (int l = 0; l < L; l++) {
    float* y = at.y + l * at.line;
    const bool half = V::blocks > 1 && l >= at.firstHalf;
#pragma GCC unroll 16
    for (int p = 0; p < P; p++) {
      const typename V::Register v = IsFloor ? V::atLeast(sum[l][p], floor) : sum[l][p];
      if (half) V::storeFirst(y + p * at.pixel, v);
      else V::store(y + p * at.pixel, at.second, v);
    }
  }
}

template <typename V, int L, int P>
NETSPACE_INLINE void endTile(const Sums<V, L, P>& sum, TilePlace at, float floor) {
  // Otherwise compilers compute the addresses of all pixels before the tile, and keep them in memory.
  asm("" : "+r"(at.y));
  const bool isFloor = floor > -__builtin_inff();
  if (at.pixel != kLanes) return writeTile<V, L, P, true>(sum, at, floor);
  at.pixel = kLanes;  // fewer addresses
  if (isFloor) writeTile<V, L, P, true>(sum, at, floor);
  else writeTile<V, L, P, false>(sum, at, floor);
}

}  // namespace NETSPACE_ISA
}  // namespace netspace
