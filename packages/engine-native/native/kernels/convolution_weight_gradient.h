// Gradients of convolution weights with output channels in the lanes, see WeightGradientArgs. Sums over the pixels of a
// strip are kept in registers; strips are short enough that the gradient of the output stays in the first-level cache.
//
// weightGradientTile: CI input channels x CO output blocks of one tap.
// Tiles of one register of a 3x3 are taken by rows, see weight_gradient_rows.h.
//
// With NETSPACE_PAIRS both take two pixels for one: x and dy are of Format::kPixelPairs or its like, as are columns.
#pragma once

#include "weight_gradient_rows.h"

namespace netspace {
namespace NETSPACE_ISA {

constexpr int kGradientRegisters = kRegisters == 8 ? 1 : 3;  // in a tile
constexpr int kStripPixels = 128;
constexpr int tileChannels(int registers) { return kRegisters == 32 || (registers == 1 && kRegisters == 16) ? 8 : 4; }

// Part of the images, rows and columns of WeightGradientArgs.
struct Strip {
  int image, images, row, rows, column, columns;
};

template <typename V, int CI, int CO>
NETSPACE_INLINE void addPixel(typename V::Register (&sum)[CI][CO], const float* x, const float* dy, ptrdiff_t dyBlock,
                              ptrdiff_t lastSecond) {
  typename V::Register d[CO];
#pragma GCC unroll 16
  for (int o = 0; o < CO; o++) d[o] = V::load(dy + o * V::blocks * dyBlock, o < CO - 1 ? dyBlock : lastSecond);
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
void weightGradientTile(const WeightGradientArgs& a, const Strip& s, const float* x0, const float* dy0, float* weights,
                        ptrdiff_t lastSecond) {
  constexpr int U = kRegisters == 32 && CI * CO <= 8 ? 2 : 1;
  typename V::Register sum[U][CI][CO] = {};
#pragma GCC unroll 16
  for (int i = 0; i < CI; i++)
#pragma GCC unroll 16
    for (int o = 0; o < CO; o++) sum[0][i][o] = V::loadRow(weights + o * a.weightsRegister + i * V::lanes);
  for (int n = s.image; n < s.image + s.images; n++) {
    for (int r = s.row; r < s.row + s.rows; r++) {
      const float* x = x0 + n * a.xImage + r * a.xRow + s.column * a.xPixel;
      const float* dy = dy0 + n * a.dyImage + r * a.dyRow + s.column * kLanes;
      FetchSteps fetch(*a.ahead, kWordNumbers * U * CI * CO, s.columns / U);
      int c = 0;
#pragma GCC unroll 2
      for (; c + U <= s.columns; c += U) {
#pragma GCC unroll 2
        for (int u = 0; u < U; u++, x += a.xPixel, dy += kLanes)
          addPixel<V, CI, CO>(sum[u], x, dy, a.dyBlock, lastSecond);
        fetch.go();
      }
      if (c < s.columns) addPixel<V, CI, CO>(sum[0], x, dy, a.dyBlock, lastSecond);
    }
  }
#pragma GCC unroll 16
  for (int i = 0; i < CI; i++)
#pragma GCC unroll 16
    for (int o = 0; o < CO; o++) {
      float* target = weights + o * a.weightsRegister + i * V::lanes;
      const typename V::Register total = U == 1 ? sum[0][i][o] : sum[0][i][o] + sum[U - 1][i][o];
      if (V::blocks > 1 && o == CO - 1 && lastSecond == 0) V::storeFirst(target, total);
      else V::storeRow(target, total);
    }
}

template <int CO>
void weightGradientTiles(const WeightGradientArgs& a, const Tile& tile, const Strip& strip) {
  using V = TileVector;
  constexpr int CI = tileChannels(CO);
  const float* dy = a.dy + tile.outputBlock * a.dyBlock;
  const ptrdiff_t lastSecond = tile.count % V::blocks == 0 ? a.dyBlock : 0;
  float* weights = a.weights + tile.firstRegister * a.weightsRegister;
  for (int i = 0; i < tile.inputBlocks; i++) {
    const int block = tile.inputBlock + i;
    const int channels = block != a.lastInputBlock ? kLanes : a.lastChannels;
    for (int t = 0; t < a.tapCount; t++, weights += kLanes * V::lanes) {
      const float* x = a.x + block * a.xBlock + a.taps[t];
      if (CI == 8 && channels <= 4) weightGradientTile<V, 4, CO>(a, strip, x, dy, weights, lastSecond);
      else
        for (int ci = 0; ci < channels; ci += CI)
          weightGradientTile<V, CI, CO>(a, strip, x + ci, dy, weights + ci * V::lanes, lastSecond);
    }
  }
}

template <int Registers>
NETSPACE_INLINE void weightGradientOf(const WeightGradientArgs& a, const Tile& tile, const Strip& strip) {
  if constexpr (Registers > 0) {
    if ((tile.count + TileVector::blocks - 1) / TileVector::blocks == Registers)
      weightGradientTiles<Registers>(a, tile, strip);
    else weightGradientOf<Registers - 1>(a, tile, strip);
  }
}

// `weights`: of a register of output blocks that read the tile's input blocks.
template <int Stride>
NETSPACE_INLINE void weightGradientRows(const WeightGradientArgs& a, const Tile& tile, const float* dy, float* weights,
                                        SecondBlock second) {
  for (int i = 0; i < tile.inputBlocks; i++, weights += 9 * kLanes * a.weightsRow) {
    const int block = tile.inputBlock + i;
    const int channels = block != a.lastInputBlock ? kLanes : a.lastChannels;
    const float* x = a.x + block * a.xBlock;
    for (int ci = 0; ci < channels; ci += kRowChannels)
      weightGradientKernelOf<RowVector, kRowChannels, Stride>(a, smaller(kRowChannels, channels - ci), x + ci, dy,
                                                              weights + ci * a.weightsRow, second);
  }
}

// The weights' registers may hold more blocks than those of the kernel.
NETSPACE_INLINE void weightGradientRowTiles(const WeightGradientArgs& a) {
  const int registerBlocks = static_cast<int>(a.weightsRow / kLanes);
  for (int n = 0; n < a.tileCount; n++) {
    const Tile& tile = a.tiles[n];
    for (int block = 0; block < tile.count; block += RowVector::blocks) {
      const float* dy = a.dy + (tile.outputBlock + block) * a.dyBlock;
      float* weights = a.weights + (tile.firstRegister + block / registerBlocks) * a.weightsRegister +
                       block % registerBlocks * kLanes;
      const bool isWhole = block + RowVector::blocks <= tile.count;
      const SecondBlock second = {isWhole ? a.dyBlock : 0, isWhole ? kLanes : 0};
      if (a.stride == 1) weightGradientRows<1>(a, tile, dy, weights, second);
      else weightGradientRows<2>(a, tile, dy, weights, second);
    }
  }
}

NETSPACE_INLINE void weightGradientStrip(const WeightGradientArgs& a, const Strip& strip) {
  for (int n = 0; n < a.tileCount; n++) weightGradientOf<kGradientRegisters>(a, a.tiles[n], strip);
}

void weightGradient(const WeightGradientArgs& a) {
  if (a.threeByThree) return weightGradientRowTiles(a);
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
