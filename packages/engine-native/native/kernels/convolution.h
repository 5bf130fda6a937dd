// Convolutions with output channels in the lanes: y = weights * x, see ConvolutionArgs.
//
// convolutionTiles: CO output blocks x P pixels in registers; every input value is loaded once for CO multiply-adds,
//   every weight once for P.
// convolutionRows: one output block, R rows x P pixels; every input value is loaded once for the three columns of a
//   3x3 kernel that it meets. For groups of up to eight channels, where convolutionTiles would be bound by loads. What
//   lies outside of the input is left out: on a map of 4 x 4 pixels, a third of the multiply-adds.
// convolutionSpreadRows: the same for the gradient of the input where the stride is 2: every second row of it, in which
//   an input value meets three neighbours.
//
// With NETSPACE_PAIRS all take two input channels for one.
#pragma once

#include "fetch.h"
#include "tile.h"

namespace netspace {
namespace NETSPACE_ISA {

constexpr int kTapWords = kPixelWords * kLanes;  // of the weights between two blocks

#if defined(NETSPACE_PAIRS) && !defined(NETSPACE_WIDE)
constexpr int kForwardBlocks = 3;  // tiles of 3 x 9 reach 0.9 of the peak, of 4 x 6 no more than 0.8
#else
constexpr int kForwardBlocks = kRegisters == 32 ? 4 : kRegisters == 16 ? 3 : 2;
#endif
// Of a tile. Wide ones of stride 2 are few, and would take long to compile.
constexpr int mostPixels(int blocks, int stride) {
  return smaller(stride == 1 ? 16 : 8, (kRegisters - 1 - blocks) / blocks);
}
constexpr int kMostRowPixels = kRegisters == 32 ? 16 : kRegisters == 16 ? 11 : 4;

// A pass over part of a tile's input blocks: so many that their weights stay in the first-level cache.
struct Pass {
  int outputBlock, inputBlock, inputBlocks;
  int words;  // of a pixel of the input blocks
  const float* weights;
  const float* bias;  // of outputBlock; null: none, or added by an earlier pass
  bool accumulate;
  float floor;
};

// sum[o][p] += weights[o] * x[p] for one input channel, or pair of them.
template <typename V, int CO, int P>
NETSPACE_INLINE void multiplyChannel(Sums<V, CO, P>& sum, const float* x, ptrdiff_t xPixel, const float* weights,
                                     ptrdiff_t weightsBlock) {
  typename V::Register w[CO];
#pragma GCC unroll 16
  for (int o = 0; o < CO; o++) w[o] = V::load(weights + o * V::blocks * weightsBlock, weightsBlock);
#pragma GCC unroll 16
  for (int p = 0; p < P; p++) {
    const typename V::Register value = V::broadcast(x + p * xPixel);
#pragma GCC unroll 16
    for (int o = 0; o < CO; o++) V::multiplyAdd(sum[o][p], w[o], value);
  }
}

template <typename V, int CO, int P>
NETSPACE_INLINE void convolutionTile(const ConvolutionArgs& a, const Pass& pass, const float* x, ptrdiff_t xPixel,
                                     float* y) {
  constexpr int words = kPixelWords / 4;  // after which a line is fetched
  const TilePlace place = {y, V::blocks * a.yBlock, a.yPixel, a.yBlock};
  Sums<V, CO, P> sum;
  beginTile<V, CO, P>(sum, place, pass.bias, V::blocks * kLanes, pass.accumulate);
  FetchSteps fetch(*a.ahead, CO * P * words * kWordNumbers, pass.words / words * a.tapCount);
  const float* weights = pass.weights;
  for (int i = 0; i < pass.inputBlocks; i++, x += a.xBlock) {
    const bool full = pass.inputBlock + i != a.lastInputBlock;
    const int lastWords = wordsOf(a.lastChannels);
    for (int t = 0; t < a.tapCount; t++, weights += kTapWords) {
      const float* xt = x + a.taps[t];
      if (full) {
#pragma GCC unroll 8
        for (int ci = 0; ci < kPixelWords; ci++) {
          multiplyChannel<V, CO, P>(sum, xt + ci, xPixel, weights + ci * kLanes, a.weightsBlock);
          if (ci % words == words - 1) fetch.go();
        }
      } else {
#pragma GCC unroll 1
        for (int ci = 0; ci < lastWords; ci++) {
          multiplyChannel<V, CO, P>(sum, xt + ci, xPixel, weights + ci * kLanes, a.weightsBlock);
          if (ci % words == words - 1) fetch.go();
        }
      }
    }
  }
  endTile<V, CO, P>(sum, place, pass.floor);
}

template <typename V, int CO, int P, int Stride>
void convolutionTiles(const ConvolutionArgs& a, const Pass& pass, int column, int tiles) {
  const ptrdiff_t xPixel = Stride ? Stride * kPixelWords : a.xPixel;
  for (int n = 0; n < a.images; n++)
    for (int r = 0; r < a.rows; r++)
      for (int tile = 0; tile < tiles; tile++) {
        const int c = column + tile * P;
        const float* x = a.x + pass.inputBlock * a.xBlock + n * a.xImage + r * a.xRow + c * xPixel;
        float* y = a.y + pass.outputBlock * a.yBlock + n * a.yImage + r * a.yRow + c * a.yPixel;
        convolutionTile<V, CO, P>(a, pass, x, xPixel, y);
      }
}

// Which sides of a tile lie at the edge of the input, so that the kernel reaches over it.
struct Edges {
  bool top, bottom, left, right;
};

// sum[r][p] += the three columns of one kernel row, for one input channel, or pair of them: in the rows [First, Last).
template <int R, int P, int Stride, int First, int Last>
NETSPACE_INLINE void multiplyRow(Vector (&sum)[R][P], const float* x, ptrdiff_t xRow, const float* weights,
                                 const Edges& edges) {
  Vector w[3];
#pragma GCC unroll 3
  for (int k = 0; k < 3; k++) w[k] = load(weights + k * kTapWords);
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
      const Vector value = broadcast(x + r * xRow + c * kPixelWords);
#pragma GCC unroll 3
      for (int k = 0; k < 3; k++)
        if (c - k >= 0 && (c - k) % Stride == 0 && (c - k) / Stride < P)
          multiplyAdd(sum[r][(c - k) / Stride], w[k], value);
    }
  }
}

