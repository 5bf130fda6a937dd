// Convolutions with output channels in the lanes: y = weights * x, see ConvolutionArgs. Tiles of one register
// of a 3x3 are taken by rows, see convolution_rows.h.
//
// convolutionTiles: CO output blocks x P pixels in registers; every input value is loaded once for CO multiply-adds,
//   every weight once for P.
//
// With NETSPACE_PAIRS all take two input channels for one.
#pragma once

#include "convolution_rows.h"

namespace netspace {
namespace NETSPACE_ISA {

constexpr int kTapWords = kPixelWords * TileVector::lanes;  // of the weights of a register

// In a tile.
#if defined(NETSPACE_WIDE)
constexpr int kForwardRegisters = 2;
#elif defined(NETSPACE_PAIRS)
constexpr int kForwardRegisters = 3;  // tiles of 3 x 9 reach 0.9 of the peak, of 4 x 6 no more than 0.8
#else
constexpr int kForwardRegisters = kRegisters == 32 ? 4 : kRegisters == 16 ? 3 : 2;
#endif
// Wide tiles of stride 2 are few, and would take long to compile.
constexpr int mostPixels(int registers, int stride) {
  return smaller(stride == 1 ? 16 : 8, (kRegisters - 1 - registers) / registers);
}

// sum[o][p] += weights[o] * x[p] for one input channel, or pair of them.
template <typename V, int CO, int P>
NETSPACE_INLINE void multiplyChannel(Sums<V, CO, P>& sum, const float* x, ptrdiff_t xPixel, const float* weights,
                                     ptrdiff_t weightsRegister) {
  typename V::Register w[CO];
#pragma GCC unroll 16
  for (int o = 0; o < CO; o++) w[o] = V::loadRow(weights + o * weightsRegister);
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
  const TilePlace place = {y, V::blocks * a.yBlock, a.yPixel, a.yBlock, pass.secondBlock ? CO : CO - 1};
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
          multiplyChannel<V, CO, P>(sum, xt + ci, xPixel, weights + ci * V::lanes, a.weightsRegister);
          if (ci % words == words - 1) fetch.go();
        }
      } else {
#pragma GCC unroll 1
        for (int ci = 0; ci < lastWords; ci++) {
          multiplyChannel<V, CO, P>(sum, xt + ci, xPixel, weights + ci * V::lanes, a.weightsRegister);
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

using TilesFunction = void (*)(const ConvolutionArgs&, const Pass&, int column, int tiles);

template <typename V, int CO, int P, int Stride>
TilesFunction pickPixels(int pixels) {
  if constexpr (P == 0) return nullptr;
  else return pixels == P ? &convolutionTiles<V, CO, P, Stride> : pickPixels<V, CO, P - 1, Stride>(pixels);
}

template <int Registers, int Stride>
TilesFunction pickTiles(int registers, int pixels) {
  if constexpr (Registers == 0) {
    return nullptr;
  } else {
    constexpr int most = Stride ? mostPixels(Registers, Stride) : 1;
    return registers == Registers ? pickPixels<TileVector, Registers, most, Stride>(pixels)
                                  : pickTiles<Registers - 1, Stride>(registers, pixels);
  }
}

NETSPACE_INLINE void runTiles(const ConvolutionArgs& a, const Pass& pass, int registers) {
  const int stride = a.xPixel == kPixelWords ? 1 : a.xPixel == 2 * kPixelWords ? 2 : 0;
  const Split columns = split(a.columns, stride ? mostPixels(registers, stride) : 1);
  const auto pick = [&](int pixels) {
    return stride == 1   ? pickTiles<kForwardRegisters, 1>(registers, pixels)
           : stride == 2 ? pickTiles<kForwardRegisters, 2>(registers, pixels)
                         : pickTiles<kForwardRegisters, 0>(registers, pixels);
  };
  pick(columns.size)(a, pass, 0, columns.larger);
  if (columns.larger < columns.pieces)
    pick(columns.size - 1)(a, pass, columns.larger * columns.size, columns.pieces - columns.larger);
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
  pass.weights =
      a.weights + tile.firstRegister * a.weightsRegister + static_cast<ptrdiff_t>(done) * a.tapCount * kTapWords;
  if (a.bias && done == 0) pass.bias = a.bias + tile.outputBlock * kLanes;
  pass.accumulate = a.accumulate || done > 0;
  pass.floor = done + count == tile.inputBlocks ? a.floor : -__builtin_inff();
  pass.secondBlock = tile.count % TileVector::blocks == 0 ? a.yBlock : 0;
  return pass;
}

NETSPACE_INLINE void runPass(const ConvolutionArgs& a, const Pass& pass, int registers) {
  if (!a.threeByThree || registers > 1) runTiles(a, pass, registers);
  else if (a.spread) runSpreadRows<TileVector>(a, pass);
  else runRows<TileVector>(a, pass);
}

void convolution(const ConvolutionArgs& a) {
  for (int n = 0; n < a.tileCount; n++) {
    const Tile& tile = a.tiles[n];
    const int registers = (tile.count + TileVector::blocks - 1) / TileVector::blocks;
    const int slotBytes = registers * (a.tapCount ? a.tapCount : 1) * kTapWords * static_cast<int>(sizeof(float));
    const int fit = kCachedWeightBytes / slotBytes;
    const Split passes = split(tile.inputBlocks, fit > 1 ? fit : 1);
    int done = 0;
    for (int piece = 0; piece < passes.pieces; piece++) {
      const int count = piece < passes.larger ? passes.size : passes.size - 1;
      runPass(a, passOf(a, tile, done, count), registers);
      done += count;
    }
  }
}

}  // namespace NETSPACE_ISA
}  // namespace netspace
