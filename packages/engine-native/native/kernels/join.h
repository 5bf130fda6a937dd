// Batch normalisation, addition and ReLU in one pass over the activations; see JoinForwardArgs. Batch normalisation is
// an affine map of each channel once the statistics are known.
#pragma once

#include "vector.h"

namespace netspace {
namespace NETSPACE_ISA {

enum class Second { kNone, kPlain, kAffine };

// A row of the output as it is. What writes rows calls value(p) for the pixel p * 8 floats into the row.
struct FloatRow {
  template <typename Value>
  static NETSPACE_INLINE void write(float* out, int columns, Value value) {
#pragma GCC unroll 4
    for (ptrdiff_t p = 0; p < static_cast<ptrdiff_t>(columns) * kLanes; p += kLanes) store(out + p, value(p));
  }
};

template <typename Row, bool Affine, Second Other, bool Relu>
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
        Vector v = load(x + p);
        if (Affine) v = v * scale + shift;
        else if (Other == Second::kAffine) v += shift;
        if (Other == Second::kPlain) v += load(x2 + p);
        if (Other == Second::kAffine) v += load(x2 + p) * scale2;
        return Relu ? atLeast(v, zeros()) : v;
      });
    }
  }
}

template <typename Row, bool Affine, Second Other>
void joinForwardWith(const JoinForwardArgs& a) {
  if (a.relu) joinForwardAs<Row, Affine, Other, true>(a);
  else joinForwardAs<Row, Affine, Other, false>(a);
}

template <typename Row>
void joinForwardTo(const JoinForwardArgs& a) {
  const bool affine = a.terms[0].scale != nullptr;
  const Second other = a.termCount < 2 ? Second::kNone : a.terms[1].scale ? Second::kAffine : Second::kPlain;
  if (other == Second::kNone)
    affine ? joinForwardWith<Row, true, Second::kNone>(a) : joinForwardWith<Row, false, Second::kNone>(a);
  if (other == Second::kPlain)
    affine ? joinForwardWith<Row, true, Second::kPlain>(a) : joinForwardWith<Row, false, Second::kPlain>(a);
  if (other == Second::kAffine)
    affine ? joinForwardWith<Row, true, Second::kAffine>(a) : joinForwardWith<Row, false, Second::kAffine>(a);
}

}  // namespace NETSPACE_ISA
}  // namespace netspace