template <int R, int P, int Stride, int First, int Last>
NETSPACE_INLINE void multiplyRowChannels(Vector (&sum)[R][P], const float* x, ptrdiff_t xRow, const float* weights,
                                         const Edges& edges, int words, FetchSteps& fetch) {
#pragma GCC unroll 1
  for (int ci = 0; ci < words; ci++) {
    multiplyRow<R, P, Stride, First, Last>(sum, x + ci, xRow, weights + ci * kLanes, edges);
    fetch.go();
  }
}

template <int R, int P, int Stride>
NETSPACE_INLINE void convolutionRowTile(const ConvolutionArgs& a, const Pass& pass, const float* x, float* y,
                                        const Edges& edges) {
  const TilePlace place = {y, a.yRow, a.yPixel, 0};
  Sums<OneBlock, R, P> sum;
  beginTile<OneBlock, R, P>(sum, place, pass.bias, 0, pass.accumulate);
  FetchSteps fetch(*a.ahead, R * P * 3 * kWordNumbers, pass.words * 3);
  const float* weights = pass.weights;
  for (int i = 0; i < pass.inputBlocks; i++, x += a.xBlock) {
    const int words = wordsOf(pass.inputBlock + i != a.lastInputBlock ? kLanes : a.lastChannels);
    for (int kh = 0; kh < 3; kh++, weights += 3 * kTapWords) {
      const float* xk = x + a.taps[3 * kh];
      if (kh == 0 && edges.top) multiplyRowChannels<R, P, Stride, 1, R>(sum, xk, a.xRow, weights, edges, words, fetch);
      else if (kh == 2 && edges.bottom)
        multiplyRowChannels<R, P, Stride, 0, R - 1>(sum, xk, a.xRow, weights, edges, words, fetch);
      else multiplyRowChannels<R, P, Stride, 0, R>(sum, xk, a.xRow, weights, edges, words, fetch);
    }
  }
  endTile<OneBlock, R, P>(sum, place, pass.floor);
}

