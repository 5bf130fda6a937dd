// What the planner knows of a convolution: its weights, what its steps read, and the steps. Each algorithm is a
// subclass in a file of its own; algorithms.h chooses among them.
#pragma once

#include <algorithm>
#include <vector>

#include "../buffer.h"
#include "../parameter.h"
#include "shape.h"
#include "weight_rows.h"

namespace netspace {

using B = const Buffer&;

// How one of the three passes is computed.
struct PassPlan {
  const char* kernel = "";  // its name, for people
  std::vector<Tile> tiles;  // of output blocks; none: block by block
  bool rows = false;        // whether tiles of one register go over the three rows of a 3x3 at once
  bool spread = false;      // as ConvolutionArgs::spread
  int border = 0;           // zeros around the map that it reads
  int gradientBorder = 0;   // zeros around the output's gradient, where it is the second map that it reads
};

// Which algorithm computes a convolution, and in which tiles: all that is decided about it.
struct ConvolutionPlan {
  const char* algorithm = "";
  PassPlan forward, inputGradient, weightGradient;
};

// How a step reads a map.
struct Reading {
  int border = 0;
  Format format = Format::kFloats;
};

// What the steps of the gradients read: the input, and the output's gradient for either of them.
struct GradientReadings {
  Reading input, ofWeights, ofInput;
};

// What a convolution multiplies with, and what becomes of its sums.
struct Filter {
  const float* weights;
  const float* bias = nullptr;  // [B * 8]; null: none
  bool accumulate = false, relu = false;
};

// What a convolution is computed with.
struct ConvolutionSetting {
  const KernelTable& kernels;
  bool bfloat16;  // whether training multiplies in it
  Tally& tally;
};

// The steps write over their output, or add to it where they `accumulate`; the layer and buffers must outlive them.
class Convolution {
 public:
  virtual ~Convolution() = default;
  Convolution(const Convolution&) = delete;
  Convolution& operator=(const Convolution&) = delete;

  const ConvolutionShape shape;
  Parameter weights;  // packed as the algorithm wants them

  const ConvolutionPlan& plan() const { return plan_; }
  // Of vectors, in one pass over an image.
  virtual double multiplyAdds() const {
    return static_cast<double>(shape.output.blocks()) * shape.output.pixels() * shape.taps() * shape.inputsOfGroup();
  }

  // Between PyTorch's [out, in / groups, k, k] and the packed layout.
  void pack(const float* from, AlignedFloats& to) const;
  void unpack(const AlignedFloats& from, float* to) const;
  // Brings the other forms of the weights up to date with `weights`.
  virtual void prepareWeights() = 0;
  // What forward() multiplies with: in training, and else.
  virtual const AlignedFloats& trainedWeights() const { return inferenceWeights(); }
  virtual const AlignedFloats& inferenceWeights() const { return weights.value; }
  // to = inferenceWeights(), those of output channel c times scale[c]; scale: [B * 8].
  void scaleOutputs(const float* scale, AlignedFloats& to) const;

  virtual Reading forwardReading(bool training) const;
  // `ofInput`: whether the gradient of the input is wanted; `sameSlabs`: whether both maps have the same slabs.
  virtual GradientReadings gradientReadings(bool ofInput, bool sameSlabs) const;
  // Memory that each of the steps needs for itself, in `work`: null where there is none.
  virtual size_t workFloats() const { return 0; }

  virtual Step forward(Filter filter, B x, B y, const Buffer* work) const = 0;
  virtual Step inputGradient(B dy, B dx, bool accumulate, const Buffer* work) const = 0;
  // gradient: as gradientTotal().
  virtual Step weightGradient(B x, B dy, Partial<float> gradient, const Buffer* work) const = 0;
  // Where the gradient of the weights is summed up, and what makes it of the sums at the end.
  virtual const AlignedFloats& gradientTotal() const { return weights.gradient; }
  virtual bool finishesGradient() const { return false; }
  virtual void finishGradient() {}

 protected:
  Convolution(const ConvolutionShape& shape, const ConvolutionSetting& setting, size_t packedFloats)
      : shape(shape), weights(setting.tally, packedFloats), kernels_(setting.kernels) {}

  // Where the weight from input channel `in` to output channel `out` lies in `weights`.
  virtual size_t packedIndex(int out, int in, int tap) const = 0;
  // Of the weights of an output block in inferenceWeights(), of which there are positions() that lie alike.
  virtual WeightRows rowsOf(int outputBlock) const = 0;
  virtual int positions() const { return 1; }
  // For layouts in which some of the packed weights are none, and stay zero. Calls packedIndex().
  void maskWeights(Tally& tally);

  const KernelTable& kernels_;
  ConvolutionPlan plan_;
};

}  // namespace netspace
