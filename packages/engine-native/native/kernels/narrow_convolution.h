// Convolutions whose groups are 1, 2 or 4 channels wide: a block holds several groups, and each output lane meets only
// the channels of its own group. Weights: [block][K][G][8]: lane o of row i is the weight from channel i of o's group.
//
// narrowTiles: P pixels of one block in registers, for the forward pass and the gradient of the input.
// narrowGradient: T taps of one block, summed over the pixels of an image in U independent chains.
#pragma once

#include "fetch.h"
#include "tile.h"

namespace netspace {
namespace NETSPACE_ISA {

constexpr int kNarrowPixels = kRegisters == 8 ? 4 : 8;

// In each lane, channel `i` of the lane's group.
template <int G>
NETSPACE_INLINE Vector spread(Vector v, int i) {
  if constexpr (G == 1) return v;
  if constexpr (G == 2)
    return i == 0 ? __builtin_shufflevector(v, v, 0, 0, 2, 2, 4, 4, 6, 6)
                  : __builtin_shufflevector(v, v, 1, 1, 3, 3, 5, 5, 7, 7);
  if constexpr (G == 4)
    return i == 0   ? __builtin_shufflevector(v, v, 0, 0, 0, 0, 4, 4, 4, 4)
           : i == 1 ? __builtin_shufflevector(v, v, 1, 1, 1, 1, 5, 5, 5, 5)
           : i == 2 ? __builtin_shufflevector(v, v, 2, 2, 2, 2, 6, 6, 6, 6)
                    : __builtin_shufflevector(v, v, 3, 3, 3, 3, 7, 7, 7, 7);
}

template <int G, int P>
void narrowTiles(const ConvolutionArgs& a, int block, int column, int tiles) {
  const float* bias = a.bias ? a.bias + block * kLanes : nullptr;
  for (int n = 0; n < a.images; n++)
    for (int r = 0; r < a.rows; r++)
      for (int tile = 0; tile < tiles; tile++) {
        const int c = column + tile * P;
        const float* x = a.x + block * a.xBlock + n * a.xImage + r * a.xRow + c * a.xPixel;
        float* y = a.y + block * a.yBlock + n * a.yImage + r * a.yRow + c * a.yPixel;
        const float* weights = a.weights + block * a.weightsRegister;
        const TilePlace place = {y, 0, a.yPixel, 0, 0};
        Sums<OneBlock, 1, P> sum;
        beginTile<OneBlock, 1, P>(sum, place, bias, 0, a.accumulate);
        for (int t = 0; t < a.tapCount; t++, weights += G * kLanes) {
          const float* xt = x + a.taps[t];
          Vector w[G];
#pragma GCC unroll 4
          for (int i = 0; i < G; i++) w[i] = load(weights + i * kLanes);
#pragma GCC unroll 16
          for (int p = 0; p < P; p++) {
            const Vector value = load(xt + p * a.xPixel);
#pragma GCC unroll 4
            for (int i = 0; i < G; i++) sum[0][p] += w[i] * spread<G>(value, i);
          }
        }
        endTile<OneBlock, 1, P>(sum, place, a.floor);
        fetchAhead(*a.ahead, P * a.tapCount * G);
      }
}

using NarrowFunction = void (*)(const ConvolutionArgs&, int, int, int);

template <int G, int P>
NarrowFunction pickNarrow(int pixels) {
  if constexpr (P == 0) return nullptr;
  else return pixels == P ? &narrowTiles<G, P> : pickNarrow<G, P - 1>(pixels);
}

template <int G>
NETSPACE_INLINE void narrowConvolutionAs(const ConvolutionArgs& a, int blocks) {
  const Split columns = split(a.columns, kNarrowPixels);
  const NarrowFunction large = pickNarrow<G, kNarrowPixels>(columns.size);
  const NarrowFunction small = pickNarrow<G, kNarrowPixels>(columns.size - 1);
  for (int b = 0; b < blocks; b++) {
    large(a, b, 0, columns.larger);
    if (columns.larger < columns.pieces) small(a, b, columns.larger * columns.size, columns.pieces - columns.larger);
  }
}

void narrowConvolution(const ConvolutionArgs& a, int group, int blocks) {
  if (group == 1) narrowConvolutionAs<1>(a, blocks);
  if (group == 2) narrowConvolutionAs<2>(a, blocks);
  if (group == 4) narrowConvolutionAs<4>(a, blocks);
}

template <int G, int T, int U>
NETSPACE_INLINE void addPixels(Vector (&sum)[U][T][G], const float* const (&x)[T], ptrdiff_t xPixel, const float* dy,
                               int from, int to) {
  for (int c = from; c < to; c += U) {
#pragma GCC unroll 4
    for (int u = 0; u < U; u++) {
      const Vector d = load(dy + (c + u) * kLanes);
#pragma GCC unroll 4
      for (int t = 0; t < T; t++) {
        const Vector value = load(x[t] + (c + u) * xPixel);
#pragma GCC unroll 4
        for (int i = 0; i < G; i++) sum[u][t][i] += d * spread<G>(value, i);
      }
    }
  }
}

template <int G, int T, int U>
void narrowGradient(const WeightGradientArgs& a, int block, int tap) {
  float* weights = a.weights + block * a.weightsRegister + tap * G * kLanes;
  Vector sum[U][T][G] = {}, rest[1][T][G] = {};
  for (int n = 0; n < a.images; n++) {
    for (int r = 0; r < a.rows; r++) {
      const float* dy = a.dy + block * a.dyBlock + n * a.dyImage + r * a.dyRow;
      const float* x[T];
#pragma GCC unroll 4
      for (int t = 0; t < T; t++) x[t] = a.x + block * a.xBlock + n * a.xImage + r * a.xRow + a.taps[tap + t];
      fetchAhead(*a.ahead, a.columns * T * G);
      const int whole = a.columns / U * U;
      addPixels<G, T, U>(sum, x, a.xPixel, dy, 0, whole);
      if (U > 1) addPixels<G, T, 1>(rest, x, a.xPixel, dy, whole, a.columns);
    }
  }
#pragma GCC unroll 4
  for (int t = 0; t < T; t++)
#pragma GCC unroll 4
    for (int i = 0; i < G; i++) {
      Vector total = load(weights + (t * G + i) * kLanes) + rest[0][t][i];
#pragma GCC unroll 4
      for (int u = 0; u < U; u++) total += sum[u][t][i];
      store(weights + (t * G + i) * kLanes, total);
    }
}

template <int G>
NETSPACE_INLINE void narrowWeightGradientAs(const WeightGradientArgs& a, int blocks) {
  constexpr int U = 4 / G;
  for (int b = 0; b < blocks; b++) {
    int t = 0;
    for (; t + 3 <= a.tapCount; t += 3) narrowGradient<G, 3, U>(a, b, t);
    for (; t < a.tapCount; t++) narrowGradient<G, 1, U>(a, b, t);
  }
}

void narrowWeightGradient(const WeightGradientArgs& a, int group, int blocks) {
  if (group == 1) narrowWeightGradientAs<1>(a, blocks);
  if (group == 2) narrowWeightGradientAs<2>(a, blocks);
  if (group == 4) narrowWeightGradientAs<4>(a, blocks);
}

}  // namespace NETSPACE_ISA
}  // namespace netspace
