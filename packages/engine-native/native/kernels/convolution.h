// Convolutions with output channels in the lanes: y = weights * x, see ConvolutionArgs.
//
// convolutionTiles: CO output blocks x R rows x P pixels in registers; every input value is loaded once for CO
//   multiply-adds, every weight once for R * P.
// convolutionRows: one output block, R rows x P pixels; every input value is loaded once for the three columns of a
//   3x3 kernel that it meets. For groups of up to eight channels, where convolutionTiles would be bound by loads. What
//   lies outside of the input is left out: on a map of 4 x 4 pixels, a third of the multiply-adds.
#pragma once

#include "vector.h"

namespace netspace {
namespace NETSPACE_ISA {

constexpr int kForwardBlocks = kRegisters == 32 ? 4 : kRegisters == 16 ? 3 : 2;
constexpr int mostPixels(int blocks) { return smaller(16, (kRegisters - 1 - blocks) / blocks); }
constexpr int kMostRowPixels = kRegisters == 32 ? 16 : kRegisters == 16 ? 11 : 4;

// A pass over part of a tile's input blocks: so many that their weights stay in the first-level cache.
struct Pass {
  int outputBlock, inputBlock, inputBlocks;
  const float* weights;
  bool accumulate;
};

template <typename V, int CO, int R, int P>
using Sums = typename V::Register[CO][R][P];

template <typename V, int CO, int R, int P>
NETSPACE_INLINE void beginTile(Sums<V, CO, R, P>& sum, const ConvolutionArgs& a, const Pass& pass, const float* y) {
#pragma GCC unroll 16
  for (int o = 0; o < CO; o++) {
    const int block = o * V::blocks;
    typename V::Register start{};
    if (a.bias && !pass.accumulate) start = V::load(a.bias + (pass.outputBlock + block) * kLanes, kLanes);
#pragma GCC unroll 16
    for (int r = 0; r < R; r++)
#pragma GCC unroll 16
      for (int p = 0; p < P; p++)
        sum[o][r][p] = pass.accumulate ? V::load(y + block * a.yBlock + r * a.yRow + p * a.yPixel, a.yBlock) : start;
  }
}

template <typename V, int CO, int R, int P>
NETSPACE_INLINE void endTile(const Sums<V, CO, R, P>& sum, const ConvolutionArgs& a, float* y) {
#pragma GCC unroll 16
  for (int o = 0; o < CO; o++)
#pragma GCC unroll 16
    for (int r = 0; r < R; r++)
#pragma GCC unroll 16
      for (int p = 0; p < P; p++) V::store(y + o * V::blocks * a.yBlock + r * a.yRow + p * a.yPixel, a.yBlock, sum[o][r][p]);
}

// sum[o][r][p] += weights[o] * x[r][p] for one input channel.
template <typename V, int CO, int R, int P>
NETSPACE_INLINE void multiplyChannel(Sums<V, CO, R, P>& sum, const float* x, ptrdiff_t xRow, ptrdiff_t xPixel, const float* weights,
                                     ptrdiff_t weightsBlock) {
  typename V::Register w[CO];
#pragma GCC unroll 16
  for (int o = 0; o < CO; o++) w[o] = V::load(weights + o * V::blocks * weightsBlock, weightsBlock);
#pragma GCC unroll 16
  for (int r = 0; r < R; r++)
#pragma GCC unroll 16
    for (int p = 0; p < P; p++) {
      const typename V::Register value = V::broadcast(x + r * xRow + p * xPixel);
#pragma GCC unroll 16
      for (int o = 0; o < CO; o++) V::multiplyAdd(sum[o][r][p], w[o], value);
    }
}

template <typename V, int CO, int R, int P>
NETSPACE_INLINE void convolutionTile(const ConvolutionArgs& a, const Pass& pass, const float* x, ptrdiff_t xPixel, float* y) {
  Sums<V, CO, R, P> sum;
  beginTile<V, CO, R, P>(sum, a, pass, y);
  const float* weights = pass.weights;
  for (int i = 0; i < pass.inputBlocks; i++, x += a.xBlock) {
    const bool full = pass.inputBlock + i != a.lastInputBlock;
    for (int t = 0; t < a.tapCount; t++, weights += kBlockWeights) {
      const float* xt = x + a.taps[t];
      if (full) {
#pragma GCC unroll 8
        for (int ci = 0; ci < kLanes; ci++)
          multiplyChannel<V, CO, R, P>(sum, xt + ci, a.xRow, xPixel, weights + ci * kLanes, a.weightsBlock);
      } else {
#pragma GCC unroll 1
        for (int ci = 0; ci < a.lastChannels; ci++)
          multiplyChannel<V, CO, R, P>(sum, xt + ci, a.xRow, xPixel, weights + ci * kLanes, a.weightsBlock);
      }
    }
  }
  endTile<V, CO, R, P>(sum, a, y);
}

template <typename V, int CO, int R, int P, int Stride>
void convolutionTiles(const ConvolutionArgs& a, const Pass& pass, int firstRow, int rowTiles, int column, int tiles) {
  const ptrdiff_t xPixel = Stride ? Stride * kLanes : a.xPixel;
  for (int n = 0; n < a.images; n++)
    for (int row = firstRow; row < firstRow + rowTiles * R; row += R)
      for (int tile = 0; tile < tiles; tile++) {
        const int c = column + tile * P;
        const float* x = a.x + pass.inputBlock * a.xBlock + n * a.xImage + row * a.xRow + c * xPixel;
        float* y = a.y + pass.outputBlock * a.yBlock + n * a.yImage + row * a.yRow + c * a.yPixel;
        convolutionTile<V, CO, R, P>(a, pass, x, xPixel, y);
      }
}

// Which sides of a tile lie at the edge of the input, so that the kernel reaches over it.
struct Edges {
  bool top, bottom, left, right;
};

// sum[r][p] += the three columns of one kernel row, for one input channel and the rows from First to before Last.
template <int R, int P, int Stride, int First, int Last>
NETSPACE_INLINE void multiplyRow(Vector (&sum)[R][P], const float* x, ptrdiff_t xRow, const float* weights, const Edges& edges) {
  Vector w[3];
#pragma GCC unroll 3
  for (int k = 0; k < 3; k++) w[k] = load(weights + k * kBlockWeights);
  constexpr int columns = Stride * (P - 1) + 3;
  // Neighbours meet the same sums: they are taken in turn with others far off.
  constexpr int parts = kRegisters == 16 && R * P >= 10 ? 2 : 3;  // where few registers are free, more would be spilt
  constexpr int part = (columns + parts - 1) / parts;
#pragma GCC unroll 64
  for (int i = 0; i < parts * part; i++) {
    const int c = i % parts * part + i / parts;
    if (c >= columns || (c == 0 && edges.left) || (c == columns - 1 && edges.right)) continue;
#pragma GCC unroll 16
    for (int r = First; r < Last; r++) {
      const Vector value = broadcast(x + r * xRow + c * kLanes);
#pragma GCC unroll 3
      for (int k = 0; k < 3; k++)
        if (c - k >= 0 && (c - k) % Stride == 0 && (c - k) / Stride < P) multiplyAdd(sum[r][(c - k) / Stride], w[k], value);
    }
  }
}

template <int R, int P, int Stride, int First, int Last>
NETSPACE_INLINE void multiplyRowChannels(Vector (&sum)[R][P], const float* x, ptrdiff_t xRow, const float* weights,
                                         const Edges& edges, int channels) {
#pragma GCC unroll 1
  for (int ci = 0; ci < channels; ci++) multiplyRow<R, P, Stride, First, Last>(sum, x + ci, xRow, weights + ci * kLanes, edges);
}

template <int R, int P, int Stride>
NETSPACE_INLINE void convolutionRowTile(const ConvolutionArgs& a, const Pass& pass, const float* x, float* y, const Edges& edges) {
  Vector sum[R][P];
#pragma GCC unroll 16
  for (int r = 0; r < R; r++) {
#pragma GCC unroll 16
    for (int p = 0; p < P; p++)
      sum[r][p] = pass.accumulate ? load(y + r * a.yRow + p * a.yPixel)
                  : a.bias        ? load(a.bias + pass.outputBlock * kLanes)
                                  : zeros();
  }
  const float* weights = pass.weights;
  for (int i = 0; i < pass.inputBlocks; i++, x += a.xBlock) {
    const int channels = pass.inputBlock + i != a.lastInputBlock ? kLanes : a.lastChannels;
    for (int kh = 0; kh < 3; kh++, weights += 3 * kBlockWeights) {
      const float* xk = x + a.taps[3 * kh];
      if (kh == 0 && edges.top) multiplyRowChannels<R, P, Stride, 1, R>(sum, xk, a.xRow, weights, edges, channels);
      else if (kh == 2 && edges.bottom) multiplyRowChannels<R, P, Stride, 0, R - 1>(sum, xk, a.xRow, weights, edges, channels);
      else multiplyRowChannels<R, P, Stride, 0, R>(sum, xk, a.xRow, weights, edges, channels);
    }
  }
#pragma GCC unroll 16
  for (int r = 0; r < R; r++)
#pragma GCC unroll 16
    for (int p = 0; p < P; p++) store(y + r * a.yRow + p * a.yPixel, sum[r][p]);
}

template <int R, int P, int Stride>
void convolutionRows(const ConvolutionArgs& a, const Pass& pass, int firstRow, int rowTiles, int column, int tiles) {
  for (int n = 0; n < a.images; n++)
    for (int rowTile = 0; rowTile < rowTiles; rowTile++) {
      const int row = firstRow + rowTile * R;
      for (int tile = 0; tile < tiles; tile++) {
        const int c = column + tile * P;
        const Edges edges = {row == 0, Stride * (row + R - 1) + 1 >= a.xHeight, c == 0, Stride * (c + P - 1) + 1 >= a.xWidth};
        const float* x = a.x + pass.inputBlock * a.xBlock + n * a.xImage + row * a.xRow + c * a.xPixel;
        float* y = a.y + pass.outputBlock * a.yBlock + n * a.yImage + row * a.yRow + c * a.yPixel;
        convolutionRowTile<R, P, Stride>(a, pass, x, y, edges);
      }
    }
}

// Runs tiles of R rows x P pixels, `rowTiles` from a row on, `tiles` from a column on.
using GridFunction = void (*)(const ConvolutionArgs&, const Pass&, int row, int rowTiles, int column, int tiles);

// Tiles of few output blocks take several rows where those are short.
constexpr int kMostTileRows = 4;
constexpr int mostTileRows(int blocks) { return blocks <= 2 ? kMostTileRows : 1; }

template <typename V, int CO, int R, int P, int Stride>
GridFunction pickPixels(int pixels) {
  if constexpr (P == 0) return nullptr;
  else return pixels == P ? &convolutionTiles<V, CO, R, P, Stride> : pickPixels<V, CO, R, P - 1, Stride>(pixels);
}

template <typename V, int CO, int R, int Stride>
GridFunction pickTileRows(int rows, int pixels) {
  if constexpr (R == 0) {
    return nullptr;
  } else {
    constexpr int most = Stride ? mostPixels(CO) / R : 1;
    return rows == R ? pickPixels<V, CO, R, most, Stride>(pixels) : pickTileRows<V, CO, R / 2, Stride>(rows, pixels);
  }
}

template <int Blocks, int Stride>
GridFunction pickTiles(int blocks, int rows, int pixels) {
  if constexpr (Blocks == 0) {
    return nullptr;
  } else {
    using V = Fitting<Blocks>;
    constexpr int CO = Blocks / V::blocks;
    return blocks == Blocks ? pickTileRows<V, CO, mostTileRows(CO), Stride>(rows, pixels)
                            : pickTiles<Blocks - 1, Stride>(blocks, rows, pixels);
  }
}

template <int R, int P, int Stride>
GridFunction pickRowPixels(int pixels) {
  if constexpr (P == 0) return nullptr;
  else return pixels == P ? &convolutionRows<R, P, Stride> : pickRowPixels<R, P - 1, Stride>(pixels);
}

template <int R, int Stride>
GridFunction pickRows(int rows, int pixels) {
  if constexpr (R == 0) return nullptr;
  else return rows == R ? pickRowPixels<R, kMostRowPixels / R, Stride>(pixels) : pickRows<R - 1, Stride>(rows, pixels);
}

// `count` rows of tiles of `height` rows; pick(height, pixels) finds their function.
template <typename Pick>
NETSPACE_INLINE void runGrid(const ConvolutionArgs& a, const Pass& pass, const Split& columns, int row, int height, int count, Pick pick) {
  if (count == 0) return;
  pick(height, columns.size)(a, pass, row, count, 0, columns.larger);
  if (columns.larger < columns.pieces)
    pick(height, columns.size - 1)(a, pass, row, count, columns.larger * columns.size, columns.pieces - columns.larger);
}

NETSPACE_INLINE void runTiles(const ConvolutionArgs& a, const Pass& pass, int blocks) {
  const int stride = a.xPixel == kLanes ? 1 : a.xPixel == 2 * kLanes ? 2 : 0;
  const int registers = blocks / blocksOfRegister(blocks);
  const int most = stride ? mostPixels(registers) : 1;
  const Split columns = split(a.columns, most);
  const auto pick = [&](int height, int pixels) {
    return stride == 1   ? pickTiles<kForwardBlocks, 1>(blocks, height, pixels)
           : stride == 2 ? pickTiles<kForwardBlocks, 2>(blocks, height, pixels)
                         : pickTiles<kForwardBlocks, 0>(blocks, height, pixels);
  };
  int row = 0;
  for (int height = mostTileRows(registers); height > 0; height /= 2) {
    if (height > 1 && height * columns.size > most) continue;
    const int count = (a.rows - row) / height;
    runGrid(a, pass, columns, row, height, count, pick);
    row += height * count;
  }
}

// Tiles of several rows where the rows are short: four multiply-adds are in flight on each of two ports.
NETSPACE_INLINE void runRows(const ConvolutionArgs& a, const Pass& pass) {
  const int stride = static_cast<int>(a.xPixel / kLanes);
  const Split columns = split(a.columns, kMostRowPixels);
  const int fit = smaller(4, kMostRowPixels / columns.size);
  const Split rows = split(a.rows, fit);
  const auto pick = [&](int height, int pixels) {
    return stride == 1 ? pickRows<4, 1>(height, pixels) : pickRows<4, 2>(height, pixels);
  };
  runGrid(a, pass, columns, 0, rows.size, rows.larger, pick);
  runGrid(a, pass, columns, rows.larger * rows.size, rows.size - 1, rows.pieces - rows.larger, pick);
}

constexpr int kCachedWeightBytes = 18 * 1024;

void convolution(const ConvolutionArgs& a) {
  for (int n = 0; n < a.tileCount; n++) {
    const Tile& tile = a.tiles[n];
    const bool rows = a.threeByThree && tile.count == 1;
    const int blockBytes = tile.count * (a.tapCount ? a.tapCount : 1) * kBlockWeights * static_cast<int>(sizeof(float));
    const int fit = kCachedWeightBytes / blockBytes;
    const Split passes = split(tile.inputBlocks, fit > 1 ? fit : 1);
    int done = 0;
    for (int piece = 0; piece < passes.pieces; piece++) {
      const int count = piece < passes.larger ? passes.size : passes.size - 1;
      const Pass pass = {tile.outputBlock, tile.inputBlock + done, count,
                         a.weights + tile.outputBlock * a.weightsBlock + static_cast<ptrdiff_t>(done) * a.tapCount * kBlockWeights,
                         a.accumulate || done > 0};
      if (rows) runRows(a, pass);
      else runTiles(a, pass, tile.count);
      done += count;
    }
  }
}

}  // namespace NETSPACE_ISA
}  // namespace netspace
