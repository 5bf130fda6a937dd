#include "bias_layer.h"

#include <algorithm>

namespace netspace {

void BiasLayer::finishGradient() {
  for (int c = 0; c < channels; c++) bias.gradient.data()[c] += static_cast<float>(sums[c]);
  std::fill(sums.begin(), sums.end(), 0.0);
}

}  // namespace netspace
