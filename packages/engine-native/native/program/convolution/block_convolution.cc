#include "block_convolution.h"

namespace netspace {

BlockConvolution::BlockConvolution(const ConvolutionShape& shape, const ConvolutionSetting& setting, int rows)
    : BlockConvolution(shape, setting, rows, BlockLayout(shape, rows)) {}

BlockConvolution::BlockConvolution(const ConvolutionShape& shape, const ConvolutionSetting& setting, int rows,
                                   const BlockLayout& layout)
    : Convolution(shape, setting, layout.floats()),
      layout_(layout),
      rows_(rows),
      moves_(CountingAllocator<BlockMove>(setting.tally)) {
  if (!layout.isFull()) maskWeights(setting.tally);
}

void BlockConvolution::planTiles(const TileLimits& limits) {
  plan_.forward.tiles = layout_.outputTiles(limits.forwardBlocks, limits.even);
  plan_.inputGradient.tiles = layout_.inputTiles(limits.forwardBlocks, limits.even);
  plan_.weightGradient.tiles = layout_.outputTiles(limits.gradientBlocks, limits.even);
}

void BlockConvolution::planTransposed(const ConvolutionSetting& setting, bool spread) {
  phases_ = inputPhasesOf(shape, spread);
  transposed_ = AlignedFloats(setting.tally, layout_.planTransposition(phases_, moves_));
}

void BlockConvolution::prepareWeights() {
  kernels_.transposeBlocks(weights.value.data(), transposed_.data(), rows_, moves_.data(), moves_.size());
}

}  // namespace netspace
