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
      : DirectConvolution(shape, setting, tileKernelsFor(shape, *setting.kernels.pairs)),
        pairKernels_(tileKernelsFor(shape, *setting.kernels.pairs)),
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
    pairRows(weights.value, weightPairs_);
    pairRows(transposed_, transposedPairs_);
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
    return forwardByTaps(shape, plan_.forward, packed(weightPairs_, kNumbers), filter, x, y, pairKernels_.convolution);
  }

  Step inputGradient(B dy, B dx, bool accumulate, const Buffer*) const override {
    return inputGradientByTaps(shape, plan_.inputGradient, phases_, packedTransposed(transposedPairs_, kNumbers), dy,
                               dx, accumulate, pairKernels_.convolution);
  }

  Step weightGradient(B x, B dy, Partial<float> gradient, const Buffer*) const override {
    return weightGradientBy(pairKernels_.weightGradient, x, dy, gradient);
  }

 private:
  void pairRows(const AlignedFloats& from, AlignedFloats& to) const {
    kernels_.pairs->pairRows(from.data(), to.data(), from.size() / layout_.rowFloats(), layout_.rowFloats() / kLanes);
  }

  const TileKernels& pairKernels_;
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
