// Rows of activations or weights in bfloat16, rounded to nearest, ties to even: pairs of neighbours side by side, the
// first in the lower half of a word. See Format.
#pragma once

#include "numbers.h"

namespace netspace {
namespace NETSPACE_ISA {

typedef short Shorts __attribute__((vector_size(32), may_alias));

// In each lane, (first, second).
NETSPACE_INLINE Vector pairsOf(Vector first, Vector second) {
  Shorts v;  // all of the first, all of the second
#if defined(__AVX512BF16__)
  asm("vcvtne2ps2bf16 %1, %2, %0" : "=v"(v) : "v"(first), "v"(second));
#else
  auto* halves = reinterpret_cast<HalfWords<1>*>(&v);
  halves[0] = toBfloat16<1>(first);
  halves[1] = toBfloat16<1>(second);
#endif
  return reinterpret_cast<Vector>(__builtin_shufflevector(v, v, 0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15));
}

// Pairs of pixels, `Stride` columns apart: first those of column 0 and every Stride-th one after it, then those of
// column 1. What is no pixel is zero.
template <int Stride>
struct PixelPairRow {
  static constexpr int blocks = 1;
  template <typename Joined>
  static NETSPACE_INLINE void write(float* out, int columns, const Joined& joined) {
    const auto value = [&](int column) { return joined.template at<1>(static_cast<ptrdiff_t>(column) * kLanes); };
    const int pairs = (columns + 2 * Stride - 1) / (2 * Stride);
    for (int start = 0; start < Stride; start++, out += pairs * kLanes) {
      const auto column = [&](int i) { return start + i * Stride; };
      const int whole = (columns - start + Stride - 1) / Stride / 2;
#pragma GCC unroll 2
      for (int i = 0; i < whole; i++) store(out + i * kLanes, pairsOf(value(column(2 * i)), value(column(2 * i + 1))));
      if (whole == pairs) continue;
      const bool half = column(2 * whole) < columns;
      store(out + whole * kLanes, half ? pairsOf(value(column(2 * whole)), zeros()) : zeros());
    }
  }
};

void pairRows(const float* from, float* to, size_t rows, int blocks) {
  const size_t row = static_cast<size_t>(blocks) * kLanes;
  for (size_t i = 0; i < rows / 2; i++, from += 2 * row, to += row)
    for (size_t lane = 0; lane < row; lane += kLanes)
      store(to + lane, pairsOf(load(from + lane), load(from + row + lane)));
}

}  // namespace NETSPACE_ISA
}  // namespace netspace
