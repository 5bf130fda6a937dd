// Rows of tiles of 3x3 convolutions, for tiles of one register of output channels:
//
// convolutionRows: R rows x P pixels; every input value is loaded once for the three columns of the kernel that it
//   meets. For groups of up to eight channels, where convolutionTiles would be bound by loads. What lies outside of the
//   input is left out: on a map of 4 x 4 pixels, a third of the multiply-adds.
// convolutionSpreadRows: the same for the gradient of the input where the stride is 2: every second row of it, in which
//   an input value meets three neighbours.
//
// V says what a register holds: OneBlock, or two groups of eight (interleaved.h).
#pragma once

#include "fetch.h"
#include "tile.h"

namespace netspace {
namespace NETSPACE_ISA {

constexpr int kMostRowPixels = kRegisters == 32 ? 16 : kRegisters == 16 ? 11 : 4;

// A pass over part of a tile's input blocks: so many that their weights stay in the first-level cache.
struct Pass {
  int outputBlock, inputBlock, inputBlocks;
  int words;  // of a pixel of the input blocks
  const float* weights;
  const float* bias;  // of outputBlock; null: none, or added by an earlier pass
  bool accumulate;
  float floor;
  ptrdiff_t secondBlock;  // of the output, from the first one of a register that holds two; 0: there is none
};

// Which sides of a tile lie at the edge of the input, so that the kernel reaches over it.
struct Edges {
  bool top, bottom, left, right;
};

// sum[r][p] += the three columns of one kernel row, for one input channel, or pair of them: in the rows [First, Last).
template <typename V, int R, int P, int Stride, int First, int Last>
NETSPACE_INLINE void multiplyRow(Sums<V, R, P>& sum, const float* x, ptrdiff_t xRow, const float* weights,
                                 const Edges& edges) {
  typename V::Register w[3];
#pragma GCC unroll 3
  for (int k = 0; k < 3; k++) w[k] = V::loadRow(weights + k * kPixelWords * V::lanes);
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
      const typename V::Register value = V::broadcast(x + r * xRow + c * V::pixel);
#pragma GCC unroll 3
      for (int k = 0; k < 3; k++)
        if (c - k >= 0 && (c - k) % Stride == 0 && (c - k) / Stride < P)
          V::multiplyAdd(sum[r][(c - k) / Stride], w[k], value);
    }
  }
}

template <typename V, int R, int P, int Stride, int First, int Last>
NETSPACE_INLINE void multiplyRowChannels(Sums<V, R, P>& sum, const float* x, ptrdiff_t xRow, const float* weights,
                                         const Edges& edges, int words, FetchSteps& fetch) {
#pragma GCC unroll 1
  for (int ci = 0; ci < words; ci++) {
    multiplyRow<V, R, P, Stride, First, Last>(sum, x + ci * V::channel, xRow, weights + ci * V::lanes, edges);
    fetch.go();
  }
}

template <typename V, int R, int P, int Stride>
NETSPACE_INLINE void convolutionRowTile(const ConvolutionArgs& a, const Pass& pass, const float* x, float* y,
                                        const Edges& edges) {
  const TilePlace place = {y, a.yRow, a.yPixel, pass.secondBlock, pass.secondBlock ? R : 0};
  Sums<V, R, P> sum;
  beginTile<V, R, P>(sum, place, pass.bias, 0, pass.accumulate);
  FetchSteps fetch(*a.ahead, V::blocks * R * P * 3 * kWordNumbers, pass.words * 3);
  const float* weights = pass.weights;
  for (int i = 0; i < pass.inputBlocks; i++, x += a.xBlock) {
    const int words = wordsOf(pass.inputBlock + i != a.lastInputBlock ? kLanes : a.lastChannels);
    for (int kh = 0; kh < 3; kh++, weights += 3 * kPixelWords * V::lanes) {
      const float* xk = x + a.taps[3 * kh];
      if (kh == 0 && edges.top)
        multiplyRowChannels<V, R, P, Stride, 1, R>(sum, xk, a.xRow, weights, edges, words, fetch);
      else if (kh == 2 && edges.bottom)
        multiplyRowChannels<V, R, P, Stride, 0, R - 1>(sum, xk, a.xRow, weights, edges, words, fetch);
      else multiplyRowChannels<V, R, P, Stride, 0, R>(sum, xk, a.xRow, weights, edges, words, fetch);
    }
  }
  endTile<V, R, P>(sum, place, pass.floor);
}

template <typename V, int R, int P, int Stride>
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
        convolutionRowTile<V, R, P, Stride>(a, pass, x, y, edges);
      }
    }
}

// sum[r][p] += three columns of one kernel row that is spread, for one input channel, or pair: in the rows [0, Last).
template <typename V, int R, int P, int Last>
NETSPACE_INLINE void multiplySpreadRow(Sums<V, R, P>& sum, const float* x, ptrdiff_t xRow, const float* weights,
                                       bool right) {
  typename V::Register w[3];
#pragma GCC unroll 3
  for (int k = 0; k < 3; k++) w[k] = V::loadRow(weights + k * kPixelWords * V::lanes);
#pragma GCC unroll 16
  for (int c = 0; c <= P / 2; c++) {
    if (2 * c == P && right) continue;
#pragma GCC unroll 2
    for (int r = 0; r < Last; r++) {
      const typename V::Register value = V::broadcast(x + r * xRow + c * V::pixel);
#pragma GCC unroll 3
      for (int k = 0; k < 3; k++)
        if (2 * c + k - 1 >= 0 && 2 * c + k - 1 < P) V::multiplyAdd(sum[r][2 * c + k - 1], w[k], value);
    }
  }
}

