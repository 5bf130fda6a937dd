// Convolutions whose groups do not fall on whole blocks: each lane of an output block meets only channels of its own
// group, which permutations bring to it step by step (LaneSteps). Weights: [step][K][8].
//
// laneRows: R rows x P pixels of one block in registers; a permutation serves the three columns of a 3x3 kernel.
// laneTiles: P pixels of one block, for any taps; a permutation for each multiply-add.
// laneGradientRow: S steps x the three columns of one kernel row in registers, summed over the pixels of the images.
// laneGradientTap: S steps of one tap.
// Permutations and multiply-adds share an execution port, so that these kernels stay some way below the others.
#pragma once

#include "fetch.h"
#include "tile.h"

namespace netspace {
namespace NETSPACE_ISA {

constexpr int kLanePixels = kRegisters == 32 ? 16 : kRegisters == 16 ? 8 : 4;
constexpr int kLaneSteps = kRegisters == 32 ? 6 : kRegisters == 16 ? 2 : 1;
constexpr int kKernelRow = 3 * kLanes;  // the weights of three taps of a step

// What the lanes read in one step. at(x): x is a pixel of block 0. pin(): to be called within a loop over taps, out of
// which compilers else move the addresses of all the pixels, and there are not enough registers for them.
#if defined(__AVX2__)
struct Lanes {
  typedef int32_t Indices __attribute__((vector_size(32), may_alias));
  ptrdiff_t first, second;
  Indices lanes;
#if !defined(__AVX512VL__)
  Vector fromSecond;
#endif

  NETSPACE_INLINE void take(const LaneStep& step, ptrdiff_t xBlock) {
    first = step.first * xBlock;
    second = step.second * xBlock;
    lanes = *reinterpret_cast<const Indices*>(step.lanes);
#if !defined(__AVX512VL__)
    fromSecond = *reinterpret_cast<const Vector*>(step.fromSecond);
#endif
  }
  NETSPACE_INLINE void pin() { asm volatile("" : "+r"(first), "+r"(second)); }
  NETSPACE_INLINE Vector at(const float* x) const {
    Vector v = load(x + first);
    const Vector& other = *reinterpret_cast<const Vector*>(x + second);
#if defined(__AVX512VL__)
    asm volatile("vpermt2ps %1, %2, %0" : "+v"(v) : "m"(other), "v"(lanes));
#else
    asm volatile("vblendvps %2, %1, %0, %0\n\tvpermps %0, %3, %0" : "+&x"(v) : "m"(other), "x"(fromSecond), "x"(lanes));
#endif
    return v;
  }
};
#else
// Eight loads where the instruction set has no such permutation.
struct Lanes {
  ptrdiff_t lane[kLanes];

