// Direct convolution in bfloat16: training multiplies pairs of neighbours, which lie in one word, and adds both
// products in float32. Evaluation is in float32.
#include <algorithm>

#include "direct.h"

namespace netspace {

namespace {

constexpr int kNumbers = 2;  // in a word

class PairConvolution : public DirectConvolution {
 public:
  PairConvolution(const ConvolutionShape& shape, const ConvolutionSetting& setting)
      : DirectConvolution(shape, setting,
                          {setting.kernels.pairs->forwardBlocks, setting.kernels.pairs->gradientBlocks,
                           setting.kernels.pairs->evenTiles}),
        weightPairs_(setting.tally, weights.size / kNumbers),
        transposedPairs_(setting.tally, transposed_.size() / kNumbers) {
    plan_.algorithm = "bfloat16";
    if (!shape.threeByThree()) return;
    plan_.weightGradient.kernel = "rows";
    plan_.weightGradient.rows = true;
    plan_.weightGradient.border = 0;
  }

  void prepareWeights() override {
    DirectConvolution::prepareWeights();
    kernels_.pairs->pairRows(weights.value.data(), weightPairs_.data(), weights.size / kLanes);
    kernels_.pairs->pairRows(transposed_.data(), transposedPairs_.data(), transposed_.size() / kLanes);
  }
  const AlignedFloats& trainedWeights() const override { return weightPairs_; }

  Reading forwardReading(bool training) const override {
    return {plan_.forward.border, training ? Format::kChannelPairs : Format::kFloats};
  }

  // Two pixels are summed up at once: of the whole slab where only its order counts.
  GradientReadings gradientReadings(bool, bool sameSlabs) const override {
    const bool flat = shape.kernel == 1 && shape.stride == 1 && sameSlabs;
    const Format ofOutput = flat ? Format::kFlatPairs : Format::kPixelPairs;
    const Format ofInput = shape.stride == 2 ? Format::kStridedPairs : ofOutput;
    return {{plan_.weightGradient.border, ofInput},
            {shape.kernel / 2, ofOutput},
            {plan_.inputGradient.border, Format::kChannelPairs}};
  }

  Step forward(Filter filter, B x, B y, const Buffer* work) const override {
    if (x.format == Format::kFloats) return DirectConvolution::forward(filter, x, y, work);
    return forwardByTaps(shape, plan_.forward, packed(weightPairs_, kNumbers), filter, x, y,
                         kernels_.pairs->convolution);
  }

  Step inputGradient(B dy, B dx, bool accumulate, const Buffer*) const override {
    return inputGradientByTaps(shape, plan_.inputGradient, phases_, packedTransposed(transposedPairs_, kNumbers), dy,
                               dx, accumulate, kernels_.pairs->convolution);
  }

  Step weightGradient(B x, B dy, Partial<float> gradient, const Buffer*) const override {
    return weightGradientByTaps(shape, plan_.weightGradient, layout_.firstWeight(1, 1), x, dy, gradient,
                                kernels_.pairs->weightGradient);
  }

 private:
  AlignedFloats weightPairs_, transposedPairs_;  // two input channels a word
};

bool serves(const ConvolutionShape& shape, const ConvolutionSetting& setting) {
  const bool pointwise = shape.kernel == 1 && shape.padding == 0 && shape.stride <= 2;
  return setting.bfloat16 && setting.kernels.pairs && (pointwise || shape.threeByThree());
}

}  // namespace

extern const Algorithm pairs = {
    serves,
    [](const ConvolutionShape&, const ConvolutionSetting&) { return true; },
    makeConvolution<PairConvolution>,
};

}  // namespace netspace