template <int R, int P, int Stride>
void convolutionRows(const ConvolutionArgs& a, const Pass& pass, int firstRow, int rowTiles, int column, int tiles) {
  for (int n = 0; n < a.images; n++)
    for (int rowTile = 0; rowTile < rowTiles; rowTile++) {
      const int row = firstRow + rowTile * R;
      for (int tile = 0; tile < tiles; tile++) {
        const int c = column + tile * P;
        const Edges edges = {row == 0, Stride * (row + R - 1) + 1 >= a.xHeight, c == 0,
                             Stride * (c + P - 1) + 1 >= a.xWidth};
        const float* x = a.x + pass.inputBlock * a.xBlock + n * a.xImage + row * a.xRow + c * a.xPixel;
        float* y = a.y + pass.outputBlock * a.yBlock + n * a.yImage + row * a.yRow + c * a.yPixel;
        convolutionRowTile<R, P, Stride>(a, pass, x, y, edges);
      }
    }
}

// sum[r][p] += three columns of one kernel row that is spread, for one input channel, or pair: in the rows [0, Last).
template <int R, int P, int Last>
NETSPACE_INLINE void multiplySpreadRow(Vector (&sum)[R][P], const float* x, ptrdiff_t xRow, const float* weights,
                                       bool right) {
  Vector w[3];
#pragma GCC unroll 3
  for (int k = 0; k < 3; k++) w[k] = load(weights + k * kTapWords);
#pragma GCC unroll 16
  for (int c = 0; c <= P / 2; c++) {
    if (2 * c == P && right) continue;
#pragma GCC unroll 2
    for (int r = 0; r < Last; r++) {
      const Vector value = broadcast(x + r * xRow + c * kPixelWords);
#pragma GCC unroll 3
      for (int k = 0; k < 3; k++)
        if (2 * c + k - 1 >= 0 && 2 * c + k - 1 < P) multiplyAdd(sum[r][2 * c + k - 1], w[k], value);
    }
  }
}

template <int R, int P>
NETSPACE_INLINE void convolutionSpreadTile(const ConvolutionArgs& a, const Pass& pass, const float* x, float* y,
                                           bool bottom, bool right) {
  const TilePlace place = {y, a.yRow, a.yPixel, 0};
  Sums<OneBlock, R, P> sum;
  beginTile<OneBlock, R, P>(sum, place, nullptr, 0, pass.accumulate);
  FetchSteps fetch(*a.ahead, R * P * 3 / 2 * kWordNumbers, pass.words * a.tapCount / 3);
  const float* weights = pass.weights;
  for (int i = 0; i < pass.inputBlocks; i++, x += a.xBlock) {
    const int words = wordsOf(pass.inputBlock + i != a.lastInputBlock ? kLanes : a.lastChannels);
    for (int t = 0; t < a.tapCount; t += 3, weights += 3 * kTapWords) {
      const float* xt = x + a.taps[t];
      if (t == 3 && bottom) {
#pragma GCC unroll 1
        for (int ci = 0; ci < words; ci++, fetch.go())
          multiplySpreadRow<R, P, R - 1>(sum, xt + ci, a.xRow, weights + ci * kLanes, right);
      } else {
#pragma GCC unroll 1
        for (int ci = 0; ci < words; ci++, fetch.go())
          multiplySpreadRow<R, P, R>(sum, xt + ci, a.xRow, weights + ci * kLanes, right);
      }
    }
  }
  endTile<OneBlock, R, P>(sum, place, pass.floor);
}

