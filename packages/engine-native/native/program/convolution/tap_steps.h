// The steps of convolutions that go over the taps of the kernel: how maps, tiles and taps become the arguments of a
// kernel, slab by slab.
#pragma once

#include <functional>

#include "convolution.h"
#include "input_phases.h"

namespace netspace {

using ConvolutionKernel = std::function<void(const ConvolutionArgs&)>;
using WeightGradientKernel = std::function<void(const WeightGradientArgs&)>;

// Packed weights: so many for each tap of a register of output blocks, of which `numbersOfWord` lie in a word of
// memory.
struct PackedWeights {
  const float* data;
  size_t registerFloats;
  int numbersOfWord = 1;
};

// `filter.weights` lie as in `packed`, whose data are not looked at. `shape` and `plan` must outlive the steps.
Step forwardByTaps(const ConvolutionShape& shape, const PassPlan& plan, PackedWeights packed, Filter filter, B x, B y,
                   ConvolutionKernel kernel);
Step inputGradientByTaps(const ConvolutionShape& shape, const PassPlan& plan, const std::vector<InputPhase>& phases,
                         PackedWeights transposed, B dy, B dx, bool accumulate, ConvolutionKernel kernel);
// The gradient has so many floats for each tap of a register of output blocks, and for each row of it.
Step weightGradientByTaps(const ConvolutionShape& shape, const PassPlan& plan, size_t registerFloats, int rowFloats,
                          B x, B dy, Partial<float> gradient, WeightGradientKernel kernel);

}  // namespace netspace
