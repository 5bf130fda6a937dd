#include "direct.h"

#include <algorithm>

namespace netspace {

namespace {

bool ofSingleBlocks(const std::vector<Tile>& tiles) {
  return std::all_of(tiles.begin(), tiles.end(), [](const Tile& tile) { return tile.count == 1; });
}

bool hasSingleBlocks(const std::vector<Tile>& tiles) {
  return std::any_of(tiles.begin(), tiles.end(), [](const Tile& tile) { return tile.count == 1; });
}

const char* kernelName(const PassPlan& pass) {
  if (pass.spread) return "spread rows";
  if (!pass.rows || !hasSingleBlocks(pass.tiles)) return "tiles";
  return ofSingleBlocks(pass.tiles) ? "rows" : "rows and tiles";
}

}  // namespace

DirectConvolution::DirectConvolution(const ConvolutionShape& shape, const ConvolutionSetting& setting)
    : DirectConvolution(shape, setting,
                        {setting.kernels.forwardBlocks, setting.kernels.gradientBlocks, setting.kernels.evenTiles}) {}

// Rows need no border where all tiles go over them.
DirectConvolution::DirectConvolution(const ConvolutionShape& shape, const ConvolutionSetting& setting,
                                     const TileLimits& limits)
    : BlockConvolution(shape, setting, kLanes) {
  planTiles(limits);
  auto& [name, forward, inputGradient, weightGradient] = plan_;
  name = "direct";
  const bool rows = shape.threeByThree();
  forward.rows = rows;
  forward.border = rows && ofSingleBlocks(forward.tiles) ? 0 : shape.padding;
  inputGradient.spread = rows && shape.stride == 2 && ofSingleBlocks(inputGradient.tiles);
  inputGradient.rows = inputGradient.spread || (rows && shape.stride == 1);
  weightGradient.rows = rows && ofSingleBlocks(weightGradient.tiles);
  weightGradient.border = weightGradient.rows ? 0 : shape.padding;
  for (PassPlan* pass : {&forward, &inputGradient, &weightGradient}) pass->kernel = kernelName(*pass);
  planTransposed(setting, inputGradient.spread);
  inputGradient.border = rows && ofSingleBlocks(inputGradient.tiles) ? 0 : borderOf(phases_, shape);
}

Step DirectConvolution::forward(Filter filter, B x, B y, const Buffer*) const {
  return forwardByTaps(shape, plan_.forward, packed(weights.value, 1), filter, x, y, kernels_.convolution);
}

Step DirectConvolution::inputGradient(B dy, B dx, bool accumulate, const Buffer*) const {
  return inputGradientByTaps(shape, plan_.inputGradient, phases_, packedTransposed(transposed_, 1), dy, dx, accumulate,
                             kernels_.convolution);
}

Step DirectConvolution::weightGradient(B x, B dy, Partial<float> gradient, const Buffer*) const {
  return weightGradientByTaps(shape, plan_.weightGradient, layout_.firstWeight(1, 1), x, dy, gradient,
                              kernels_.weightGradient);
}

extern const Algorithm direct = {
    [](const ConvolutionShape&, const ConvolutionSetting&) { return true; },
    [](const ConvolutionShape&, const ConvolutionSetting&) { return true; },
    makeConvolution<DirectConvolution>,
};

}  // namespace netspace