template <int R, int P>
void convolutionSpreadRows(const ConvolutionArgs& a, const Pass& pass, int firstRow, int rowTiles, int column, int) {
  const bool right = column / 2 + P / 2 >= a.xWidth;
  for (int n = 0; n < a.images; n++)
    for (int row = firstRow; row < firstRow + rowTiles * R; row += R) {
      const float* x = a.x + pass.inputBlock * a.xBlock + n * a.xImage + row * a.xRow + column / 2 * a.xPixel;
      float* y = a.y + pass.outputBlock * a.yBlock + n * a.yImage + row * a.yRow + column * a.yPixel;
      convolutionSpreadTile<R, P>(a, pass, x, y, row + R >= a.xHeight, right);
    }
}

using TilesFunction = void (*)(const ConvolutionArgs&, const Pass&, int column, int tiles);
using RowsFunction = void (*)(const ConvolutionArgs&, const Pass&, int row, int rowTiles, int column, int tiles);

template <typename V, int CO, int P, int Stride>
TilesFunction pickPixels(int pixels) {
  if constexpr (P == 0) return nullptr;
  else return pixels == P ? &convolutionTiles<V, CO, P, Stride> : pickPixels<V, CO, P - 1, Stride>(pixels);
}

template <int Blocks, int Stride>
TilesFunction pickTiles(int blocks, int pixels) {
  if constexpr (Blocks == 0) {
    return nullptr;
  } else {
    using V = Fitting<Blocks>;
    constexpr int CO = Blocks / V::blocks;
    constexpr int most = Stride ? mostPixels(CO, Stride) : 1;
    return blocks == Blocks ? pickPixels<V, CO, most, Stride>(pixels) : pickTiles<Blocks - 1, Stride>(blocks, pixels);
  }
}

template <int R, int P, int Stride>
RowsFunction pickRowPixels(int pixels) {
  if constexpr (P == 0) return nullptr;
  else return pixels == P ? &convolutionRows<R, P, Stride> : pickRowPixels<R, P - 1, Stride>(pixels);
}

template <int R, int Stride>
RowsFunction pickRows(int rows, int pixels) {
  if constexpr (R == 0) return nullptr;
  else return rows == R ? pickRowPixels<R, kMostRowPixels / R, Stride>(pixels) : pickRows<R - 1, Stride>(rows, pixels);
}

template <int R, int P>
RowsFunction pickSpreadPixels(int pixels) {
  if constexpr (P == 0) return nullptr;
  else return pixels == P ? &convolutionSpreadRows<R, P> : pickSpreadPixels<R, P - 1>(pixels);
}

NETSPACE_INLINE void runTiles(const ConvolutionArgs& a, const Pass& pass, int blocks) {
  const int stride = a.xPixel == kPixelWords ? 1 : a.xPixel == 2 * kPixelWords ? 2 : 0;
  const Split columns = split(a.columns, stride ? mostPixels(blocks / blocksOfRegister(blocks), stride) : 1);
  const auto pick = [&](int pixels) {
    return stride == 1   ? pickTiles<kForwardBlocks, 1>(blocks, pixels)
           : stride == 2 ? pickTiles<kForwardBlocks, 2>(blocks, pixels)
                         : pickTiles<kForwardBlocks, 0>(blocks, pixels);
  };
  pick(columns.size)(a, pass, 0, columns.larger);
  if (columns.larger < columns.pieces)
    pick(columns.size - 1)(a, pass, columns.larger * columns.size, columns.pieces - columns.larger);
}

