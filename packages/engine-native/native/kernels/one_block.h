// 3x3 convolutions from one block to one, which would fill half of a register of 512 bits: two images in a register.
// They are copied to where their channels lie in turn, and multiplied as two groups that have the same weights are
// (interleaved.h). Every sum has the terms that it has in registers of one block, in the same order.
#pragma once

#include "interleaved.h"

namespace netspace {
namespace NETSPACE_ISA {

constexpr int kTaps = 9;

// Copies two maps that are `second` apart, 0: one, into one of Format::kInterleaved. It has gaps where they have.
NETSPACE_INLINE void interleaveMaps(const float* from, ptrdiff_t second, float* to, int rows, ptrdiff_t row,
                                    int columns) {
  for (int r = 0; r < rows; r++)
    for (ptrdiff_t p = r * row; p < r * row + columns * kLanes; p += kLanes)
      *reinterpret_cast<WideVector*>(to + 2 * p) = TwoGroups::load(from + p, second);
}

void oneBlockConvolution(const ConvolutionArgs& a) {
  alignas(64) float x[2 * kMostOneBlockFloats], weights[2 * kTaps * kBlockWeights], bias[2 * kLanes];
  ptrdiff_t taps[kTaps];
  for (int t = 0; t < a.tapCount; t++) taps[t] = 2 * a.taps[t];
  for (int i = 0; i < a.tapCount * kBlockWeights; i += kLanes)
    *reinterpret_cast<WideVector*>(weights + 2 * i) = TwoGroups::load(a.weights + i, 0);
  if (a.bias)
    for (int half = 0; half < 2; half++) store(bias + half * kLanes, load(a.bias));

  const ptrdiff_t row = a.xRow / (a.xPixel / kLanes);
  ConvolutionArgs pair = a;
  pair.x = x;
  pair.xRow = 2 * a.xRow;
  pair.xPixel = 2 * a.xPixel;
  pair.weights = weights;
  pair.bias = a.bias ? bias : nullptr;
  pair.taps = taps;
  pair.yBlock = a.yImage;
  pair.images = 1;
  for (int n = 0; n < a.images; n += 2) {
    const int images = smaller(2, a.images - n);
    interleaveMaps(a.x + n * a.xImage, secondOf(0, images, a.xImage), x, a.xHeight, row, a.xWidth);
    pair.y = a.y + n * a.yImage;
    interleavedConvolution(pair, images);
  }
}

}  // namespace NETSPACE_ISA
}  // namespace netspace
