#pragma once

#include "parameter.h"

namespace netspace {

// The bias of a convolution or linear layer.
struct BiasLayer {
  BiasLayer(Tally& tally, int channels)
      : channels(channels),
        bias(tally, (channels + 7) / 8 * 8),
        sums(bias.size, 0.0, CountingAllocator<double>(tally)) {}

  int channels;
  Parameter bias;
  CountedVector<double> sums;  // of the output's gradient

  void finishGradient();
};

}  // namespace netspace
