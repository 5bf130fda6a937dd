// Maps times a factor for each channel, and sums over pixels: squeeze and excitation, and average pooling. See
// ScaleArgs. Products are rounded before they are added, and sums go over the pixels in order: the results have the
// same bits on every instruction set. Several blocks are summed at once, so that additions need not wait for one
// another.
#pragma once

#include "vector.h"

namespace netspace {
namespace NETSPACE_ISA {

// a * b, which compilers may not make one multiply-add with a sum.
NETSPACE_INLINE Vector product(Vector a, Vector b) {
  Vector v = a * b;
#if defined(__AVX__)
  asm("" : "+x"(v));
#endif
  return v;
}

template <bool Accumulate>
void scaleAs(const ScaleArgs& a) {
  for (int b = 0; b < a.blocks; b++) {
    const Vector factor = load(a.factor + b * a.factorBlock);
    const float* x = a.x + b * a.xBlock;
    float* out = a.out + b * a.outBlock;
#pragma GCC unroll 4
    for (ptrdiff_t p = 0; p < static_cast<ptrdiff_t>(a.pixels) * kLanes; p += kLanes) {
      const Vector v = product(load(x + p), factor);
      store(out + p, Accumulate ? load(out + p) + v : v);
    }
  }
}

void scale(const ScaleArgs& a) {
  if (a.accumulate) scaleAs<true>(a);
  else scaleAs<false>(a);
}

template <bool Accumulate>
void spreadAs(const ScaleArgs& a) {
  for (int b = 0; b < a.blocks; b++) {
    const Vector share = product(load(a.x + b * a.xBlock), everywhere(*a.factor));
    float* out = a.out + b * a.outBlock;
#pragma GCC unroll 4
    for (ptrdiff_t p = 0; p < static_cast<ptrdiff_t>(a.pixels) * kLanes; p += kLanes)
      store(out + p, Accumulate ? load(out + p) + share : share);
  }
}

void spreadPixels(const ScaleArgs& a) {
  if (a.accumulate) spreadAs<true>(a);
  else spreadAs<false>(a);
}

// sum[i] = those of the block b + i, each pixel as value(block, offset) says.
template <int Blocks, typename Value>
NETSPACE_INLINE void sumBlocks(Vector (&sum)[Blocks], int pixels, Value value) {
  for (ptrdiff_t p = 0; p < static_cast<ptrdiff_t>(pixels) * kLanes; p += kLanes)
#pragma GCC unroll 4
    for (int i = 0; i < Blocks; i++) sum[i] += value(i, p);
}

template <int Blocks>
NETSPACE_INLINE void sumProducts(const ScaleSumArgs& a, int block) {
  const float* x = a.x + block * a.xBlock;
  const float* y = a.y + block * a.yBlock;
  Vector sum[Blocks] = {};
  sumBlocks<Blocks>(sum, a.pixels, [&](int i, ptrdiff_t p) __attribute__((always_inline)) {
    return product(load(x + i * a.xBlock + p), load(y + i * a.yBlock + p));
  });
#pragma GCC unroll 4
  for (int i = 0; i < Blocks; i++) {
    float* out = a.out + (block + i) * a.outBlock;
    store(out, a.accumulate ? load(out) + sum[i] : sum[i]);
  }
}

template <int Blocks>
NETSPACE_INLINE void sumPixelsOf(const ScaleSumArgs& a, int block) {
  const float* x = a.x + block * a.xBlock;
  Vector sum[Blocks] = {};
  sumBlocks<Blocks>(sum, a.pixels,
                    [&](int i, ptrdiff_t p) __attribute__((always_inline)) { return load(x + i * a.xBlock + p); });
#pragma GCC unroll 4
  for (int i = 0; i < Blocks; i++) store(a.out + (block + i) * a.outBlock, product(sum[i], everywhere(a.factor)));
}

void scaleSums(const ScaleSumArgs& a) {
  int b = 0;
  for (; b + 4 <= a.blocks; b += 4) sumProducts<4>(a, b);
  for (; b < a.blocks; b++) sumProducts<1>(a, b);
}

void sumPixels(const ScaleSumArgs& a) {
  int b = 0;
  for (; b + 4 <= a.blocks; b += 4) sumPixelsOf<4>(a, b);
  for (; b < a.blocks; b++) sumPixelsOf<1>(a, b);
}

}  // namespace NETSPACE_ISA
}  // namespace netspace
