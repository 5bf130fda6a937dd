// Weights in blocks: [register of output blocks][input slot][K][rows of input channels][8 output channels of each
// block]. Slot 0 is the first input block that the output blocks meet.
#pragma once

#include "../memory.h"
#include "input_phases.h"
#include "registers.h"
#include "weight_rows.h"

namespace netspace {

class BlockLayout {
 public:
  // `rows` of weights that a block has for each tap: 8, or the width of narrow groups. `registerBlocks`: how many
  // output blocks lie side by side.
  BlockLayout(const ConvolutionShape& shape, int rows, int registerBlocks);

  // Between the rows of a register.
  int rowFloats() const { return registerBlocks_ * kLanes; }
  // For each tap of a register of output blocks, and of input blocks among the transposed weights.
  size_t registerFloats() const { return inputSlots_ * tapFloats(); }
  size_t transposedRegisterFloats() const { return outputSlots_ * tapFloats(); }
  size_t floats(int taps) const { return outputs_.count() * registerFloats() * taps; }

  size_t index(int out, int in, int tap) const;
  // Of the weights of an output block, where they have so many taps.
  WeightRows rowsOf(int outputBlock, int taps) const;
  // Whether each packed weight of a block belongs to the network.
  bool isFull() const;

  // Tiles of output blocks, and of input blocks, of so many registers at most.
  std::vector<Tile> outputTiles(int most) const { return outputs_.tiles(most); }
  std::vector<Tile> inputTiles(int most) const { return inputs_.tiles(most); }

  // The moves that transpose the weights for the phases, [phase][register of input blocks][output slot][taps][8 out][8
  // in of each block], whose weights they place; returns how many floats those take.
  size_t planTransposition(std::vector<InputPhase>& phases, CountedVector<BlockMove>& moves) const;

 private:
  size_t tapFloats() const { return static_cast<size_t>(rows_) * rowFloats(); }

  const ConvolutionShape shape_;
  const int rows_, registerBlocks_;
  const Registers outputs_, inputs_;
  size_t inputSlots_ = 0, outputSlots_ = 0;  // most input blocks of an output block, and the other way round
};

// How many rows of 8 weights all output blocks have for each tap, where they are 8 for each input block that is met.
int blockRows(const ConvolutionShape& shape);

// Whether no two neighbouring blocks meet the same blocks, on either side.
bool hasSingleBlocks(const ConvolutionShape& shape);

}  // namespace netspace
