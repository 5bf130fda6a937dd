// Direct 3x3 convolution with groups of one block, two groups in a register; see kernels/interleaved.h. Evaluation
// takes them one by one.
#include "direct.h"

namespace netspace {

namespace {

constexpr int kBlocks = 2;  // of a pair
constexpr size_t kPairWeights = kBlocks * kBlockWeights;

int pairsOf(int blocks) { return (blocks + 1) / kBlocks; }

class InterleavedConvolution : public DirectConvolution {
 public:
  InterleavedConvolution(const ConvolutionShape& shape, const ConvolutionSetting& setting)
      : DirectConvolution(shape, setting),
        interleavedPhases_(phases_),
        weights_(setting.tally, pairsOf(shape.output.blocks()) * kPairWeights * shape.taps()) {
    plan_.algorithm = "interleaved";
    size_t end = 0;
    for (InputPhase& phase : interleavedPhases_) {
      phase.weights = end;
      end += pairsOf(shape.input.blocks()) * kPairWeights * phase.kernelTaps.size();
    }
    transposedWeights_ = AlignedFloats(setting.tally, end);
  }

  void prepareWeights() override {
    DirectConvolution::prepareWeights();
    interleave(weights.value.data(), weights_.data(), shape.output.blocks(), shape.taps());
    for (size_t p = 0; p < phases_.size(); p++)
      interleave(transposed_.data() + phases_[p].weights, transposedWeights_.data() + interleavedPhases_[p].weights,
                 shape.input.blocks(), static_cast<int>(phases_[p].kernelTaps.size()));
  }
  const AlignedFloats& trainedWeights() const override { return weights_; }

  Reading forwardReading(bool training) const override {
    return {0, training ? Format::kInterleaved : Format::kFloats};
  }
  GradientReadings gradientReadings(bool, bool) const override {
    const Reading reading = {0, Format::kInterleaved};
    return {reading, reading, reading};
  }

  Step forward(Filter filter, B x, B y, const Buffer* work) const override {
    if (x.format == Format::kFloats) return DirectConvolution::forward(filter, x, y, work);
    return forwardByTaps(shape, plan_.forward, {weights_.data(), kPairWeights}, filter, x, y,
                         kernelFor(shape.output.blocks()));
  }

  Step inputGradient(B dy, B dx, bool accumulate, const Buffer*) const override {
    return inputGradientByTaps(shape, plan_.inputGradient, interleavedPhases_,
                               {transposedWeights_.data(), kPairWeights}, dy, dx, accumulate,
                               kernelFor(shape.input.blocks()));
  }

  Step weightGradient(B x, B dy, Partial<float> gradient, const Buffer*) const override {
    const auto kernel = [k = kernels_.interleaved, blocks = shape.output.blocks()](const WeightGradientArgs& a) {
      k->weightGradient(a, blocks);
    };
    return weightGradientByTaps(shape, plan_.weightGradient, layout_.registerFloats(), layout_.rowFloats(), x, dy,
                                gradient, kernel);
  }

 private:
  ConvolutionKernel kernelFor(int blocks) const {
    return [k = kernels_.interleaved, blocks](const ConvolutionArgs& a) { k->convolution(a, blocks); };
  }
  void interleave(const float* from, float* to, int blocks, int taps) const {
    kernels_.interleaved->interleaveWeights(from, to, taps * kLanes, blocks);
  }

  std::vector<InputPhase> interleavedPhases_;
  AlignedFloats weights_, transposedWeights_;  // in pairs of blocks
};

bool serves(const ConvolutionShape& shape, const ConvolutionSetting& setting) {
  return setting.kernels.interleaved && shape.threeByThree() && shape.groups > 1 && shape.inputsOfGroup() == kLanes &&
         shape.outputsOfGroup() == kLanes;
}

}  // namespace

extern const Algorithm interleaved = {
    serves,
    [](const ConvolutionShape&, const ConvolutionSetting&) { return true; },
    makeConvolution<InterleavedConvolution>,
};

}  // namespace netspace
