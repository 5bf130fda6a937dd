// What is done to the parameters once a step: SGD with momentum, see UpdateArgs.
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

}  // namespace NETSPACE_ISA
}  // namespace netspace
