// What is done to the parameters once a step: SGD, and the copy of the weights that the gradient of the input reads.
#pragma once

#include "vector.h"

namespace netspace {
namespace NETSPACE_ISA {

template <bool Nesterov, bool Masked>
void updateAs(const UpdateArgs& a) {
  const float rate = a.rate, factor = a.momentumFactor, decay = a.decay;
  for (size_t i = 0; i < a.count; i += kLanes) {
    Vector gradient = load(a.gradient + i);
    if (Masked) gradient = where(load(a.valid + i), gradient);
    const Vector value = load(a.value + i);
    gradient += value * decay;
    const Vector momentum = load(a.momentum + i) * factor + gradient;
    store(a.momentum + i, momentum);
    store(a.value + i, value - (Nesterov ? gradient + momentum * factor : momentum) * rate);
    store(a.gradient + i, zeros());
  }
}

void update(const UpdateArgs& a) {
  if (a.nesterov) a.valid ? updateAs<true, true>(a) : updateAs<true, false>(a);
  else a.valid ? updateAs<false, true>(a) : updateAs<false, false>(a);
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

void transposeBlocks(const float* from, float* to, int rows, const BlockMove* moves, size_t count) {
  if (rows == 1) transposeBlocksOf<1>(from, to, moves, count);
  if (rows == 2) transposeBlocksOf<2>(from, to, moves, count);
  if (rows == 4) transposeBlocksOf<4>(from, to, moves, count);
  if (rows == 8) transposeBlocksOf<8>(from, to, moves, count);
}

}  // namespace NETSPACE_ISA
}  // namespace netspace
