// The sums that a kernel keeps in registers while it goes over input channels and taps: lines of P pixels, each line a
// block of output channels (or two), or a row of one block.
#pragma once

#include "vector.h"

namespace netspace {
namespace NETSPACE_ISA {

template <typename V, int L, int P>
using Sums = typename V::Register[L][P];

// Where a tile lies in the output. `block` is the stride between the blocks of one register, if it holds two.
struct TilePlace {
  float* y;
  ptrdiff_t line, pixel, block;
};

// Zeros, or the bias at `bias` and every `biasLine` further; and what is in the output already where `accumulate`.
template <typename V, int L, int P>
NETSPACE_INLINE void beginTile(Sums<V, L, P>& sum, TilePlace at, const float* bias, ptrdiff_t biasLine,
                               bool accumulate) {
#pragma GCC unroll 16
  for (int l = 0; l < L; l++) {
    typename V::Register start{};
    if (bias) start = V::load(bias + l * biasLine, kLanes);
#pragma GCC unroll 16
    for (int p = 0; p < P; p++) sum[l][p] = start;
  }
  if (!accumulate) return;
#pragma GCC unroll 16
  for (int l = 0; l < L; l++)
#pragma GCC unroll 16
    for (int p = 0; p < P; p++) sum[l][p] += V::load(at.y + l * at.line + p * at.pixel, at.block);
}

// Writes the sums, or `floor` where that is more.
template <typename V, int L, int P>
NETSPACE_INLINE void writeTile(const Sums<V, L, P>& sum, TilePlace at, float floor) {
#pragma GCC unroll 16
  for (int l = 0; l < L; l++)
#pragma GCC unroll 16
    for (int p = 0; p < P; p++) V::store(at.y + l * at.line + p * at.pixel, at.block, V::atLeast(sum[l][p], floor));
}

template <typename V, int L, int P>
NETSPACE_INLINE void endTile(const Sums<V, L, P>& sum, TilePlace at, float floor) {
  // Otherwise compilers compute the addresses of all pixels before the tile, and keep them in memory.
  asm("" : "+r"(at.y));
  if (at.pixel == kLanes) writeTile<V, L, P>(sum, {at.y, at.line, kLanes, at.block}, floor);  // fewer addresses
  else writeTile<V, L, P>(sum, at, floor);
}

}  // namespace NETSPACE_ISA
}  // namespace netspace
