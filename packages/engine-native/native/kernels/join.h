// Batch normalisation, addition and ReLU in one pass over the activations, forward and backward; see JoinForwardArgs and
// JoinBackwardArgs. Batch normalisation is an affine map of each channel once the statistics are known.
#pragma once

#include "vector.h"

namespace netspace {
namespace NETSPACE_ISA {

enum class Second { kNone, kPlain, kAffine };

template <bool Affine, Second Other, bool Relu>
void joinForwardAs(const JoinForwardArgs& a) {
  const JoinTerm& first = a.terms[0];
  const JoinTerm& second = a.terms[1];
  for (int b = 0; b < a.blocks; b++) {
    const ptrdiff_t channel = b * kLanes;
    const Vector scale = Affine ? load(first.scale + channel) : zeros();
    const Vector scale2 = Other == Second::kAffine ? load(second.scale + channel) : zeros();
    Vector shift = Affine ? load(first.shift + channel) : zeros();
    if (Other == Second::kAffine && second.shift) shift += load(second.shift + channel);
    float* out = a.out + b * a.outBlock;
    for (int r = 0; r < a.rows; r++) {
      const float* x = first.x + b * first.block + r * first.row;
      const float* x2 = second.x + b * second.block + r * second.row;
      float* o = out + r * a.outRow;
#pragma GCC unroll 4
      for (ptrdiff_t p = 0; p < static_cast<ptrdiff_t>(a.columns) * kLanes; p += kLanes) {
        Vector v = load(x + p);
        if (Affine) v = v * scale + shift;
        else if (Other == Second::kAffine) v += shift;
        if (Other == Second::kPlain) v += load(x2 + p);
        if (Other == Second::kAffine) v += load(x2 + p) * scale2;
        store(o + p, Relu ? atLeast(v, zeros()) : v);
      }
    }
  }
}

template <bool Affine, Second Other>
void joinForwardWith(const JoinForwardArgs& a) {
  if (a.relu) joinForwardAs<Affine, Other, true>(a);
  else joinForwardAs<Affine, Other, false>(a);
}

void joinForward(const JoinForwardArgs& a) {
  const bool affine = a.terms[0].scale != nullptr;
  const Second other = a.termCount < 2 ? Second::kNone : a.terms[1].scale ? Second::kAffine : Second::kPlain;
  if (other == Second::kNone) affine ? joinForwardWith<true, Second::kNone>(a) : joinForwardWith<false, Second::kNone>(a);
  if (other == Second::kPlain) affine ? joinForwardWith<true, Second::kPlain>(a) : joinForwardWith<false, Second::kPlain>(a);
  if (other == Second::kAffine) affine ? joinForwardWith<true, Second::kAffine>(a) : joinForwardWith<false, Second::kAffine>(a);
}

constexpr int kPartialPixels = 512;  // summed in float32 before they are added in double precision

template <Mask M, bool Two, int Normalised, bool Sums>
void joinBackwardAs(const JoinBackwardArgs& a) {
  const ptrdiff_t row = static_cast<ptrdiff_t>(a.blocks) * kLanes;
  for (int b = 0; b < a.blocks; b++) {
    const ptrdiff_t channel = b * kLanes;
    const float* g = a.gradients[0] + b * a.gradientBlocks[0];
    const float* g2 = Two ? a.gradients[1] + b * a.gradientBlocks[1] : nullptr;
    const float* source = M == Mask::kNone ? nullptr : a.maskSource + b * a.maskBlock;
    const float* y = Normalised > 0 ? a.y[0] + b * a.yBlocks[0] : nullptr;
    const float* y2 = Normalised > 1 ? a.y[1] + b * a.yBlocks[1] : nullptr;
    float* m = a.m + b * a.mBlock;
    const Vector scale = M == Mask::kPositiveAffine ? load(a.maskScale + channel) : zeros();
    const Vector shift = M == Mask::kPositiveAffine ? load(a.maskShift + channel) : zeros();
    const Vector mean = Normalised > 0 ? load(a.mean[0] + channel) : zeros();
    const Vector mean2 = Normalised > 1 ? load(a.mean[1] + channel) : zeros();
    for (int start = 0; start < a.pixels; start += kPartialPixels) {
      const ptrdiff_t end = static_cast<ptrdiff_t>(smaller(a.pixels, start + kPartialPixels)) * kLanes;
      Vector sum = zeros(), product = zeros(), product2 = zeros();
#pragma GCC unroll 4
      for (ptrdiff_t p = static_cast<ptrdiff_t>(start) * kLanes; p < end; p += kLanes) {
        Vector v = load(g + p);
        if (Two) v += load(g2 + p);
        if (M == Mask::kPositive) v = where(load(source + p), v);
        if (M == Mask::kPositiveAffine) v = where(load(source + p) * scale + shift, v);
        if (Sums) sum += v;
        if (Normalised > 0) product += v * (load(y + p) - mean);
        if (Normalised > 1) product2 += v * (load(y2 + p) - mean2);
        store(m + p, v);
      }
      if (Sums) addTo(a.sums + channel, sum);
      if (Normalised > 0) addTo(a.sums + row + channel, product);
      if (Normalised > 1) addTo(a.sums + 2 * row + channel, product2);
    }
  }
}

template <Mask M, bool Two>
void joinBackwardWith(const JoinBackwardArgs& a) {
  if (a.normalised == 0) joinBackwardAs<M, Two, 0, false>(a);
  if (a.normalised == 1) joinBackwardAs<M, Two, 1, true>(a);
  if (a.normalised == 2) joinBackwardAs<M, Two, 2, true>(a);
}

template <Mask M>
void joinBackwardMasked(const JoinBackwardArgs& a) {
  if (a.gradients[1]) joinBackwardWith<M, true>(a);
  else joinBackwardWith<M, false>(a);
}

void joinBackward(const JoinBackwardArgs& a) {
  if (a.mask == Mask::kNone) joinBackwardMasked<Mask::kNone>(a);
  if (a.mask == Mask::kPositive) joinBackwardMasked<Mask::kPositive>(a);
  if (a.mask == Mask::kPositiveAffine) joinBackwardMasked<Mask::kPositiveAffine>(a);
}

void channelSums(const ChannelSumsArgs& a) {
  const ptrdiff_t squares = static_cast<ptrdiff_t>(a.blocks) * kLanes;
  for (int b = 0; b < a.blocks; b++) {
    const Vector shift = load(a.shift + b * kLanes);
    for (int r = 0; r < a.rows; r++) {
      const float* x = a.x + b * a.block + r * a.row;
      for (int start = 0; start < a.columns; start += kPartialPixels) {
        const int end = smaller(a.columns, start + kPartialPixels);
        Vector sum[4] = {}, square[4] = {};
        int p = start;
        for (; p + 4 <= end; p += 4)
#pragma GCC unroll 4
          for (int i = 0; i < 4; i++) {
            const Vector v = load(x + (p + i) * kLanes) - shift;
            sum[i] += v;
            square[i] += v * v;
          }
        for (; p < end; p++) {
          const Vector v = load(x + p * kLanes) - shift;
          sum[0] += v;
          square[0] += v * v;
        }
        addTo(a.sums + b * kLanes, (sum[0] + sum[1]) + (sum[2] + sum[3]));
        if (a.squares) addTo(a.sums + squares + b * kLanes, (square[0] + square[1]) + (square[2] + square[3]));
      }
    }
  }
}

}  // namespace NETSPACE_ISA
}  // namespace netspace
