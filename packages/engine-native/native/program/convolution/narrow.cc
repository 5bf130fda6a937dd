// Groups of 1, 2 or 4 channels: a block holds several of them, and each lane meets only the channels of its own.
#include "algorithms.h"
#include "block_convolution.h"
#include "tap_steps.h"

namespace netspace {

namespace {

class NarrowConvolution : public BlockConvolution {
 public:
  NarrowConvolution(const ConvolutionShape& shape, const ConvolutionSetting& setting)
      : BlockConvolution(shape, setting, shape.inputsOfGroup(), 1) {
    plan_.algorithm = "narrow";
    for (PassPlan* pass : {&plan_.forward, &plan_.inputGradient, &plan_.weightGradient}) pass->kernel = "narrow";
    plan_.forward.border = plan_.weightGradient.border = shape.padding;
    planTransposed(setting, false);
    plan_.inputGradient.border = borderOf(phases_, shape);
  }

  Step forward(Filter filter, B x, B y, const Buffer*) const override {
    return forwardByTaps(shape, plan_.forward, {weights.value.data(), layout_.registerFloats()}, filter, x, y,
                         kernel());
  }

  Step inputGradient(B dy, B dx, bool accumulate, const Buffer*) const override {
    return inputGradientByTaps(shape, plan_.inputGradient, phases_,
                               {transposed_.data(), layout_.transposedRegisterFloats()}, dy, dx, accumulate, kernel());
  }

  Step weightGradient(B x, B dy, Partial<float> gradient, const Buffer*) const override {
    return weightGradientByTaps(shape, plan_.weightGradient, layout_.registerFloats(), kLanes, x, dy, gradient,
                                [this](const WeightGradientArgs& a) {
                                  kernels_.narrowWeightGradient(a, shape.inputsOfGroup(), shape.output.blocks());
                                });
  }

 private:
  ConvolutionKernel kernel() const {
    return [this](const ConvolutionArgs& a) {
      kernels_.narrowConvolution(a, shape.inputsOfGroup(), shape.output.blocks());
    };
  }
};

bool serves(const ConvolutionShape& shape, const ConvolutionSetting&) {
  const int width = shape.inputsOfGroup();
  return shape.groups > 1 && width == shape.outputsOfGroup() && (width == 1 || width == 2 || width == 4);
}

}  // namespace

extern const Algorithm narrow = {
    serves,
    [](const ConvolutionShape&, const ConvolutionSetting&) { return true; },
    makeConvolution<NarrowConvolution>,
};

}  // namespace netspace