  NETSPACE_INLINE void take(const LaneStep& step, ptrdiff_t xBlock) {
    for (int l = 0; l < kLanes; l++)
      lane[l] = (step.lanes[l] < kLanes ? step.first : step.second) * xBlock + step.lanes[l] % kLanes;
  }
  NETSPACE_INLINE void pin() {}
  NETSPACE_INLINE Vector at(const float* x) const {
    return Vector{x[lane[0]], x[lane[1]], x[lane[2]], x[lane[3]], x[lane[4]], x[lane[5]], x[lane[6]], x[lane[7]]};
  }
};
#endif

// sum[r][p] += the three columns of one kernel row, for one step.
template <int R, int P, int Stride>
NETSPACE_INLINE void multiplyLaneRow(Vector (&sum)[R][P], Lanes lanes, const float* x, ptrdiff_t xRow,
                                     const float* weights) {
  lanes.pin();
  Vector w[3];
#pragma GCC unroll 3
  for (int k = 0; k < 3; k++) w[k] = load(weights + k * kLanes);
#pragma GCC unroll 64
  for (int c = 0; c < Stride * (P - 1) + 3; c++) {
#pragma GCC unroll 16
    for (int r = 0; r < R; r++) {
      const Vector value = lanes.at(x + r * xRow + c * kLanes);
#pragma GCC unroll 3
      for (int k = 0; k < 3; k++)
        if (c - k >= 0 && (c - k) % Stride == 0 && (c - k) / Stride < P)
          multiplyAdd(sum[r][(c - k) / Stride], w[k], value);
    }
  }
}

template <int R, int P, int Stride>
void laneRows(const ConvolutionArgs& a, const LaneSteps& s, int block, int row, int rowTiles, int column, int tiles) {
  const float* bias = a.bias ? a.bias + block * kLanes : nullptr;
  for (int rowTile = 0; rowTile < rowTiles; rowTile++, row += R) {
    for (int tile = 0; tile < tiles; tile++) {
      const int c = column + tile * P;
      const float* x = a.x + row * a.xRow + c * a.xPixel;
      float* y = a.y + block * a.yBlock + row * a.yRow + c * a.yPixel;
      const TilePlace place = {y, a.yRow, a.yPixel, 0, 0};
      Sums<OneBlock, R, P> sum;
      beginTile<OneBlock, R, P>(sum, place, bias, 0, a.accumulate);
      for (int step = s.begin[block]; step < s.begin[block + 1]; step++) {
        Lanes lanes;
        lanes.take(s.steps[step], a.xBlock);
        const float* weights = a.weights + step * 3 * kKernelRow;
#pragma GCC unroll 1
        for (int kh = 0; kh < 3; kh++)
          multiplyLaneRow<R, P, Stride>(sum, lanes, x + a.taps[3 * kh], a.xRow, weights + kh * kKernelRow);
      }
      endTile<OneBlock, R, P>(sum, place, a.floor);
      fetchAhead(*a.ahead, R * P * 9 * (s.begin[block + 1] - s.begin[block]));
    }
  }
}

template <int P, int Stride>
void laneTiles(const ConvolutionArgs& a, const LaneSteps& s, int block, int column, int tiles) {
  const float* bias = a.bias ? a.bias + block * kLanes : nullptr;
  const ptrdiff_t xPixel = Stride ? Stride * kLanes : a.xPixel;
  for (int r = 0; r < a.rows; r++) {
    for (int tile = 0; tile < tiles; tile++) {
      const int c = column + tile * P;
      const float* x = a.x + r * a.xRow + c * xPixel;
      float* y = a.y + block * a.yBlock + r * a.yRow + c * a.yPixel;
      const TilePlace place = {y, 0, a.yPixel, 0, 0};
      Sums<OneBlock, 1, P> sum;
      beginTile<OneBlock, 1, P>(sum, place, bias, 0, a.accumulate);
      for (int step = s.begin[block]; step < s.begin[block + 1]; step++) {
        Lanes lanes;
        lanes.take(s.steps[step], a.xBlock);
        const float* weights = a.weights + static_cast<ptrdiff_t>(step) * a.tapCount * kLanes;
        for (int t = 0; t < a.tapCount; t++) {
          const Vector w = load(weights + t * kLanes);
          const float* xt = x + a.taps[t];
          lanes.pin();
#pragma GCC unroll 16
          for (int p = 0; p < P; p++) multiplyAdd(sum[0][p], w, lanes.at(xt + p * xPixel));
        }
      }
      endTile<OneBlock, 1, P>(sum, place, a.floor);
      fetchAhead(*a.ahead, P * a.tapCount * (s.begin[block + 1] - s.begin[block]));
    }
  }
}

using LaneRowsFunction = void (*)(const ConvolutionArgs&, const LaneSteps&, int, int, int, int, int);
using LaneTilesFunction = void (*)(const ConvolutionArgs&, const LaneSteps&, int, int, int);

template <int R, int P, int Stride>
LaneRowsFunction pickLaneRowPixels(int pixels) {
  if constexpr (P == 0) return nullptr;
  else return pixels == P ? &laneRows<R, P, Stride> : pickLaneRowPixels<R, P - 1, Stride>(pixels);
}

template <int R, int Stride>
LaneRowsFunction pickLaneRows(int rows, int pixels) {
  if constexpr (R == 0) return nullptr;
  else
    return rows == R ? pickLaneRowPixels<R, kLanePixels / R, Stride>(pixels)
                     : pickLaneRows<R - 1, Stride>(rows, pixels);
}

template <int P, int Stride>
LaneTilesFunction pickLaneTiles(int pixels) {
  if constexpr (P == 0) return nullptr;
  else return pixels == P ? &laneTiles<P, Stride> : pickLaneTiles<P - 1, Stride>(pixels);
}

template <int Stride>
NETSPACE_INLINE void runLaneRows(const ConvolutionArgs& a, const LaneSteps& s) {
  const Split columns = split(a.columns, kLanePixels);
  const Split rows = split(a.rows, smaller(4, kLanePixels / columns.size));
  for (int block = 0; block < s.blocks; block++) {
    int row = 0;
    for (int part = 0; part < 2; part++) {
      const int height = rows.size - part;
      const int tiles = part == 0 ? rows.larger : rows.pieces - rows.larger;
      if (tiles == 0) continue;
      pickLaneRows<4, Stride>(height, columns.size)(a, s, block, row, tiles, 0, columns.larger);
      if (columns.larger < columns.pieces)
        pickLaneRows<4, Stride>(height, columns.size - 1)(a, s, block, row, tiles, columns.larger * columns.size,
                                                          columns.pieces - columns.larger);
      row += height * tiles;
    }
  }
}

template <int Stride>
NETSPACE_INLINE void runLaneTiles(const ConvolutionArgs& a, const LaneSteps& s) {
  constexpr int most = Stride ? kLanePixels : 1;
  const Split columns = split(a.columns, most);
  for (int block = 0; block < s.blocks; block++) {
    pickLaneTiles<most, Stride>(columns.size)(a, s, block, 0, columns.larger);
    if (columns.larger < columns.pieces)
      pickLaneTiles<most, Stride>(columns.size - 1)(a, s, block, columns.larger * columns.size,
                                                    columns.pieces - columns.larger);
  }
}

NETSPACE_INLINE void laneImage(const ConvolutionArgs& a, const LaneSteps& s) {
  if (a.threeByThree && a.xPixel == kLanes) runLaneRows<1>(a, s);
  else if (a.threeByThree) runLaneRows<2>(a, s);
  else if (a.xPixel == kLanes) runLaneTiles<1>(a, s);
  else runLaneTiles<0>(a, s);
}

void laneConvolution(const ConvolutionArgs& a, const LaneSteps& s) {
  for (int n = 0; n < a.images; n++) {
    ConvolutionArgs image = a;
    image.x += n * a.xImage;
    image.y += n * a.yImage;
    laneImage(image, s);
  }
}

// Input column c meets output column (c + 1 - k) / Stride through kernel column k.
template <int S, int Stride>
NETSPACE_INLINE void addLaneColumn(Vector (&sum)[3][S], const Lanes (&lanes)[S], const float* x, const float* dy,
                                   int c) {
  const int first = Stride == 1 ? 0 : (c + 1) % 2;
  Vector d[3];
#pragma GCC unroll 3
  for (int k = first; k < 3; k += Stride) d[k] = load(dy + (c + 1 - k) / Stride * kLanes);
#pragma GCC unroll 16
  for (int i = 0; i < S; i++) {
    const Vector value = lanes[i].at(x + c * kLanes);
#pragma GCC unroll 3
    for (int k = first; k < 3; k += Stride) multiplyAdd(sum[k][i], value, d[k]);
  }
}

// U units of one column (two where the stride is two), each with its own sums.
template <int S, int Stride, int U>
NETSPACE_INLINE void addLaneColumns(Vector (&sum)[U][3][S], const Lanes (&lanes)[S], const float* x, const float* dy,
                                    int from, int to) {
  for (int unit = from; unit < to; unit += U) {
#pragma GCC unroll 4
    for (int u = 0; u < U; u++)
#pragma GCC unroll 2
      for (int c = 0; c < Stride; c++)
        addLaneColumn<S, Stride>(sum[u], lanes, x + (unit + u) * Stride * kLanes, dy + (unit + u) * kLanes, c);
  }
}

// So many sums of each weight that multiply-adds need not wait for one another, if they fit the registers.
constexpr int laneChains(int steps) {
  return kRegisters == 8 ? 1 : steps == 1 ? 3 : steps == 2 && kRegisters == 32 ? 2 : 1;
}

template <int S, int Stride>
NETSPACE_INLINE void laneGradientRow(const WeightGradientArgs& a, const Lanes (&lanes)[S], const float* dy0, int kh,
                                     float* weights) {
  constexpr int U = laneChains(S);
  Vector sum[U][3][S] = {}, rest[1][3][S] = {};
  const int units = a.xWidth / Stride, whole = units / U * U;
  for (int n = 0; n < a.images; n++) {
    for (int r = 0; r < a.rows; r++) {
      const int xr = r * Stride + kh - 1;
      if (xr < 0 || xr >= a.xHeight) continue;
      const float* x = a.x + n * a.xImage + xr * a.xRow;
      const float* dy = dy0 + n * a.dyImage + r * a.dyRow;
      addLaneColumns<S, Stride, U>(sum, lanes, x, dy, 0, whole);
      if (U > 1) addLaneColumns<S, Stride, 1>(rest, lanes, x, dy, whole, units);
      if (Stride == 2 && a.xWidth % 2 == 1)
        addLaneColumn<S, Stride>(rest[0], lanes, x + units * 2 * kLanes, dy + units * kLanes, 0);
      fetchAhead(*a.ahead, a.xWidth * 3 / Stride * S);
    }
  }
#pragma GCC unroll 3
  for (int k = 0; k < 3; k++)
#pragma GCC unroll 16
    for (int i = 0; i < S; i++) {
      Vector total = load(weights + (i * 9 + k) * kLanes) + rest[0][k][i];
#pragma GCC unroll 4
      for (int u = 0; u < U; u++) total += sum[u][k][i];
      store(weights + (i * 9 + k) * kLanes, total);
    }
}

template <int S>
NETSPACE_INLINE void laneGradientTap(const WeightGradientArgs& a, const Lanes (&lanes)[S], const float* dy0, int tap,
                                     float* weights) {
  Vector sum[S];
#pragma GCC unroll 16
  for (int i = 0; i < S; i++) sum[i] = load(weights + i * a.tapCount * kLanes);
  for (int n = 0; n < a.images; n++) {
    for (int r = 0; r < a.rows; r++) {
      const float* x = a.x + n * a.xImage + r * a.xRow + a.taps[tap];
      const float* dy = dy0 + n * a.dyImage + r * a.dyRow;
      for (int c = 0; c < a.columns; c++, x += a.xPixel, dy += kLanes) {
        const Vector d = load(dy);
#pragma GCC unroll 16
        for (int i = 0; i < S; i++) multiplyAdd(sum[i], lanes[i].at(x), d);
      }
      fetchAhead(*a.ahead, a.columns * S);
    }
  }
#pragma GCC unroll 16
  for (int i = 0; i < S; i++) store(weights + i * a.tapCount * kLanes, sum[i]);
}

template <int S>
void laneGradient(const WeightGradientArgs& a, const LaneStep* steps, const float* dy, float* weights) {
  Lanes lanes[S];
#pragma GCC unroll 16
  for (int i = 0; i < S; i++) lanes[i].take(steps[i], a.xBlock);
  if (!a.threeByThree) {
    for (int t = 0; t < a.tapCount; t++) laneGradientTap<S>(a, lanes, dy, t, weights + t * kLanes);
    return;
  }
  for (int kh = 0; kh < 3; kh++) {
    if (a.stride == 1) laneGradientRow<S, 1>(a, lanes, dy, kh, weights + kh * kKernelRow);
    else laneGradientRow<S, 2>(a, lanes, dy, kh, weights + kh * kKernelRow);
  }
}

using LaneGradientFunction = void (*)(const WeightGradientArgs&, const LaneStep*, const float*, float*);

template <int S>
LaneGradientFunction pickLaneGradient(int steps) {
  if constexpr (S == 0) return nullptr;
  else return steps == S ? &laneGradient<S> : pickLaneGradient<S - 1>(steps);
}

void laneWeightGradient(const WeightGradientArgs& a, const LaneSteps& s) {
  for (int block = 0; block < s.blocks; block++) {
    const Split pieces = split(s.begin[block + 1] - s.begin[block], kLaneSteps);
    int step = s.begin[block];
    for (int piece = 0; piece < pieces.pieces; piece++) {
      const int count = piece < pieces.larger ? pieces.size : pieces.size - 1;
      pickLaneGradient<kLaneSteps>(count)(a, s.steps + step, a.dy + block * a.dyBlock,
                                          a.weights + static_cast<ptrdiff_t>(step) * a.tapCount * kLanes);
      step += count;
    }
  }
}

}  // namespace NETSPACE_ISA
}  // namespace netspace
