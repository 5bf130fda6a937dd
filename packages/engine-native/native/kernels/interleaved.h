// 3x3 convolutions whose groups are one block wide, two groups in a register of 512 bits. Their maps are of
// Format::kInterleaved, the channels of two neighbouring blocks in turn: so one load of 64 bits, repeated, brings a
// channel of either group to the lanes of its own group, and there is nothing to permute between multiply-adds.
// Weights: [pair of blocks][K][8 input channels][8 output channels][2 blocks].
#pragma once

#include "convolution_rows.h"
#include "join.h"
#include "weight_gradient_rows.h"

namespace netspace {
namespace NETSPACE_ISA {

// Two groups, whose blocks are `second` apart in memory; 0: there is no second one.
struct TwoGroups : TwoBlocks {
  static constexpr int pixel = 2 * kLanes, channel = 2;

  static NETSPACE_INLINE Register interleave(Vector first, Vector second) {
    return __builtin_shufflevector(first, second, 0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15);
  }
  static NETSPACE_INLINE Register load(const float* p, ptrdiff_t second) {
    return interleave(NETSPACE_ISA::load(p), NETSPACE_ISA::load(p + second));
  }
  static NETSPACE_INLINE Register loadPixel(const float* p, ptrdiff_t) { return loadRow(p); }
  static NETSPACE_INLINE void store(float* p, ptrdiff_t second, Register v) {
    storeFirst(p, v);
    NETSPACE_ISA::store(p + second, __builtin_shufflevector(v, v, 1, 3, 5, 7, 9, 11, 13, 15));
  }
  static NETSPACE_INLINE void storeFirst(float* p, Register v) {
    NETSPACE_ISA::store(p, __builtin_shufflevector(v, v, 0, 2, 4, 6, 8, 10, 12, 14));
  }
  static NETSPACE_INLINE Register broadcast(const float* p) {
    Register v;
    asm volatile("vbroadcastsd %1, %0" : "=v"(v) : "m"(*reinterpret_cast<const double*>(p)));
    return v;
  }
};

// From a pair's first block, `block`, to its second one: `stride`, or 0 where there is none.
NETSPACE_INLINE ptrdiff_t secondOf(int block, int blocks, ptrdiff_t stride) { return block + 1 < blocks ? stride : 0; }

void interleavedConvolution(const ConvolutionArgs& a, int blocks) {
  for (int block = 0; block < blocks; block += 2) {
    Pass pass{};
    pass.outputBlock = block;
    pass.inputBlock = block / 2;
    pass.inputBlocks = 1;
    pass.words = kLanes;
    pass.weights = a.weights + pass.inputBlock * a.weightsRegister;
    pass.bias = a.bias ? a.bias + block * kLanes : nullptr;
    pass.accumulate = a.accumulate;
    pass.floor = a.floor;
    pass.secondBlock = secondOf(block, blocks, a.yBlock);
    if (a.spread) runSpreadRows<TwoGroups>(a, pass);
    else runRows<TwoGroups>(a, pass);
  }
}

void interleavedWeightGradient(const WeightGradientArgs& a, int blocks) {
  for (int block = 0; block < blocks; block += 2) {
    const float* x = a.x + block / 2 * a.xBlock;
    const float* dy = a.dy + block / 2 * a.dyBlock;
    float* weights = a.weights + block * a.weightsRegister;
    const SecondBlock second = {0, secondOf(block, blocks, a.weightsRegister)};
    if (a.stride == 1) weightGradientKernel<TwoGroups, kLanes, 1>(a, x, dy, weights, second);
    else weightGradientKernel<TwoGroups, kLanes, 2>(a, x, dy, weights, second);
  }
}

// Rows of two blocks; see PixelRow.
struct InterleavedRow {
  static constexpr int blocks = 2;
  template <typename Joined>
  static NETSPACE_INLINE void write(float* out, int columns, const Joined& first, const Joined& second) {
#pragma GCC unroll 2
    for (ptrdiff_t p = 0; p < static_cast<ptrdiff_t>(columns) * kLanes; p += kLanes)
      *reinterpret_cast<WideVector*>(out + 2 * p) =
          TwoGroups::interleave(first.template at<1>(p), second.template at<1>(p));
  }
};

void interleavedJoin(const JoinForwardArgs& a) { joinForwardTo<InterleavedRow>(a); }

void interleaveWeights(const float* from, float* to, int rows, int blocks) {
  for (int block = 0; block < blocks; block += 2)
    for (int row = 0; row < rows; row++, to += 2 * kLanes) {
      const float* first = from + (static_cast<ptrdiff_t>(block) * rows + row) * kLanes;
      const Vector second = block + 1 < blocks ? load(first + static_cast<ptrdiff_t>(rows) * kLanes) : zeros();
      *reinterpret_cast<WideVector*>(to) = TwoGroups::interleave(load(first), second);
    }
}

}  // namespace NETSPACE_ISA
}  // namespace netspace
