#include "direct.h"

#include <algorithm>

namespace netspace {

namespace {

bool ofSingleRegisters(const std::vector<Tile>& tiles, int registerBlocks) {
  return std::all_of(tiles.begin(), tiles.end(), [=](const Tile& tile) { return tile.count <= registerBlocks; });
}

bool hasSingleRegisters(const std::vector<Tile>& tiles, int registerBlocks) {
  return std::any_of(tiles.begin(), tiles.end(), [=](const Tile& tile) { return tile.count <= registerBlocks; });
}

const char* kernelName(const PassPlan& pass, int registerBlocks) {
  if (pass.spread) return "spread rows";
  if (!pass.rows || !hasSingleRegisters(pass.tiles, registerBlocks)) return "tiles";
  return ofSingleRegisters(pass.tiles, registerBlocks) ? "rows" : "rows and tiles";
}

}  // namespace

DirectConvolution::DirectConvolution(const ConvolutionShape& shape, const ConvolutionSetting& setting)
    : DirectConvolution(shape, setting, tileKernelsFor(shape, setting.kernels)) {}

// Rows need no border where all tiles go over them.
DirectConvolution::DirectConvolution(const ConvolutionShape& shape, const ConvolutionSetting& setting,
                                     const TileKernels& kernels)
    : BlockConvolution(shape, setting, kLanes, kernels.registerBlocks),
      tileKernels_(tileKernelsFor(shape, setting.kernels)) {
  planTiles(kernels);
  auto& [name, forward, inputGradient, weightGradient] = plan_;
  name = "direct";
  const bool rows = shape.threeByThree();
  const auto single = [&](const PassPlan& pass) { return ofSingleRegisters(pass.tiles, kernels.registerBlocks); };
  forward.rows = rows;
  forward.border = rows && single(forward) ? 0 : shape.padding;
  inputGradient.spread = rows && shape.stride == 2 && single(inputGradient);
  inputGradient.rows = inputGradient.spread || (rows && shape.stride == 1);
  weightGradient.rows = rows && single(weightGradient);
  weightGradient.border = weightGradient.rows ? 0 : shape.padding;
  for (PassPlan* pass : {&forward, &inputGradient, &weightGradient})
    pass->kernel = kernelName(*pass, kernels.registerBlocks);
  planTransposed(setting, inputGradient.spread);
  inputGradient.border = rows && single(inputGradient) ? 0 : borderOf(phases_, shape);
}

Step DirectConvolution::forward(Filter filter, B x, B y, const Buffer*) const {
  return forwardByTaps(shape, plan_.forward, packed(weights.value, 1), filter, x, y, tileKernels_.convolution);
}

Step DirectConvolution::inputGradient(B dy, B dx, bool accumulate, const Buffer*) const {
  return inputGradientByTaps(shape, plan_.inputGradient, phases_, packedTransposed(transposed_, 1), dy, dx, accumulate,
                             tileKernels_.convolution);
}

Step DirectConvolution::weightGradient(B x, B dy, Partial<float> gradient, const Buffer*) const {
  return weightGradientBy(tileKernels_.weightGradient, x, dy, gradient);
}

extern const Algorithm direct = {
    [](const ConvolutionShape&, const ConvolutionSetting&) { return true; },
    [](const ConvolutionShape&, const ConvolutionSetting&) { return true; },
    makeConvolution<DirectConvolution>,
};

}  // namespace netspace
