// Direct 3x3 convolution from one block to one, two images in a register; see kernels/one_block.h.
#include "direct.h"

namespace netspace {

namespace {

class OneBlockConvolution : public DirectConvolution {
 public:
  OneBlockConvolution(const ConvolutionShape& shape, const ConvolutionSetting& setting)
      : DirectConvolution(shape, setting) {
    plan_.algorithm = "one block";
  }

  Step forward(Filter filter, B x, B y, const Buffer*) const override {
    return forwardByTaps(shape, plan_.forward, packed(weights.value, 1), filter, x, y, kernel());
  }

  Step inputGradient(B dy, B dx, bool accumulate, const Buffer*) const override {
    return inputGradientByTaps(shape, plan_.inputGradient, phases_, packedTransposed(transposed_, 1), dy, dx,
                               accumulate, kernel());
  }

 private:
  ConvolutionKernel kernel() const {
    return [one = kernels_.ofSingleBlocks->convolution, two = kernels_.interleaved->oneBlockConvolution](
               const ConvolutionArgs& a) { (a.images > 1 ? two : one)(a); };
  }
};

bool serves(const ConvolutionShape& shape, const ConvolutionSetting& setting) {
  return setting.kernels.interleaved && shape.threeByThree() && shape.input.blocks() == 1 &&
         shape.output.blocks() == 1 && shape.input.pixels() * kLanes <= kMostOneBlockFloats;
}

}  // namespace

extern const Algorithm oneBlock = {
    serves,
    // Slabs of larger maps have one image.
    [](const ConvolutionShape& shape, const ConvolutionSetting&) {
      return shape.input.pixels() * kLanes < kMostOneBlockFloats;
    },
    makeConvolution<OneBlockConvolution>,
};

}  // namespace netspace
