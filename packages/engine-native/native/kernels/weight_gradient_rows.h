// Gradients of the weights of 3x3 convolutions by rows: CI input channels x the three columns of one kernel row, for
// one register of output channels. Every input value is loaded once for three multiply-adds.
//
// V says what a register holds: OneBlock, or two groups of eight (interleaved.h). With NETSPACE_PAIRS two pixels are
// taken for one.
#pragma once

#include "fetch.h"
#include "numbers.h"
#include "tile.h"

namespace netspace {
namespace NETSPACE_ISA {

// From the first block of a register that holds two to the second one: in dy, if they lie apart there, and in the
// weights; 0: there is none.
struct SecondBlock {
  ptrdiff_t dy, weights;
};

constexpr int kRowChannels = kRegisters == 32 ? 8 : 4;

#if defined(NETSPACE_PAIRS)

using RowVector = OneBlock;

// (second of a, first of b) in each lane.
NETSPACE_INLINE Vector between(Vector a, Vector b) {
#if defined(__AVX512VBMI2__)
  Vector v;
  asm("vpshrdd $16, %2, %1, %0" : "=v"(v) : "v"(a), "v"(b));
  return v;
#else
  return reinterpret_cast<Vector>(reinterpret_cast<Words<1> >(a) >> 16 | reinterpret_cast<Words<1> >(b) << 16);
#endif
}

// A pair of output columns, d, meets the same input columns through the middle of the kernel; through its first column
// the pair that begins one column later, through its last the one that begins one earlier. With stride 2 the even input
// columns meet the middle, and the odd ones, `width` pairs further, the two others. dy has a zero pair at either end.
template <typename V, int CI, int Stride>
NETSPACE_INLINE void addRow(Sums<V, 3, CI>& sum, const float* x, const float* dy, ptrdiff_t, int width) {
  const float* odd = x + (Stride == 1 ? 0 : width * kLanes);
  Vector d = load(dy);
  Vector earlier = between(load(dy - kLanes), d);
  for (ptrdiff_t c = 0; c < width * kLanes; c += kLanes) {
    const Vector next = load(dy + c + kLanes);
    const Vector later = between(d, next);
#pragma GCC unroll 16
    for (int i = 0; i < CI; i++) {
      const Vector value = broadcast(x + c + i);
      multiplyAdd(sum[1][i], value, d);
      const Vector oddValue = Stride == 1 ? value : broadcast(odd + c + i);
      multiplyAdd(sum[0][i], oddValue, later);
      multiplyAdd(sum[2][i], oddValue, Stride == 1 ? earlier : d);
    }
    earlier = later;
    d = next;
  }
}

#else

using RowVector = TileVector;

// Input column c of a row meets output columns (c + 1 - k) / Stride through the kernel columns k from First to Last.
template <typename V, int CI, int Stride, int First, int Last>
NETSPACE_INLINE void addColumn(Sums<V, 3, CI>& sum, const float* x, const float* dy, ptrdiff_t second, int c) {
  typename V::Register d[3];
#pragma GCC unroll 3
  for (int k = First; k <= Last; k += Stride) d[k] = V::loadPixel(dy + (c + 1 - k) / Stride * V::pixel, second);
#pragma GCC unroll 16
  for (int i = 0; i < CI; i++) {
    const typename V::Register value = V::broadcast(x + c * V::pixel + i * V::channel);
#pragma GCC unroll 3
    for (int k = First; k <= Last; k += Stride) V::multiplyAdd(sum[k][i], value, d[k]);
  }
}

template <typename V, int CI, int Stride>
NETSPACE_INLINE void addRow(Sums<V, 3, CI>& sum, const float* x, const float* dy, ptrdiff_t second, int width) {
  if constexpr (Stride == 1) {
    if (width == 1) return addColumn<V, CI, 1, 1, 1>(sum, x, dy, second, 0);
    addColumn<V, CI, 1, 0, 1>(sum, x, dy, second, 0);
    for (int c = 2; c < width; c++, x += V::pixel, dy += V::pixel) addColumn<V, CI, 1, 0, 2>(sum, x, dy, second, 1);
    addColumn<V, CI, 1, 1, 2>(sum, x, dy, second, 1);
  } else {
    int c = 1;
    for (; c + 1 < width; c += 2, x += 2 * V::pixel, dy += V::pixel) {
      addColumn<V, CI, 2, 1, 1>(sum, x, dy, second, 0);
      addColumn<V, CI, 2, 0, 2>(sum, x, dy, second, 1);
    }
    addColumn<V, CI, 2, 1, 1>(sum, x, dy, second, 0);
    if (c < width) addColumn<V, CI, 2, 2, 2>(sum, x, dy, second, 1);
  }
}

#endif

template <typename V, int CI, int Stride>
void weightGradientRow(const WeightGradientArgs& a, const float* x0, const float* dy0, int kh, float* weights,
                       SecondBlock second) {
  Sums<V, 3, CI> sum;
#pragma GCC unroll 3
  for (int k = 0; k < 3; k++)
#pragma GCC unroll 16
    for (int i = 0; i < CI; i++) sum[k][i] = V::load(weights + (k * kLanes + i) * a.weightsRow, second.weights);
  for (int n = 0; n < a.images; n++) {
    for (int r = 0; r < a.rows; r++) {
      const int xr = r * Stride + kh - 1;
      if (xr < 0 || xr >= a.xHeight) continue;
      fetchAhead(*a.ahead, (kWordNumbers == 1 ? a.xWidth * 3 / Stride : a.xWidth * 6) * CI * V::blocks);
      addRow<V, CI, Stride>(sum, x0 + n * a.xImage + xr * a.xRow, dy0 + n * a.dyImage + r * a.dyRow, second.dy,
                            a.xWidth);
    }
  }
#pragma GCC unroll 3
  for (int k = 0; k < 3; k++)
#pragma GCC unroll 16
    for (int i = 0; i < CI; i++) {
      float* target = weights + (k * kLanes + i) * a.weightsRow;
      if (V::blocks > 1 && second.weights == 0) V::storeFirst(target, sum[k][i]);
      else V::store(target, second.weights, sum[k][i]);
    }
}

// The three kernel rows of CI channels.
template <typename V, int CI, int Stride>
NETSPACE_INLINE void weightGradientKernel(const WeightGradientArgs& a, const float* x, const float* dy, float* weights,
                                          SecondBlock second) {
  for (int kh = 0; kh < 3; kh++)
    weightGradientRow<V, CI, Stride>(a, x, dy, kh, weights + kh * 3 * kLanes * a.weightsRow, second);
}

template <typename V, int CI, int Stride>
NETSPACE_INLINE void weightGradientKernelOf(const WeightGradientArgs& a, int channels, const float* x, const float* dy,
                                            float* weights, SecondBlock second) {
  if constexpr (CI > 0) {
    if (channels == CI) weightGradientKernel<V, CI, Stride>(a, x, dy, weights, second);
    else weightGradientKernelOf<V, CI - 1, Stride>(a, channels, x, dy, weights, second);
  }
}

}  // namespace NETSPACE_ISA
}  // namespace netspace
