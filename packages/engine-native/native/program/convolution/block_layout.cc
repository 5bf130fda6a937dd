#include "block_layout.h"

#include <algorithm>
#include <functional>

namespace netspace {

namespace {

// The blocks of one side that meet the channels of `block` on the other side.
BlockRange blocksMet(int block, int channels, int ownPerGroup, int otherPerGroup) {
  const int firstGroup = block * kLanes / ownPerGroup;
  const int lastGroup = (std::min(block * kLanes + kLanes, channels) - 1) / ownPerGroup;
  return {firstGroup * otherPerGroup / kLanes, ((lastGroup + 1) * otherPerGroup - 1) / kLanes};
}

BlockRange inputsMet(const ConvolutionShape& shape, int outputBlock) {
  return blocksMet(outputBlock, shape.output.channels, shape.outputsOfGroup(), shape.inputsOfGroup());
}

BlockRange outputsMet(const ConvolutionShape& shape, int inputBlock) {
  return blocksMet(inputBlock, shape.input.channels, shape.inputsOfGroup(), shape.outputsOfGroup());
}

// Neighbouring blocks that meet the same blocks share tiles: of even sizes and one block at most left over where
// `even`, else as equal in size as can be.
std::vector<Tile> tilesOf(int blocks, int most, bool even, const std::function<BlockRange(int)>& metBy) {
  std::vector<Tile> tiles;
  for (int block = 0; block < blocks;) {
    const BlockRange met = metBy(block);
    int end = block + 1;
    while (end < blocks && metBy(end).first == met.first && metBy(end).last == met.last) end++;
    while (block < end) {
      const int left = end - block, pieces = (left + most - 1) / most;
      const int equal = (left + pieces - 1) / pieces;
      const int count =
          even && equal % 2 == 1 && left > 1 ? (equal < most && equal < left ? equal + 1 : equal - 1) : equal;
      tiles.push_back({block, count, met.first, met.size()});
      block += count;
    }
  }
  return tiles;
}

}  // namespace

BlockLayout::BlockLayout(const ConvolutionShape& shape, int rows) : shape_(shape), rows_(rows) {
  for (int block = 0; block < shape.output.blocks(); block++)
    inputSlots_ = std::max(inputSlots_, inputsOf(block).size());
  for (int block = 0; block < shape.input.blocks(); block++)
    outputSlots_ = std::max(outputSlots_, outputsOf(block).size());
}

BlockRange BlockLayout::inputsOf(int outputBlock) const { return inputsMet(shape_, outputBlock); }
BlockRange BlockLayout::outputsOf(int inputBlock) const { return outputsMet(shape_, inputBlock); }

size_t BlockLayout::index(int out, int in, int tap) const {
  const int block = out / kLanes, slot = in / kLanes - inputsOf(block).first;
  return firstWeight(block, shape_.taps()) + (static_cast<size_t>(slot) * shape_.taps() + tap) * rows_ * kLanes +
         in % rows_ * kLanes + out % kLanes;
}

size_t BlockLayout::firstWeight(int outputBlock, int taps) const {
  return static_cast<size_t>(outputBlock) * inputSlots_ * taps * rows_ * kLanes;
}

size_t BlockLayout::firstTransposed(int inputBlock, int taps) const {
  return static_cast<size_t>(inputBlock) * outputSlots_ * taps * rows_ * kLanes;
}

bool BlockLayout::isFull() const {
  return rows_ < kLanes ||
         (shape_.input.channels % kLanes == 0 && shape_.output.channels % kLanes == 0 && shape_.wholeBlocks());
}

std::vector<Tile> BlockLayout::outputTiles(int most, bool even) const {
  return tilesOf(shape_.output.blocks(), most, even, [this](int block) { return inputsOf(block); });
}

std::vector<Tile> BlockLayout::inputTiles(int most, bool even) const {
  return tilesOf(shape_.input.blocks(), most, even, [this](int block) { return outputsOf(block); });
}

size_t BlockLayout::planTransposition(std::vector<InputPhase>& phases, CountedVector<BlockMove>& moves) const {
  const size_t blockWeights = static_cast<size_t>(rows_) * kLanes;
  size_t end = 0;
  for (InputPhase& phase : phases) {
    phase.weights = end;
    const int taps = static_cast<int>(phase.kernelTaps.size());
    for (int out = 0; out < shape_.output.blocks(); out++)
      for (int in = inputsOf(out).first; in <= inputsOf(out).last; in++)
        for (int t = 0; t < taps; t++) {
          const size_t slot = in - inputsOf(out).first, transposedSlot = out - outputsOf(in).first;
          const size_t from =
              firstWeight(out, shape_.taps()) + (slot * shape_.taps() + phase.kernelTaps[t]) * blockWeights;
          const size_t to = end + firstTransposed(in, taps) + (transposedSlot * taps + t) * blockWeights;
          moves.push_back({static_cast<uint32_t>(from), static_cast<uint32_t>(to)});
        }
    end += firstTransposed(shape_.input.blocks(), taps);
  }
  return end;
}

int blockRows(const ConvolutionShape& shape) {
  int rows = 0;
  for (int block = 0; block < shape.output.blocks(); block++) rows += inputsMet(shape, block).size() * kLanes;
  return rows;
}

}  // namespace netspace
