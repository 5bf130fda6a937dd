// A convolution and the batch normalisation after it as one convolution, for inference.
#pragma once

#include "layers.h"

namespace netspace {

// weights scaled by the normalisation and a bias: in the layout of ConvolutionLayer::forwardWeights(), and [B * 8].
class FoldedConvolution {
 public:
  // `bias` may be null. The layers must outlive it.
  FoldedConvolution(const ConvolutionLayer& layer, const BiasLayer* bias, const BatchNormLayer& norm);

  const ConvolutionLayer& layer() const { return layer_; }
  const float* weights() const { return weights_.data(); }
  const float* bias() const { return bias_.data(); }
  size_t floats() const { return weights_.size() + bias_.size(); }

  // Brings weights and bias up to date with the layers and the normalisation's map.
  void fold();

 private:
  const ConvolutionLayer& layer_;
  const BiasLayer* layerBias_;
  const BatchNormLayer& norm_;
  AlignedFloats weights_, bias_;
};

}  // namespace netspace
