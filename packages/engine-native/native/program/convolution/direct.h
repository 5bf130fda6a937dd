#pragma once

#include "algorithms.h"
#include "block_convolution.h"
#include "tap_steps.h"

namespace netspace {

// Multiplies whole blocks of eight input and eight output channels, tap by tap: any convolution.
class DirectConvolution : public BlockConvolution {
 public:
  DirectConvolution(const ConvolutionShape& shape, const ConvolutionSetting& setting);

  Step forward(Filter filter, B x, B y, const Buffer* work) const override;
  Step inputGradient(B dy, B dx, bool accumulate, const Buffer* work) const override;
  Step weightGradient(B x, B dy, Partial<float> gradient, const Buffer* work) const override;

 protected:
  // With tiles for `kernels`, which may multiply in another precision.
  DirectConvolution(const ConvolutionShape& shape, const ConvolutionSetting& setting, const TileKernels& kernels);

  PackedWeights packed(const AlignedFloats& weights, int numbersOfWord) const {
    return {weights.data(), layout_.registerFloats(), numbersOfWord};
  }
  PackedWeights packedTransposed(const AlignedFloats& weights, int numbersOfWord) const {
    return {weights.data(), layout_.transposedRegisterFloats(), numbersOfWord};
  }
  Step weightGradientBy(void (*kernel)(const WeightGradientArgs&), B x, B dy, Partial<float> gradient) const {
    return weightGradientByTaps(shape, plan_.weightGradient, layout_.registerFloats(), layout_.rowFloats(), x, dy,
                                gradient, kernel);
  }

 private:
  const TileKernels& tileKernels_;  // in float32
};

}  // namespace netspace
