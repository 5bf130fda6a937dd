// Which blocks lie side by side in a register.
#pragma once

#include <functional>
#include <vector>

#include "../../kernels/kernels.h"

namespace netspace {

// Input blocks that an output block meets, or the other way round: both included.
struct BlockRange {
  int first, last;
  int size() const { return last - first + 1; }
};

using MetBlocks = std::function<BlockRange(int block)>;

// Neighbouring blocks that meet the same blocks share registers of so many blocks; the last one may be partly empty.
class Registers {
 public:
  Registers(int blocks, int registerBlocks, const MetBlocks& metBy);

  size_t count() const { return static_cast<size_t>(count_); }
  // Where a block lies: in which register, and as which of its blocks.
  int of(int block) const;
  int partOf(int block) const;
  BlockRange met(int block) const { return runOf(block).met; }
  int mostMet() const;
  // Of so many registers at most, as equal as can be.
  std::vector<Tile> tiles(int most) const;

 private:
  // Blocks that meet the same ones.
  struct Run {
    int first, blocks;
    BlockRange met;
    int firstRegister;
  };
  const Run& runOf(int block) const;

  const int registerBlocks_;
  std::vector<Run> runs_;
  int count_ = 0;
};

}  // namespace netspace
