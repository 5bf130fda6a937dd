#include "folded_convolution.h"

namespace netspace {

FoldedConvolution::FoldedConvolution(Tally& tally, const Convolution& layer, const BiasLayer* bias,
                                     const BatchNormLayer& norm)
    : layer_(layer),
      layerBias_(bias),
      norm_(norm),
      weights_(tally, layer.inferenceWeights().size()),
      bias_(tally, norm.padded) {}

void FoldedConvolution::fold() {
  const float* scale = norm_.scale.data();
  layer_.scaleOutputs(scale, weights_);
  for (int c = 0; c < norm_.channels; c++)
    bias_.data()[c] = norm_.shift.data()[c] + (layerBias_ ? scale[c] * layerBias_->bias.value.data()[c] : 0);
}

}  // namespace netspace
