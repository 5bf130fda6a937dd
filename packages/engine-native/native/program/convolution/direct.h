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
  DirectConvolution(const ConvolutionShape& shape, const ConvolutionSetting& setting, const TileLimits& limits);

  PackedWeights packed(const AlignedFloats& weights, int numbersOfWord) const {
    return {weights.data(), layout_.firstWeight(1, 1), numbersOfWord};
  }
  PackedWeights packedTransposed(const AlignedFloats& weights, int numbersOfWord) const {
    return {weights.data(), layout_.firstTransposed(1, 1), numbersOfWord};
  }
};

}  // namespace netspace
