#include "block_layout.h"

#include <algorithm>

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

Registers outputRegisters(const ConvolutionShape& shape, int registerBlocks) {
  return {shape.output.blocks(), registerBlocks, [&](int block) { return inputsMet(shape, block); }};
}

Registers inputRegisters(const ConvolutionShape& shape, int registerBlocks) {
  return {shape.input.blocks(), registerBlocks, [&](int block) { return outputsMet(shape, block); }};
}

bool areSingle(const std::vector<Tile>& tiles) {
  return std::all_of(tiles.begin(), tiles.end(), [](const Tile& tile) { return tile.count == 1; });
}

}  // namespace

BlockLayout::BlockLayout(const ConvolutionShape& shape, int rows, int registerBlocks)
    : shape_(shape),
      rows_(rows),
      registerBlocks_(registerBlocks),
      outputs_(outputRegisters(shape, registerBlocks)),
      inputs_(inputRegisters(shape, registerBlocks)),
      inputSlots_(outputs_.mostMet()),
      outputSlots_(inputs_.mostMet()) {}

size_t BlockLayout::index(int out, int in, int tap) const {
  const int block = out / kLanes, slot = in / kLanes - outputs_.met(block).first;
  return rowsOf(block, shape_.taps()).first + (static_cast<size_t>(slot) * shape_.taps() + tap) * tapFloats() +
         static_cast<size_t>(in % rows_) * rowFloats() + out % kLanes;
}

WeightRows BlockLayout::rowsOf(int outputBlock, int taps) const {
  const size_t floats = registerFloats() * taps, begin = outputs_.of(outputBlock) * floats;
  return {begin + outputs_.partOf(outputBlock) * kLanes, begin + floats, static_cast<size_t>(rowFloats())};
}

bool BlockLayout::isFull() const {
  return rows_ < kLanes ||
         (shape_.input.channels % kLanes == 0 && shape_.output.channels % kLanes == 0 && shape_.wholeBlocks());
}

size_t BlockLayout::planTransposition(std::vector<InputPhase>& phases, CountedVector<BlockMove>& moves) const {
  size_t end = 0;
  for (InputPhase& phase : phases) {
    phase.weights = end;
    const size_t taps = phase.kernelTaps.size();
    for (int out = 0; out < shape_.output.blocks(); out++) {
      const size_t first = rowsOf(out, shape_.taps()).first;
      for (int in = outputs_.met(out).first; in <= outputs_.met(out).last; in++)
        for (size_t t = 0; t < taps; t++) {
          const size_t slot = in - outputs_.met(out).first, transposedSlot = out - inputs_.met(in).first;
          const size_t from = first + (slot * shape_.taps() + phase.kernelTaps[t]) * tapFloats();
          const size_t to = end +
                            (inputs_.of(in) * static_cast<size_t>(outputSlots_) + transposedSlot) * taps * tapFloats() +
                            t * tapFloats() + inputs_.partOf(in) * kLanes;
          moves.push_back({static_cast<uint32_t>(from), static_cast<uint32_t>(to)});
        }
    }
    end += inputs_.count() * transposedRegisterFloats() * taps;
  }
  return end;
}

int blockRows(const ConvolutionShape& shape) {
  int rows = 0;
  for (int block = 0; block < shape.output.blocks(); block++) rows += inputsMet(shape, block).size() * kLanes;
  return rows;
}

bool hasSingleBlocks(const ConvolutionShape& shape) {
  return areSingle(outputRegisters(shape, 1).tiles(2)) && areSingle(inputRegisters(shape, 1).tiles(2));
}

}  // namespace netspace
