#include "block_convolution.h"

namespace netspace {

const TileKernels& tileKernelsFor(const ConvolutionShape& shape, const TileKernels& kernels) {
  return kernels.ofSingleBlocks && hasSingleBlocks(shape) ? *kernels.ofSingleBlocks : kernels;
}

BlockConvolution::BlockConvolution(const ConvolutionShape& shape, const ConvolutionSetting& setting, int rows,
                                   int registerBlocks)
    : BlockConvolution(shape, setting, rows, BlockLayout(shape, rows, registerBlocks)) {}

BlockConvolution::BlockConvolution(const ConvolutionShape& shape, const ConvolutionSetting& setting, int rows,
                                   const BlockLayout& layout)
    : Convolution(shape, setting, layout.floats(shape.taps())),
      layout_(layout),
      rows_(rows),
      moves_(CountingAllocator<BlockMove>(setting.tally)) {
  if (!layout.isFull()) maskWeights(setting.tally);
}

void BlockConvolution::planTiles(const TileKernels& kernels) {
  plan_.forward.tiles = layout_.outputTiles(kernels.forwardRegisters);
  plan_.inputGradient.tiles = layout_.inputTiles(kernels.forwardRegisters);
  plan_.weightGradient.tiles = layout_.outputTiles(kernels.gradientRegisters);
}

void BlockConvolution::planTransposed(const ConvolutionSetting& setting, bool spread) {
  phases_ = inputPhasesOf(shape, spread);
  transposed_ = AlignedFloats(setting.tally, layout_.planTransposition(phases_, moves_));
}

void BlockConvolution::prepareWeights() {
  kernels_.transposeBlocks(weights.value.data(), transposed_.data(), rows_, layout_.rowFloats(), moves_.data(),
                           moves_.size());
}

}  // namespace netspace
