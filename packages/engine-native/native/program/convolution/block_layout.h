// Weights in blocks: [output block][input slot][K][rows of input channels][8 output channels]. Slot 0 is the first
// input block that the output block meets.
#pragma once

#include "../memory.h"
#include "input_phases.h"

namespace netspace {

// Input blocks that an output block meets, or the other way round: both included.
struct BlockRange {
  int first, last;
  int size() const { return last - first + 1; }
};

// How many blocks a tile has at most, and whether odd numbers of them are slow.
struct TileLimits {
  int forwardBlocks, gradientBlocks;
  bool even;
};

class BlockLayout {
 public:
  // `rows` of 8 weights that a block has for each tap: 8, or the width of narrow groups.
  BlockLayout(const ConvolutionShape& shape, int rows);

  size_t floats() const { return firstWeight(shape_.output.blocks(), shape_.taps()); }
  size_t index(int out, int in, int tap) const;
  // Of an output block, and of an input block among the transposed weights, where they have so many taps.
  size_t firstWeight(int outputBlock, int taps) const;
  size_t firstTransposed(int inputBlock, int taps) const;
  // Whether each packed weight belongs to the network.
  bool isFull() const;

  // Tiles of output blocks, and of input blocks.
  std::vector<Tile> outputTiles(int most, bool even) const;
  std::vector<Tile> inputTiles(int most, bool even) const;

  // The moves that transpose the weights for the phases, [phase][input block][output slot][taps][8 out][8 in], whose
  // weights they place; returns how many floats those take.
  size_t planTransposition(std::vector<InputPhase>& phases, CountedVector<BlockMove>& moves) const;

 private:
  BlockRange inputsOf(int outputBlock) const;
  BlockRange outputsOf(int inputBlock) const;

  const ConvolutionShape shape_;
  const int rows_;
  int inputSlots_ = 0, outputSlots_ = 0;  // most input blocks of an output block, and the other way round
};

// How many rows of 8 weights all output blocks have for each tap, where they are 8 for each input block that is met.
int blockRows(const ConvolutionShape& shape);

}  // namespace netspace