// Tiles of several rows where the rows are short: four multiply-adds are in flight on each of two ports.
NETSPACE_INLINE void runRows(const ConvolutionArgs& a, const Pass& pass) {
  const int stride = static_cast<int>(a.xPixel / kPixelWords);
  const Split columns = split(a.columns, kMostRowPixels);
  const int fit = smaller(4, kMostRowPixels / columns.size);
  const Split rows = split(a.rows, fit);
  const auto pick = [&](int height, int pixels) {
    return stride == 1 ? pickRows<4, 1>(height, pixels) : pickRows<4, 2>(height, pixels);
  };
  int row = 0;
  for (int part = 0; part < 2; part++) {
    const int height = rows.size - part;
    const int tiles = part == 0 ? rows.larger : rows.pieces - rows.larger;
    if (tiles == 0) continue;
    pick(height, columns.size)(a, pass, row, tiles, 0, columns.larger);
    if (columns.larger < columns.pieces)
      pick(height, columns.size - 1)(a, pass, row, tiles, columns.larger * columns.size,
                                     columns.pieces - columns.larger);
    row += height * tiles;
  }
}

// Tiles begin at even columns; an odd one may be the last of a row.
NETSPACE_INLINE void runSpreadRows(const ConvolutionArgs& a, const Pass& pass) {
  const Split pairs = split((a.columns + 1) / 2, kMostRowPixels / 2);
  const bool two = 4 * pairs.size <= kMostRowPixels;
  const int twos = two ? a.rows / 2 : 0;
  int column = 0;
  for (int piece = 0; piece < pairs.pieces; piece++) {
    const int pixels = smaller(2 * (piece < pairs.larger ? pairs.size : pairs.size - 1), a.columns - column);
    if (twos > 0) pickSpreadPixels<2, kMostRowPixels / 2>(pixels)(a, pass, 0, twos, column, 1);
    if (2 * twos < a.rows) pickSpreadPixels<1, kMostRowPixels>(pixels)(a, pass, 2 * twos, a.rows - 2 * twos, column, 1);
    column += pixels;
  }
}

constexpr int kCachedWeightBytes = 20 * 1024;

// Over `count` of a tile's input blocks, after `done` of them.
NETSPACE_INLINE Pass passOf(const ConvolutionArgs& a, const Tile& tile, int done, int count) {
  const int first = tile.inputBlock + done;
  const bool hasLast = first <= a.lastInputBlock && a.lastInputBlock < first + count;
  Pass pass{};
  pass.outputBlock = tile.outputBlock;
  pass.inputBlock = first;
  pass.inputBlocks = count;
  pass.words = hasLast ? (count - 1) * kPixelWords + wordsOf(a.lastChannels) : count * kPixelWords;
  pass.weights = a.weights + tile.outputBlock * a.weightsBlock + static_cast<ptrdiff_t>(done) * a.tapCount * kTapWords;
  if (a.bias && done == 0) pass.bias = a.bias + tile.outputBlock * kLanes;
  pass.accumulate = a.accumulate || done > 0;
  pass.floor = done + count == tile.inputBlocks ? a.floor : -__builtin_inff();
  return pass;
}

void convolution(const ConvolutionArgs& a) {
  for (int n = 0; n < a.tileCount; n++) {
    const Tile& tile = a.tiles[n];
    const bool rows = a.threeByThree && tile.count == 1;
    const int blockBytes = tile.count * (a.tapCount ? a.tapCount : 1) * kTapWords * static_cast<int>(sizeof(float));
    const int fit = kCachedWeightBytes / blockBytes;
    const Split passes = split(tile.inputBlocks, fit > 1 ? fit : 1);
    int done = 0;
    for (int piece = 0; piece < passes.pieces; piece++) {
      const int count = piece < passes.larger ? passes.size : passes.size - 1;
      const Pass pass = passOf(a, tile, done, count);
      if (rows && a.spread) runSpreadRows(a, pass);
      else if (rows) runRows(a, pass);
      else runTiles(a, pass, tile.count);
      done += count;
    }
  }
}

}  // namespace NETSPACE_ISA
}  // namespace netspace
