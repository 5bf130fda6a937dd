#include "program_builder.h"

namespace netspace {

Phase& ProgramBuilder::phaseAt(int phase) {
  if (static_cast<int>(program_->phases.size()) <= phase) program_->phases.resize(phase + 1);
  return program_->phases[phase];
}

const Buffer* ProgramBuilder::newBuffer(const Shape& shape, int slabImages, int border, Format format) {
  program_->buffers.emplace_back();
  Buffer& buffer = program_->buffers.back();
  buffer.shape = shape;
  buffer.border = border;
  buffer.format = format;
  buffer.slabImages = slabImages;
  return &buffer;
}

const Buffer* ProgramBuilder::newWork(const Convolution& layer, int slabImages) {
  const size_t floats = layer.workFloats();
  if (floats == 0) return nullptr;
  const int columns = static_cast<int>(floats / (static_cast<size_t>(kLanes) * slabImages)) + 1;
  return newBuffer({kLanes, 1, columns}, slabImages);
}

CountedVector<double>& ProgramBuilder::newTotals(size_t count) {
  program_->totals.emplace_back(count, 0.0, CountingAllocator<double>(tally));
  return program_->totals.back();
}

void ProgramBuilder::emit(int phase, const std::vector<const Buffer*>& used, Step step) {
  Phase& target = phaseAt(phase);
  for (const Buffer* buffer : used)
    if (buffer) const_cast<Buffer*>(buffer)->uses.push_back({phase, static_cast<int>(target.steps.size())});
  target.steps.push_back(std::move(step));
}

void ProgramBuilder::emitInPlace(int phase, const std::vector<const Buffer*>& used, Step step) {
  emit(phase, used, std::move(step));
  inPlace_.insert({phase, static_cast<int>(phaseAt(phase).steps.size()) - 1});
}

void ProgramBuilder::emitConvolution(int phase, const std::vector<const Buffer*>& used, const Convolution& layer,
                                     Step step) {
  emit(phase, used, std::move(step));
  phaseAt(phase).multiplyAdds += layer.multiplyAdds();
}

}  // namespace netspace
