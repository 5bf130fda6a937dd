// Batch normalisation, addition and ReLU in one pass over the activations; see JoinForwardArgs. Batch normalisation is
// an affine map of each channel once the statistics are known.
#pragma once

#include "numbers.h"

namespace netspace {
namespace NETSPACE_ISA {

enum class Second { kNone, kPlain, kAffine };

// A row of the output, pixel by pixel. What writes rows takes joined.at<Count>(p), so many pixels from p floats into a
// row of float32.
template <typename Numbers>
struct PixelRow {
  static constexpr int blocks = 1;
  template <typename Joined>
  static NETSPACE_INLINE void write(float* out, int columns, const Joined& joined) {
    const ptrdiff_t end = static_cast<ptrdiff_t>(columns) * kLanes;
    ptrdiff_t p = 0;
#pragma GCC unroll 4
    for (; p + kPassLanes <= end; p += kPassLanes)
      Numbers::template keep<kPassPixels>(out, p, joined.template at<kPassPixels>(p), false);
    if (p < end) Numbers::template keep<1>(out, p, joined.template at<1>(p), false);
  }
};

// A block of the joined map.
template <typename Terms, bool Affine, Second Other, bool Relu>
struct JoinedBlock {
  const JoinForwardArgs& a;
  const int block;
  Vector scale, scale2, shift;

  struct Row {
    const JoinedBlock& joined;
    const float* x;
    const float* x2;

    template <int Count>
    NETSPACE_INLINE Pixels<Count> at(ptrdiff_t p) const {
      Pixels<Count> v = Terms::template load<Count>(x, p);
      if (Affine) v = v * repeat<Count>(joined.scale) + repeat<Count>(joined.shift);
      else if (Other == Second::kAffine) v += repeat<Count>(joined.shift);
      if (Other == Second::kPlain) v += Terms::template load<Count>(x2, p);
      if (Other == Second::kAffine) v += Terms::template load<Count>(x2, p) * repeat<Count>(joined.scale2);
      return Relu ? atLeast(v, Pixels<Count>{}) : v;
    }
  };

  NETSPACE_INLINE JoinedBlock(const JoinForwardArgs& args, int b) : a(args), block(b) {
    const ptrdiff_t channel = b * kLanes;
    scale = Affine ? load(a.terms[0].scale + channel) : zeros();
    scale2 = Other == Second::kAffine ? load(a.terms[1].scale + channel) : zeros();
    shift = Affine ? load(a.terms[0].shift + channel) : zeros();
    if (Other == Second::kAffine && a.terms[1].shift) shift += load(a.terms[1].shift + channel);
  }

  NETSPACE_INLINE Row row(int r) const {
    const JoinTerm& first = a.terms[0];
    const JoinTerm& second = a.terms[1];
    return {*this, first.x + block * first.block + r * first.row, second.x + block * second.block + r * second.row};
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
