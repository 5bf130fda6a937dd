// The gradient of a join, and the sums over the batch that batch normalisation needs, forward and backward; see
// JoinBackwardArgs and ChannelSumsArgs.
#pragma once

#include "numbers.h"

namespace netspace {
namespace NETSPACE_ISA {

constexpr int kPartialPixels = 512;  // summed in float32 before they are added in double precision

// Kept: y, the mask and m; Other: the second gradient.
template <typename Kept, typename Other, Mask M, bool Two, int Normalised, bool Sums>
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
        if (Two) v += Other::load(g2, p);
        if (M == Mask::kPositive) v = where(Kept::load(source, p), v);
        if (M == Mask::kPositiveAffine) v = where(Kept::load(source, p) * scale + shift, v);
        const Vector centred = Normalised > 0 ? Kept::load(y, p) - mean : zeros();
        const Vector centred2 = Normalised > 1 ? Kept::load(y2, p) - mean2 : zeros();
        v = Kept::keep(m, p, v, a.streams);
        if (Sums) sum += v;
        if (Normalised > 0) product += v * centred;
        if (Normalised > 1) product2 += v * centred2;
      }
      if (Sums) addTo(a.sums + channel, sum);
      if (Normalised > 0) addTo(a.sums + row + channel, product);
      if (Normalised > 1) addTo(a.sums + 2 * row + channel, product2);
    }
  }
  if (a.streams) finishStreams();
}

template <typename Kept, typename Other, Mask M, bool Two>
void joinBackwardWith(const JoinBackwardArgs& a) {
  if (a.normalised == 0) joinBackwardAs<Kept, Other, M, Two, 0, false>(a);
  if (a.normalised == 1) joinBackwardAs<Kept, Other, M, Two, 1, true>(a);
  if (a.normalised == 2) joinBackwardAs<Kept, Other, M, Two, 2, true>(a);
}

template <typename Kept, Mask M>
void joinBackwardMasked(const JoinBackwardArgs& a) {
  if (!a.gradients[1]) joinBackwardWith<Kept, Floats, M, false>(a);
  else if (a.secondHalves) joinBackwardWith<Kept, Halves, M, true>(a);
  else joinBackwardWith<Kept, Floats, M, true>(a);
}

template <typename Kept>
void joinBackwardOf(const JoinBackwardArgs& a) {
  if (a.mask == Mask::kNone) joinBackwardMasked<Kept, Mask::kNone>(a);
  if (a.mask == Mask::kPositive) joinBackwardMasked<Kept, Mask::kPositive>(a);
  if (a.mask == Mask::kPositiveAffine) joinBackwardMasked<Kept, Mask::kPositiveAffine>(a);
}

#if !defined(NETSPACE_PAIRS)
void joinBackward(const JoinBackwardArgs& a) {
  if (a.halves) joinBackwardOf<Halves>(a);
  else joinBackwardOf<Floats>(a);
}
#endif

// Keeps x where `Stored`, and sums up what is kept.
template <bool Stored>
void channelSumsAs(const ChannelSumsArgs& a) {
  const ptrdiff_t squares = static_cast<ptrdiff_t>(a.blocks) * kLanes;
  for (int b = 0; b < a.blocks; b++) {
    const Vector shift = load(a.shift + b * kLanes);
    for (int r = 0; r < a.rows; r++) {
      const float* x = a.x + b * a.block + r * a.row;
      float* stored = Stored ? a.stored + b * a.storedBlock + r * a.storedRow : nullptr;
      const auto pixel = [&](int p) __attribute__((always_inline)) {
        const Vector v = load(x + p * kLanes);
        return Stored ? Halves::keep(stored, p * kLanes, v, a.streams) : v;
      };
      for (int start = 0; start < a.columns; start += kPartialPixels) {
        const int end = smaller(a.columns, start + kPartialPixels);
        Vector sum[4] = {}, square[4] = {};
        int p = start;
        for (; p + 4 <= end; p += 4)
#pragma GCC unroll 4
          for (int i = 0; i < 4; i++) {
            const Vector v = pixel(p + i) - shift;
            sum[i] += v;
            square[i] += v * v;
          }
        for (; p < end; p++) {
          const Vector v = pixel(p) - shift;
          sum[0] += v;
          square[0] += v * v;
        }
        addTo(a.sums + b * kLanes, (sum[0] + sum[1]) + (sum[2] + sum[3]));
        if (a.squares) addTo(a.sums + squares + b * kLanes, (square[0] + square[1]) + (square[2] + square[3]));
      }
    }
  }
  if (Stored && a.streams) finishStreams();
}

#if !defined(NETSPACE_PAIRS)
void channelSums(const ChannelSumsArgs& a) {
  if (a.stored) channelSumsAs<true>(a);
  else channelSumsAs<false>(a);
}
#endif

}  // namespace NETSPACE_ISA
}  // namespace netspace
