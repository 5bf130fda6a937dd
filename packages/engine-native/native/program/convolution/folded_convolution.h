// A convolution and the batch normalisation after it as one convolution, for inference.
#pragma once

#include "../batch_norm_layer.h"
#include "../bias_layer.h"
#include "convolution.h"

namespace netspace {

// weights scaled by the normalisation and a bias: in the layout of Convolution::inferenceWeights(), and [B * 8].
class FoldedConvolution {
 public:
  // `bias` may be null. The layers must outlive it.
  FoldedConvolution(Tally& tally, const Convolution& layer, const BiasLayer* bias, const BatchNormLayer& norm);

  const float* weights() const { return weights_.data(); }
  const float* bias() const { return bias_.data(); }

  // Brings weights and bias up to date with the layers and the normalisation's map.
  void fold();

 private:
  const Convolution& layer_;
  const BiasLayer* layerBias_;
  const BatchNormLayer& norm_;
  AlignedFloats weights_, bias_;
};

}  // namespace netspace
