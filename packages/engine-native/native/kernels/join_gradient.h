// The gradient of a join, and the sums over the batch that batch normalisation needs, forward and backward; see
// JoinBackwardArgs and ChannelSumsArgs.
#pragma once

#include "numbers.h"

namespace netspace {
namespace NETSPACE_ISA {

constexpr int kPartialPixels = 512;  // summed in float32 before they are added in double precision

// Sums over pixels: of the gradient, and of its products with what was normalised.
template <int Count>
struct GradientSums {
  Pixels<Count> sum{}, product{}, product2{};
};

// A block of the gradient. Kept: y, the mask and m; Other: the second gradient.
template <typename Kept, typename Other, Mask M, bool Two, int Normalised, bool Sums>
struct GradientBlock {
  const JoinBackwardArgs& a;
  const float *g, *g2, *source, *y, *y2;
  float* m;
  Vector scale, shift, mean, mean2;

  NETSPACE_INLINE GradientBlock(const JoinBackwardArgs& args, int b) : a(args) {
    const ptrdiff_t channel = b * kLanes;
    g = a.gradients[0] + b * a.gradientBlocks[0];
    g2 = Two ? a.gradients[1] + b * a.gradientBlocks[1] : nullptr;
    source = M == Mask::kNone ? nullptr : a.maskSource + b * a.maskBlock;
    y = Normalised > 0 ? a.y[0] + b * a.yBlocks[0] : nullptr;
    y2 = Normalised > 1 ? a.y[1] + b * a.yBlocks[1] : nullptr;
    m = a.m + b * a.mBlock;
    scale = M == Mask::kPositiveAffine ? load(a.maskScale + channel) : zeros();
    shift = M == Mask::kPositiveAffine ? load(a.maskShift + channel) : zeros();
    mean = Normalised > 0 ? load(a.mean[0] + channel) : zeros();
    mean2 = Normalised > 1 ? load(a.mean[1] + channel) : zeros();
  }

  // Keeps the pixels from p on, so many, and adds them up.
  template <int Count>
  NETSPACE_INLINE void add(GradientSums<Count>& sums, ptrdiff_t p) const {
    Pixels<Count> v = Floats::load<Count>(g, p);
    if (Two) v += Other::template load<Count>(g2, p);
    if (M == Mask::kPositive) v = where(Kept::template load<Count>(source, p), v);
    if (M == Mask::kPositiveAffine)
      v = where(Kept::template load<Count>(source, p) * repeat<Count>(scale) + repeat<Count>(shift), v);
    const Pixels<Count> centred =
        Normalised > 0 ? Kept::template load<Count>(y, p) - repeat<Count>(mean) : Pixels<Count>{};
    const Pixels<Count> centred2 =
        Normalised > 1 ? Kept::template load<Count>(y2, p) - repeat<Count>(mean2) : Pixels<Count>{};
    v = Kept::template keep<Count>(m, p, v, a.streams);
    if (Sums) sums.sum += v;
    if (Normalised > 0) sums.product += v * centred;
    if (Normalised > 1) sums.product2 += v * centred2;
  }

  NETSPACE_INLINE GradientSums<1> addAll(ptrdiff_t p, ptrdiff_t end) const {
    GradientSums<kPassPixels> sums;
#pragma GCC unroll 4
    for (; p + kPassLanes <= end; p += kPassLanes) add(sums, p);
    GradientSums<1> totals = {total(sums.sum), total(sums.product), total(sums.product2)};
    if (p < end) add(totals, p);
    return totals;
  }
};

template <typename Kept, typename Other, Mask M, bool Two, int Normalised, bool Sums>
void joinBackwardAs(const JoinBackwardArgs& a) {
  const ptrdiff_t row = static_cast<ptrdiff_t>(a.blocks) * kLanes;
  for (int b = 0; b < a.blocks; b++) {
    const GradientBlock<Kept, Other, M, Two, Normalised, Sums> block(a, b);
    double* sums = a.sums + b * kLanes;
    for (int start = 0; start < a.pixels; start += kPartialPixels) {
      const ptrdiff_t end = smaller(a.pixels, start + kPartialPixels);
      const GradientSums<1> totals = block.addAll(static_cast<ptrdiff_t>(start) * kLanes, end * kLanes);
      if (Sums) addTo(sums, totals.sum);
      if (Normalised > 0) addTo(sums + row, totals.product);
      if (Normalised > 1) addTo(sums + 2 * row, totals.product2);
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

// Sums over the pixels of a row, in four parts.
template <int Count>
struct RowSums {
  Pixels<Count> sum[4]{}, square[4]{};
  NETSPACE_INLINE void add(int part, Pixels<Count> v) {
    sum[part] += v;
    square[part] += v * v;
  }
};

// A row of a map, which is kept where it is `Stored`.
template <bool Stored>
struct SummedRow {
  const float* x;
  float* stored;
  Vector shift;
  bool streams;

  template <int Count>
  NETSPACE_INLINE Pixels<Count> at(ptrdiff_t p) const {
    const Pixels<Count> v = Floats::load<Count>(x, p);
    return (Stored ? Halves::keep<Count>(stored, p, v, streams) : v) - repeat<Count>(shift);
  }

  NETSPACE_INLINE RowSums<1> addAll(ptrdiff_t p, ptrdiff_t end) const {
    RowSums<kPassPixels> sums;
    for (; p + 4 * kPassLanes <= end; p += 4 * kPassLanes)
#pragma GCC unroll 4
      for (int i = 0; i < 4; i++) sums.add(i, at<kPassPixels>(p + i * kPassLanes));
    RowSums<1> totals;
#pragma GCC unroll 4
    for (int i = 0; i < 4; i++) {
      totals.sum[i] = total(sums.sum[i]);
      totals.square[i] = total(sums.square[i]);
    }
    for (; p < end; p += kLanes) totals.add(0, at<1>(p));
    return totals;
  }
};

template <bool Stored>
void channelSumsAs(const ChannelSumsArgs& a) {
  const ptrdiff_t squares = static_cast<ptrdiff_t>(a.blocks) * kLanes;
  for (int b = 0; b < a.blocks; b++) {
    double* sums = a.sums + b * kLanes;
    for (int r = 0; r < a.rows; r++) {
      float* stored = Stored ? a.stored + b * a.storedBlock + r * a.storedRow : nullptr;
      const SummedRow<Stored> row = {a.x + b * a.block + r * a.row, stored, load(a.shift + b * kLanes), a.streams};
      for (int start = 0; start < a.columns; start += kPartialPixels) {
        const ptrdiff_t end = smaller(a.columns, start + kPartialPixels);
        const auto [sum, square] = row.addAll(static_cast<ptrdiff_t>(start) * kLanes, end * kLanes);
        addTo(sums, (sum[0] + sum[1]) + (sum[2] + sum[3]));
        if (a.squares) addTo(sums + squares, (square[0] + square[1]) + (square[2] + square[3]));
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
