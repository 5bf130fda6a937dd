// Groups that do not fall on whole blocks: permutations bring to each lane the channels of its own group, one after
// another.
#include "algorithms.h"
#include "block_layout.h"
#include "lane_plan.h"
#include "tap_steps.h"

namespace netspace {

namespace {

LanePlan lanesOf(const ConvolutionShape& shape) { return {shape.output.channels, shape.input.channels, shape.groups}; }

class LaneConvolution : public Convolution {
 public:
  LaneConvolution(const ConvolutionShape& shape, const ConvolutionSetting& setting)
      : LaneConvolution(shape, setting, lanesOf(shape)) {}

  void prepareWeights() override {
    for (const BlockMove& move : moves_) transposed_.data()[move.to] = weights.value.data()[move.from];
  }

  Step forward(Filter filter, B x, B y, const Buffer*) const override {
    return forwardByTaps(shape, plan_.forward, {weights.value.data(), 0}, filter, x, y, kernel(lanes_));
  }

  Step inputGradient(B dy, B dx, bool accumulate, const Buffer*) const override {
    return inputGradientByTaps(shape, plan_.inputGradient, phases_, {transposed_.data(), 0}, dy, dx, accumulate,
                               kernel(inputLanes_));
  }

  Step weightGradient(B x, B dy, Partial<float> gradient, const Buffer*) const override {
    return weightGradientByTaps(
        shape, plan_.weightGradient, 0, kLanes, x, dy, gradient,
        [this](const WeightGradientArgs& a) { kernels_.laneWeightGradient(a, lanes_.lanes()); });
  }

 protected:
  size_t packedIndex(int out, int in, int tap) const override {
    return (static_cast<size_t>(lanes_.stepOf(out, in)) * shape.taps() + tap) * kLanes + out % kLanes;
  }
  WeightRows rowsOf(int outputBlock) const override {
    const int* steps = lanes_.lanes().begin + outputBlock;
    const size_t floats = static_cast<size_t>(shape.taps()) * kLanes;
    return {steps[0] * floats, steps[1] * floats, kLanes};
  }

 private:
  LaneConvolution(const ConvolutionShape& shape, const ConvolutionSetting& setting, LanePlan lanes)
      : Convolution(shape, setting, static_cast<size_t>(lanes.steps()) * shape.taps() * kLanes),
        lanes_(std::move(lanes)),
        inputLanes_(shape.input.channels, shape.output.channels, shape.groups),
        phases_(inputPhasesOf(shape, false)),
        moves_(CountingAllocator<BlockMove>(setting.tally)) {
    auto& [name, forward, inputGradient, weightGradient] = plan_;
    name = "lanes";
    forward.rows = shape.kernel == 3 && shape.stride <= 2;
    inputGradient.rows = shape.kernel == 3 && shape.stride == 1;
    weightGradient.rows = shape.threeByThree();
    for (PassPlan* pass : {&forward, &inputGradient, &weightGradient})
      pass->kernel = pass->rows ? "lane rows" : "lane tiles";
    forward.border = shape.padding;
    inputGradient.border = borderOf(phases_, shape);
    weightGradient.border = weightGradient.rows ? 0 : shape.padding;
    weightGradient.gradientBorder = weightGradient.rows ? 1 : 0;
    transposed_ = AlignedFloats(setting.tally, planTransposition());
    if (lanes_.steps() != shape.output.blocks() * shape.inputsOfGroup()) maskWeights(setting.tally);
  }

  size_t planTransposition() {
    size_t end = 0;
    for (InputPhase& phase : phases_) {
      phase.weights = end;
      for (int out = 0; out < shape.output.channels; out++) planMoves(phase, out);
      end += inputLanes_.steps() * phase.kernelTaps.size() * kLanes;
    }
    return end;
  }

  // Of the weights of an output channel.
  void planMoves(const InputPhase& phase, int out) {
    const size_t taps = phase.kernelTaps.size();
    const int first = out / shape.outputsOfGroup() * shape.inputsOfGroup();
    for (int in = first; in < first + shape.inputsOfGroup(); in++)
      for (size_t t = 0; t < taps; t++) {
        const size_t to = phase.weights + (inputLanes_.stepOf(in, out) * taps + t) * kLanes + in % kLanes;
        moves_.push_back({static_cast<uint32_t>(packedIndex(out, in, phase.kernelTaps[t])), static_cast<uint32_t>(to)});
      }
  }

  ConvolutionKernel kernel(const LanePlan& lanes) const {
    return [this, &lanes](const ConvolutionArgs& a) { kernels_.laneConvolution(a, lanes.lanes()); };
  }

  const LanePlan lanes_, inputLanes_;  // how input channels come to output lanes, and the other way round
  std::vector<InputPhase> phases_;
  AlignedFloats transposed_;
  CountedVector<BlockMove> moves_;  // of single weights
};

bool serves(const ConvolutionShape& shape, const ConvolutionSetting&) { return !shape.wholeBlocks(); }

// Where the steps are at most half as many as the rows of whole blocks would be: a step costs more.
bool pays(const ConvolutionShape& shape, const ConvolutionSetting&) {
  return lanesOf(shape).steps() * 2 <= blockRows(shape);
}

}  // namespace

extern const Algorithm lanes = {serves, pays, makeConvolution<LaneConvolution>};

}  // namespace netspace
