#include "maps.h"

#include "../program/steps/steps.h"

namespace netspace::checks {

Maps::Maps(const KernelTable& kernels, int images) : kernels_(kernels), images_(images) {}

// Buffers lie anywhere: their offsets are those of their memory from address zero.
Buffer& Maps::add(const Shape& shape, int slabImages, Reading reading) {
  buffers_.emplace_back();
  Buffer& buffer = buffers_.back();
  buffer.shape = shape;
  buffer.border = reading.border;
  buffer.format = reading.format;
  buffer.slabImages = slabImages;
  memory_.emplace_back(tally_, buffer.floats(images_));
  buffer.placement.offset = reinterpret_cast<uintptr_t>(memory_.back().data()) / sizeof(float);
  return buffer;
}

Buffer& Maps::add(const Shape& shape, int slabImages, const std::vector<float>& numbers, Reading reading) {
  Buffer& plain = add(shape, slabImages);
  Context whole = context();
  whole.inputs = numbers.data();
  steps::loadImages(kernels_, plain)(whole);
  if (reading.border == 0 && reading.format == Format::kFloats) return plain;
  Buffer& buffer = add(shape, slabImages, reading);
  run(steps::join(kernels_, {{&plain}}, false, buffer));
  return buffer;
}

std::vector<double> Maps::numbersOf(const Buffer& buffer) {
  std::vector<float> numbers(images_ * buffer.shape.elements());
  Context whole = context();
  whole.output = numbers.data();
  steps::storeOutput(buffer, &Context::output)(whole);
  return doubles(numbers.data(), numbers.size());
}

void Maps::run(const Step& step) { step(context()); }

Context Maps::context() {
  Context context;
  context.images = context.partImages = context.batchImages = images_;
  context.ahead = &ahead_;
  return context;
}

}  // namespace netspace::checks
