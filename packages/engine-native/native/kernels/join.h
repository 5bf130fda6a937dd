// Batch normalisation, addition and ReLU in one pass over the activations; see JoinForwardArgs. Batch normalisation is
// an affine map of each channel once the statistics are known.
#pragma once

#include "numbers.h"

namespace netspace {
namespace NETSPACE_ISA {

enum class Second { kNone, kPlain, kAffine };

// A row of the output, pixel by pixel. What writes rows calls value(p) for the pixel p floats into a row of float32.
template <typename Numbers>
struct PixelRow {
  template <typename Value>
  static NETSPACE_INLINE void write(float* out, int columns, Value value) {
#pragma GCC unroll 4
    for (ptrdiff_t p = 0; p < static_cast<ptrdiff_t>(columns) * kLanes; p += kLanes)
      Numbers::keep(out, p, value(p), false);
  }
};

template <typename Row, typename Terms, bool Affine, Second Other, bool Relu>
void joinForwardAs(const JoinForwardArgs& a) {
  const JoinTerm& first = a.terms[0];
  const JoinTerm& second = a.terms[1];
  for (int b = 0; b < a.blocks; b++) {
    const ptrdiff_t channel = b * kLanes;
    const Vector scale = Affine ? load(first.scale + channel) : zeros();
    const Vector scale2 = Other == Second::kAffine ? load(second.scale + channel) : zeros();
    Vector shift = Affine ? load(first.shift + channel) : zeros();
    if (Other == Second::kAffine && second.shift) shift += load(second.shift + channel);
    for (int r = 0; r < a.rows; r++) {
      const float* x = first.x + b * first.block + r * first.row;
      const float* x2 = second.x + b * second.block + r * second.row;
      Row::write(a.out + b * a.outBlock + r * a.outRow, a.columns, [&](ptrdiff_t p) __attribute__((always_inline)) {
        Vector v = Terms::load(x, p);
        if (Affine) v = v * scale + shift;
        else if (Other == Second::kAffine) v += shift;
        if (Other == Second::kPlain) v += Terms::load(x2, p);
        if (Other == Second::kAffine) v += Terms::load(x2, p) * scale2;
        return Relu ? atLeast(v, zeros()) : v;
      });
    }
  }
}

template <typename Row, typename Terms, bool Affine, Second Other>
void joinForwardWith(const JoinForwardArgs& a) {
  if (a.relu) joinForwardAs<Row, Terms, Affine, Other, true>(a);
  else joinForwardAs<Row, Terms, Affine, Other, false>(a);
}

template <typename Row, typename Terms, bool Affine>
void joinForwardOf(const JoinForwardArgs& a) {
  if (a.termCount < 2) joinForwardWith<Row, Terms, Affine, Second::kNone>(a);
  else if (a.terms[1].scale) joinForwardWith<Row, Terms, Affine, Second::kAffine>(a);
  else joinForwardWith<Row, Terms, Affine, Second::kPlain>(a);
}

template <typename Row, typename Terms>
void joinForwardFrom(const JoinForwardArgs& a) {
  if (a.terms[0].scale) joinForwardOf<Row, Terms, true>(a);
  else joinForwardOf<Row, Terms, false>(a);
}

template <typename Row>
void joinForwardTo(const JoinForwardArgs& a) {
  if (a.halves) joinForwardFrom<Row, Halves>(a);
  else joinForwardFrom<Row, Floats>(a);
}

#if !defined(NETSPACE_PAIRS)
void joinForward(const JoinForwardArgs& a, Format format) {
  if (format == Format::kChannelPairs) joinForwardTo<PixelRow<Halves>>(a);
  else joinForwardTo<PixelRow<Floats>>(a);
}
#endif

}  // namespace NETSPACE_ISA
}  // namespace netspace
