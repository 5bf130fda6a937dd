// Gradients of convolution weights with output channels in the lanes, see WeightGradientArgs. Sums over the pixels of a
// strip are kept in registers; strips are short enough that the gradient of the output stays in the first-level cache.
//
// weightGradientTile: CI input channels x CO output blocks of one tap.
// weightGradientRow: CI input channels x the three columns of one kernel row, one output block: every input value is
//   loaded once for three multiply-adds.
//
// With NETSPACE_PAIRS both take two pixels for one: x and dy are of Format::kPixelPairs or its like, as are columns.
#pragma once

#include "fetch.h"

namespace netspace {
namespace NETSPACE_ISA {

#if defined(NETSPACE_WIDE)
constexpr int kGradientBlocks = 6;
#else
constexpr int kGradientBlocks = kRegisters == 8 ? 1 : 3;
#endif
constexpr int kStripPixels = 128;
constexpr int tileChannels(int blocks) { return kRegisters == 32 || (blocks == 1 && kRegisters == 16) ? 8 : 4; }
constexpr int kRowChannels = kRegisters == 32 ? 8 : 4;

// Part of the images, rows and columns of WeightGradientArgs.
struct Strip {
  int image, images, row, rows, column, columns;
};

template <typename V, int CI, int CO>
NETSPACE_INLINE void addPixel(typename V::Register (&sum)[CI][CO], const float* x, const float* dy, ptrdiff_t dyBlock) {
  typename V::Register d[CO];
#pragma GCC unroll 16
  for (int o = 0; o < CO; o++) d[o] = V::load(dy + o * V::blocks * dyBlock, dyBlock);
#pragma GCC unroll 16
  for (int i = 0; i < CI; i++) {
    const typename V::Register value = V::broadcast(x + i);
#pragma GCC unroll 16
    for (int o = 0; o < CO; o++) V::multiplyAdd(sum[i][o], value, d[o]);
  }
}

// Two units that take four cycles are busy with eight sums only if none ever waits: with registers left, pixels take
// turns between two sets of sums.
template <typename V, int CI, int CO>
void weightGradientTile(const WeightGradientArgs& a, const Strip& s, const float* x0, const float* dy0,
                        float* weights) {
  constexpr int U = kRegisters == 32 && CI * CO <= 8 ? 2 : 1;
  typename V::Register sum[U][CI][CO] = {};
#pragma GCC unroll 16
  for (int i = 0; i < CI; i++)
#pragma GCC unroll 16
    for (int o = 0; o < CO; o++)
      sum[0][i][o] = V::load(weights + o * V::blocks * a.weightsBlock + i * kLanes, a.weightsBlock);
  for (int n = s.image; n < s.image + s.images; n++) {
    for (int r = s.row; r < s.row + s.rows; r++) {
      const float* x = x0 + n * a.xImage + r * a.xRow + s.column * a.xPixel;
      const float* dy = dy0 + n * a.dyImage + r * a.dyRow + s.column * kLanes;
      FetchSteps fetch(*a.ahead, kWordNumbers * U * CI * CO, s.columns / U);
      int c = 0;
#pragma GCC unroll 2
      for (; c + U <= s.columns; c += U) {
#pragma GCC unroll 2
        for (int u = 0; u < U; u++, x += a.xPixel, dy += kLanes) addPixel<V, CI, CO>(sum[u], x, dy, a.dyBlock);
        fetch.go();
      }
      if (c < s.columns) addPixel<V, CI, CO>(sum[0], x, dy, a.dyBlock);
    }
  }
#pragma GCC unroll 16
  for (int i = 0; i < CI; i++)
#pragma GCC unroll 16
    for (int o = 0; o < CO; o++) {
      float* target = weights + o * V::blocks * a.weightsBlock + i * kLanes;
      V::store(target, a.weightsBlock, U == 1 ? sum[0][i][o] : sum[0][i][o] + sum[U - 1][i][o]);
    }
}

template <int Blocks>
void weightGradientTiles(const WeightGradientArgs& a, const Tile& tile, const Strip& strip) {
  using V = Fitting<Blocks>;
  constexpr int CO = Blocks / V::blocks;
  constexpr int CI = tileChannels(CO);
  const float* dy = a.dy + tile.outputBlock * a.dyBlock;
  for (int i = 0; i < tile.inputBlocks; i++) {
    const int block = tile.inputBlock + i;
    const int channels = block != a.lastInputBlock ? kLanes : a.lastChannels;
    for (int t = 0; t < a.tapCount; t++) {
      float* weights = a.weights + tile.outputBlock * a.weightsBlock + (i * a.tapCount + t) * kBlockWeights;
      const float* x = a.x + block * a.xBlock + a.taps[t];
      if (CI == 8 && channels <= 4) weightGradientTile<V, 4, CO>(a, strip, x, dy, weights);
      else
        for (int ci = 0; ci < channels; ci += CI)
          weightGradientTile<V, CI, CO>(a, strip, x + ci, dy, weights + ci * kLanes);
    }
  }
}

template <int Blocks>
NETSPACE_INLINE void weightGradientOf(const WeightGradientArgs& a, const Tile& tile, const Strip& strip) {
  if constexpr (Blocks > 0) {
    if (tile.count == Blocks) weightGradientTiles<Blocks>(a, tile, strip);
    else weightGradientOf<Blocks - 1>(a, tile, strip);
  }
}

#if defined(NETSPACE_PAIRS)

// (second of a, first of b) in each lane.
NETSPACE_INLINE Vector between(Vector a, Vector b) {
  Vector v;
  asm("vpshrdd $16, %2, %1, %0" : "=v"(v) : "v"(a), "v"(b));
  return v;
}

// A pair of output columns, d, meets the same input columns through the middle of the kernel; through its first column
// the pair that begins one column later, through its last the one that begins one earlier. With stride 2 the even input
// columns meet the middle, and the odd ones, `width` pairs further, the two others. dy has a zero pair at either end.
template <int CI, int Stride>
NETSPACE_INLINE void addRow(Vector (&sum)[3][CI], const float* x, const float* dy, int width) {
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

// Input column c of a row meets output columns (c + 1 - k) / Stride through the kernel columns k from First to Last.
template <int CI, int Stride, int First, int Last>
NETSPACE_INLINE void addColumn(Vector (&sum)[3][CI], const float* x, const float* dy, int c) {
  Vector d[3];
#pragma GCC unroll 3
  for (int k = First; k <= Last; k += Stride) d[k] = load(dy + (c + 1 - k) / Stride * kLanes);
#pragma GCC unroll 16
  for (int i = 0; i < CI; i++) {
    const Vector value = broadcast(x + c * kLanes + i);
#pragma GCC unroll 3
    for (int k = First; k <= Last; k += Stride) multiplyAdd(sum[k][i], value, d[k]);
  }
}

template <int CI, int Stride>
NETSPACE_INLINE void addRow(Vector (&sum)[3][CI], const float* x, const float* dy, int width) {
  if constexpr (Stride == 1) {
    if (width == 1) return addColumn<CI, 1, 1, 1>(sum, x, dy, 0);
    addColumn<CI, 1, 0, 1>(sum, x, dy, 0);
    for (int c = 2; c < width; c++, x += kLanes, dy += kLanes) addColumn<CI, 1, 0, 2>(sum, x, dy, 1);
    addColumn<CI, 1, 1, 2>(sum, x, dy, 1);
  } else {
    int c = 1;
    for (; c + 1 < width; c += 2, x += 2 * kLanes, dy += kLanes) {
      addColumn<CI, 2, 1, 1>(sum, x, dy, 0);
      addColumn<CI, 2, 0, 2>(sum, x, dy, 1);
    }
    addColumn<CI, 2, 1, 1>(sum, x, dy, 0);
    if (c < width) addColumn<CI, 2, 2, 2>(sum, x, dy, 1);
  }
}

#endif

template <int CI, int Stride>
void weightGradientRow(const WeightGradientArgs& a, const float* x0, const float* dy0, int kh, float* weights) {
  Vector sum[3][CI];
#pragma GCC unroll 3
  for (int k = 0; k < 3; k++)
#pragma GCC unroll 16
    for (int i = 0; i < CI; i++) sum[k][i] = load(weights + k * kBlockWeights + i * kLanes);
  for (int n = 0; n < a.images; n++) {
    for (int r = 0; r < a.rows; r++) {
      const int xr = r * Stride + kh - 1;
      if (xr < 0 || xr >= a.xHeight) continue;
      fetchAhead(*a.ahead, (kWordNumbers == 1 ? a.xWidth * 3 / Stride : a.xWidth * 6) * CI);
      addRow<CI, Stride>(sum, x0 + n * a.xImage + xr * a.xRow, dy0 + n * a.dyImage + r * a.dyRow, a.xWidth);
    }
  }
#pragma GCC unroll 3
  for (int k = 0; k < 3; k++)
#pragma GCC unroll 16
    for (int i = 0; i < CI; i++) store(weights + k * kBlockWeights + i * kLanes, sum[k][i]);
}

template <int CI, int Stride>
NETSPACE_INLINE void weightGradientRowOf(const WeightGradientArgs& a, int channels, const float* x, const float* dy,
                                         int kh, float* weights) {
  if constexpr (CI > 0) {
    if (channels == CI) weightGradientRow<CI, Stride>(a, x, dy, kh, weights);
    else weightGradientRowOf<CI - 1, Stride>(a, channels, x, dy, kh, weights);
  }
}

template <int Stride>
NETSPACE_INLINE void weightGradientRows(const WeightGradientArgs& a, const Tile& tile, int outputBlock) {
  const float* dy = a.dy + outputBlock * a.dyBlock;
  for (int i = 0; i < tile.inputBlocks; i++) {
    const int block = tile.inputBlock + i;
    const int channels = block != a.lastInputBlock ? kLanes : a.lastChannels;
    const float* x = a.x + block * a.xBlock;
    for (int kh = 0; kh < 3; kh++) {
      float* weights = a.weights + outputBlock * a.weightsBlock + (i * 9 + kh * 3) * kBlockWeights;
      for (int ci = 0; ci < channels; ci += kRowChannels)
        weightGradientRowOf<kRowChannels, Stride>(a, smaller(kRowChannels, channels - ci), x + ci, dy, kh,
                                                  weights + ci * kLanes);
    }
  }
}

NETSPACE_INLINE void weightGradientStrip(const WeightGradientArgs& a, const Strip& strip) {
  for (int n = 0; n < a.tileCount; n++) weightGradientOf<kGradientBlocks>(a, a.tiles[n], strip);
}

void weightGradient(const WeightGradientArgs& a) {
  if (a.threeByThree) {
    for (int n = 0; n < a.tileCount; n++) {
      const Tile& tile = a.tiles[n];
      for (int block = tile.outputBlock; block < tile.outputBlock + tile.count; block++) {
        if (a.stride == 1) weightGradientRows<1>(a, tile, block);
        else weightGradientRows<2>(a, tile, block);
      }
    }
    return;
  }
  const int pixels = a.rows * a.columns;
  if (pixels <= kStripPixels / 2) {
    const int images = kStripPixels / pixels;
    for (int n = 0; n < a.images; n += images)
      weightGradientStrip(a, {n, smaller(images, a.images - n), 0, a.rows, 0, a.columns});
    return;
  }
  const Split columns = split(a.columns, kStripPixels);
  const Split rows = split(a.rows, smaller(a.rows, kStripPixels / columns.size));
  for (int n = 0; n < a.images; n++)
    for (int r = 0; r < a.rows; r += rows.size)
      for (int c = 0; c < a.columns; c += columns.size)
        weightGradientStrip(a, {n, 1, r, smaller(rows.size, a.rows - r), c, smaller(columns.size, a.columns - c)});
}

}  // namespace NETSPACE_ISA
}  // namespace netspace