template <typename V, int R, int P>
NETSPACE_INLINE void convolutionSpreadTile(const ConvolutionArgs& a, const Pass& pass, const float* x, float* y,
                                           bool bottom, bool right) {
  const TilePlace place = {y, a.yRow, a.yPixel, pass.secondBlock, pass.secondBlock ? R : 0};
  Sums<V, R, P> sum;
  beginTile<V, R, P>(sum, place, nullptr, 0, pass.accumulate);
  FetchSteps fetch(*a.ahead, V::blocks * R * P * 3 / 2 * kWordNumbers, pass.words * a.tapCount / 3);
  const float* weights = pass.weights;
  for (int i = 0; i < pass.inputBlocks; i++, x += a.xBlock) {
    const int words = wordsOf(pass.inputBlock + i != a.lastInputBlock ? kLanes : a.lastChannels);
    for (int t = 0; t < a.tapCount; t += 3, weights += 3 * kPixelWords * V::lanes) {
      const float* xt = x + a.taps[t];
      if (t == 3 && bottom) {
#pragma GCC unroll 1
        for (int ci = 0; ci < words; ci++, fetch.go())
          multiplySpreadRow<V, R, P, R - 1>(sum, xt + ci * V::channel, a.xRow, weights + ci * V::lanes, right);
      } else {
#pragma GCC unroll 1
        for (int ci = 0; ci < words; ci++, fetch.go())
          multiplySpreadRow<V, R, P, R>(sum, xt + ci * V::channel, a.xRow, weights + ci * V::lanes, right);
      }
    }
  }
  endTile<V, R, P>(sum, place, pass.floor);
}

template <typename V, int R, int P>
void convolutionSpreadRows(const ConvolutionArgs& a, const Pass& pass, int firstRow, int rowTiles, int column, int) {
  const bool right = column / 2 + P / 2 >= a.xWidth;
  for (int n = 0; n < a.images; n++)
    for (int row = firstRow; row < firstRow + rowTiles * R; row += R) {
      const float* x = a.x + pass.inputBlock * a.xBlock + n * a.xImage + row * a.xRow + column / 2 * a.xPixel;
      float* y = a.y + pass.outputBlock * a.yBlock + n * a.yImage + row * a.yRow + column * a.yPixel;
      convolutionSpreadTile<V, R, P>(a, pass, x, y, row + R >= a.xHeight, right);
    }
}

using RowsFunction = void (*)(const ConvolutionArgs&, const Pass&, int row, int rowTiles, int column, int tiles);

template <typename V, int R, int P, int Stride>
RowsFunction pickRowPixels(int pixels) {
  if constexpr (P == 0) return nullptr;
  else return pixels == P ? &convolutionRows<V, R, P, Stride> : pickRowPixels<V, R, P - 1, Stride>(pixels);
}

template <typename V, int R, int Stride>
RowsFunction pickRows(int rows, int pixels) {
  if constexpr (R == 0) return nullptr;
  else
    return rows == R ? pickRowPixels<V, R, kMostRowPixels / R, Stride>(pixels)
                     : pickRows<V, R - 1, Stride>(rows, pixels);
}

template <typename V, int R, int P>
RowsFunction pickSpreadPixels(int pixels) {
  if constexpr (P == 0) return nullptr;
  else return pixels == P ? &convolutionSpreadRows<V, R, P> : pickSpreadPixels<V, R, P - 1>(pixels);
}

// Tiles of several rows where the rows are short: four multiply-adds are in flight on each of two ports.
template <typename V>
NETSPACE_INLINE void runRows(const ConvolutionArgs& a, const Pass& pass) {
  const int stride = static_cast<int>(a.xPixel / V::pixel);
  const Split columns = split(a.columns, kMostRowPixels);
  const int fit = smaller(4, kMostRowPixels / columns.size);
  const Split rows = split(a.rows, fit);
  const auto pick = [&](int height, int pixels) {
    return stride == 1 ? pickRows<V, 4, 1>(height, pixels) : pickRows<V, 4, 2>(height, pixels);
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
template <typename V>
NETSPACE_INLINE void runSpreadRows(const ConvolutionArgs& a, const Pass& pass) {
  const Split pairs = split((a.columns + 1) / 2, kMostRowPixels / 2);
  const bool two = 4 * pairs.size <= kMostRowPixels;
  const int twos = two ? a.rows / 2 : 0;
  int column = 0;
  for (int piece = 0; piece < pairs.pieces; piece++) {
    const int pixels = smaller(2 * (piece < pairs.larger ? pairs.size : pairs.size - 1), a.columns - column);
    if (twos > 0) pickSpreadPixels<V, 2, kMostRowPixels / 2>(pixels)(a, pass, 0, twos, column, 1);
    if (2 * twos < a.rows)
      pickSpreadPixels<V, 1, kMostRowPixels>(pixels)(a, pass, 2 * twos, a.rows - 2 * twos, column, 1);
    column += pixels;
  }
}

}  // namespace NETSPACE_ISA
}  // namespace netspace
