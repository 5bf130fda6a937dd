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
  static constexpr int blocks = 1;
  template <typename Value>
  static NETSPACE_INLINE void write(float* out, int columns, Value value) {
#pragma GCC unroll 4
    for (ptrdiff_t p = 0; p < static_cast<ptrdiff_t>(columns) * kLanes; p += kLanes)
      Numbers::keep(out, p, value(p), false);
  }
};

// A block of the joined map.
template <typename Terms, bool Affine, Second Other, bool Relu>
struct JoinedBlock {
  const JoinForwardArgs& a;
  const int block;
  Vector scale, scale2, shift;

  NETSPACE_INLINE JoinedBlock(const JoinForwardArgs& args, int b) : a(args), block(b) {
    const ptrdiff_t channel = b * kLanes;
    scale = Affine ? load(a.terms[0].scale + channel) : zeros();
    scale2 = Other == Second::kAffine ? load(a.terms[1].scale + channel) : zeros();
    shift = Affine ? load(a.terms[0].shift + channel) : zeros();
    if (Other == Second::kAffine && a.terms[1].shift) shift += load(a.terms[1].shift + channel);
  }

  // Pixel by pixel.
  NETSPACE_INLINE auto row(int r) const {
    const JoinTerm& first = a.terms[0];
    const JoinTerm& second = a.terms[1];
    const float* x = first.x + block * first.block + r * first.row;
    const float* x2 = second.x + block * second.block + r * second.row;
    return [this, x, x2](ptrdiff_t p) __attribute__((always_inline)) {
      Vector v = Terms::load(x, p);
      if (Affine) v = v * scale + shift;
      else if (Other == Second::kAffine) v += shift;
      if (Other == Second::kPlain) v += Terms::load(x2, p);
      if (Other == Second::kAffine) v += Terms::load(x2, p) * scale2;
      return Relu ? atLeast(v, zeros()) : v;
    };
  }
};

template <typename Row, typename Terms, bool Affine, Second Other, bool Relu>
void joinForwardAs(const JoinForwardArgs& a) {
  using Joined = JoinedBlock<Terms, Affine, Other, Relu>;
  float* out = a.out;
  for (int b = 0; b < a.blocks; b += Row::blocks, out += a.outBlock) {
    const Joined block(a, b), next(a, b + Row::blocks - 1 < a.blocks ? b + Row::blocks - 1 : b);
    for (int r = 0; r < a.rows; r++) {
      if constexpr (Row::blocks == 1) Row::write(out + r * a.outRow, a.columns, block.row(r));
      else Row::write(out + r * a.outRow, a.columns, block.row(r), next.row(r));
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
