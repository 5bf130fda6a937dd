// What the algorithms have in common whose weights lie in blocks.
#pragma once

#include "block_layout.h"
#include "convolution.h"

namespace netspace {

// Those for the shape's blocks: where no two of them share a register, the ones for single blocks.
const TileKernels& tileKernelsFor(const ConvolutionShape& shape, const TileKernels& kernels);

class BlockConvolution : public Convolution {
 public:
  void prepareWeights() override;

 protected:
  // `rows` and `registerBlocks` as in BlockLayout.
  BlockConvolution(const ConvolutionShape& shape, const ConvolutionSetting& setting, int rows, int registerBlocks);

  size_t packedIndex(int out, int in, int tap) const override { return layout_.index(out, in, tap); }
  WeightRows rowsOf(int outputBlock) const override { return layout_.rowsOf(outputBlock, shape.taps()); }

  // Tiles for all three passes.
  void planTiles(const TileKernels& kernels);
  void planTransposed(const ConvolutionSetting& setting, bool spread);

  const BlockLayout layout_;
  std::vector<InputPhase> phases_;  // of the gradient of the input
  AlignedFloats transposed_;        // the weights for it

 private:
  BlockConvolution(const ConvolutionShape& shape, const ConvolutionSetting& setting, int rows,
                   const BlockLayout& layout);

  const int rows_;
  CountedVector<BlockMove> moves_;  // of blocks, from the weights to the transposed ones
};

}  // namespace netspace
