// What training moves.
#pragma once

#include "memory.h"

namespace netspace {

// Value, gradient and momentum, each `size` floats (a multiple of 8) in the layout of the kernels.
struct Parameter {
  size_t size;
  AlignedFloats value, gradient, momentum;
  AlignedFloats valid;  // 1 where a packed weight belongs to the network, empty where all do
  float decay = 0;

  Parameter(Tally& tally, size_t floats)
      : size(floats), value(tally, floats), gradient(tally, floats), momentum(tally, floats) {}
};

}  // namespace netspace
