#include "registers.h"

#include <algorithm>

namespace netspace {

Registers::Registers(int blocks, int registerBlocks, const MetBlocks& metBy) : registerBlocks_(registerBlocks) {
  for (int block = 0; block < blocks;) {
    Run run = {block, 0, metBy(block), count_};
    for (; block < blocks; block++, run.blocks++) {
      const BlockRange met = metBy(block);
      if (met.first != run.met.first || met.last != run.met.last) break;
    }
    count_ += (run.blocks + registerBlocks - 1) / registerBlocks;
    runs_.push_back(run);
  }
}

const Registers::Run& Registers::runOf(int block) const {
  return *std::prev(
      std::upper_bound(runs_.begin(), runs_.end(), block, [](int value, const Run& run) { return value < run.first; }));
}

int Registers::of(int block) const {
  const Run& run = runOf(block);
  return run.firstRegister + (block - run.first) / registerBlocks_;
}

int Registers::partOf(int block) const { return (block - runOf(block).first) % registerBlocks_; }

int Registers::mostMet() const {
  int most = 0;
  for (const Run& run : runs_) most = std::max(most, run.met.size());
  return most;
}

std::vector<Tile> Registers::tiles(int most) const {
  std::vector<Tile> tiles;
  for (const Run& run : runs_) {
    const int end = run.first + run.blocks;
    for (int block = run.first; block < end;) {
      const int left = (end - block + registerBlocks_ - 1) / registerBlocks_, pieces = (left + most - 1) / most;
      const int count = std::min(end - block, (left + pieces - 1) / pieces * registerBlocks_);
      tiles.push_back({block, count, run.met.first, run.met.size(), of(block)});
      block += count;
    }
  }
  return tiles;
}

}  // namespace netspace
