#include "convolution.h"

namespace netspace {

namespace {

// Calls f(output channel, input channel, tap) in PyTorch's order.
template <typename F>
void forEachWeight(const ConvolutionShape& shape, F f) {
  for (int out = 0; out < shape.output.channels; out++)
    for (int in = 0; in < shape.inputsOfGroup(); in++)
      for (int tap = 0; tap < shape.taps(); tap++)
        f(out, out / shape.outputsOfGroup() * shape.inputsOfGroup() + in, tap);
}

}  // namespace

void Convolution::pack(const float* from, AlignedFloats& to) const {
  forEachWeight(shape, [&](int out, int in, int tap) { to.data()[packedIndex(out, in, tap)] = *from++; });
}

void Convolution::unpack(const AlignedFloats& from, float* to) const {
  forEachWeight(shape, [&](int out, int in, int tap) { *to++ = from.data()[packedIndex(out, in, tap)]; });
}

void Convolution::maskWeights(Tally& tally) {
  weights.valid = AlignedFloats(tally, weights.size);
  forEachWeight(shape, [&](int out, int in, int tap) { weights.valid.data()[packedIndex(out, in, tap)] = 1.0f; });
}

void Convolution::scaleOutputs(const float* scale, AlignedFloats& to) const {
  const float* from = inferenceWeights().data();
  const size_t position = to.size() / positions();
  for (size_t start = 0; start < to.size(); start += position)
    for (int block = 0; block < shape.output.blocks(); block++) {
      const WeightRows rows = rowsOf(block);
      for (size_t i = start + rows.first; i < start + rows.end; i += rows.step)
        for (int lane = 0; lane < kLanes; lane++) to.data()[i + lane] = from[i + lane] * scale[block * kLanes + lane];
    }
}

Reading Convolution::forwardReading(bool) const { return {plan_.forward.border}; }

// Both gradients read one buffer of the output's.
GradientReadings Convolution::gradientReadings(bool ofInput, bool) const {
  const int border = std::max(ofInput ? plan_.inputGradient.border : 0, plan_.weightGradient.gradientBorder);
  return {{plan_.weightGradient.border}, {border}, {border}};
}

}  // namespace netspace
