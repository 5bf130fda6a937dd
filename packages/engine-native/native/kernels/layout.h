// Changes of layout, by squares of eight times eight numbers that are transposed in registers.
#pragma once

#include "vector.h"

namespace netspace {
namespace NETSPACE_ISA {

// Row i becomes column i.
NETSPACE_INLINE void transposeSquare(Vector (&v)[kLanes]) {
  Vector pairs[kLanes], fours[kLanes];
#pragma GCC unroll 4
  for (int i = 0; i < kLanes; i += 2) {
    pairs[i] = __builtin_shufflevector(v[i], v[i + 1], 0, 8, 1, 9, 4, 12, 5, 13);
    pairs[i + 1] = __builtin_shufflevector(v[i], v[i + 1], 2, 10, 3, 11, 6, 14, 7, 15);
  }
#pragma GCC unroll 4
  for (int i = 0; i < 4; i++) {
    const int from = i / 2 * 4 + i % 2;
    fours[2 * i] = __builtin_shufflevector(pairs[from], pairs[from + 2], 0, 1, 8, 9, 4, 5, 12, 13);
    fours[2 * i + 1] = __builtin_shufflevector(pairs[from], pairs[from + 2], 2, 3, 10, 11, 6, 7, 14, 15);
  }
#pragma GCC unroll 4
  for (int i = 0; i < 4; i++) {
    v[i] = __builtin_shufflevector(fours[i], fours[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    v[i + 4] = __builtin_shufflevector(fours[i], fours[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
}

void loadImage(const LoadImageArgs& a) {
  for (int b = 0; b * kLanes < a.channels; b++) {
    const int channels = smaller(kLanes, a.channels - b * kLanes);
    for (int r = 0; r < a.rows; r++) {
      const float* x = a.x + static_cast<ptrdiff_t>(b) * kLanes * a.xChannel + static_cast<ptrdiff_t>(r) * a.columns;
      float* out = a.out + b * a.outBlock + r * a.outRow;
      int c = 0;
      for (; c + kLanes <= a.columns; c += kLanes, x += kLanes, out += kLanes * kLanes) {
        Vector v[kLanes];
#pragma GCC unroll 8
        for (int i = 0; i < kLanes; i++) v[i] = i < channels ? loadAnywhere(x + i * a.xChannel) : zeros();
        transposeSquare(v);
#pragma GCC unroll 8
        for (int i = 0; i < kLanes; i++) store(out + i * kLanes, v[i]);
      }
      for (; c < a.columns; c++, x++, out += kLanes)
        for (int i = 0; i < kLanes; i++) out[i] = i < channels ? x[i * a.xChannel] : 0.0f;
    }
  }
}

template <int Rows>
void transposeBlocksOf(const float* from, float* to, const BlockMove* moves, size_t count) {
  for (size_t n = 0; n < count; n++)
    for (int square = 0; square < kLanes; square += Rows) {
      const float* source = from + moves[n].from + square;
      float* target = to + moves[n].to + square;
      for (int i = 0; i < Rows; i++)
        for (int j = 0; j < Rows; j++) target[j * kLanes + i] = source[i * kLanes + j];
    }
}

void transposeWholeBlocks(const float* from, float* to, ptrdiff_t row, const BlockMove* moves, size_t count) {
  for (size_t n = 0; n < count; n++) {
    Vector v[kLanes];
#pragma GCC unroll 8
    for (int i = 0; i < kLanes; i++) v[i] = load(from + moves[n].from + i * row);
    transposeSquare(v);
#pragma GCC unroll 8
    for (int i = 0; i < kLanes; i++) store(to + moves[n].to + i * row, v[i]);
  }
}

void transposeBlocks(const float* from, float* to, int rows, ptrdiff_t row, const BlockMove* moves, size_t count) {
  if (rows == 1) transposeBlocksOf<1>(from, to, moves, count);
  if (rows == 2) transposeBlocksOf<2>(from, to, moves, count);
  if (rows == 4) transposeBlocksOf<4>(from, to, moves, count);
  if (rows == 8) transposeWholeBlocks(from, to, row, moves, count);
}

}  // namespace NETSPACE_ISA
}  // namespace netspace
