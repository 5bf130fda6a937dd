// What a convolution is, whatever computes it.
#pragma once

#include "../../kernels/kernels.h"
#include "../graph.h"

namespace netspace {

// A convolution of any kernel, stride, padding and groups; a linear layer is one on 1 x 1 maps.
struct ConvolutionShape {
  Shape input, output;
  int kernel = 1, stride = 1, padding = 0, groups = 1;

  int taps() const { return kernel * kernel; }
  int inputsOfGroup() const { return input.channels / groups; }
  int outputsOfGroup() const { return output.channels / groups; }
  size_t weights() const { return static_cast<size_t>(output.channels) * inputsOfGroup() * taps(); }
  // Whether groups lie on whole blocks.
  bool wholeBlocks() const { return groups == 1 || (inputsOfGroup() % kLanes == 0 && outputsOfGroup() % kLanes == 0); }
  // Whether each pixel of the input has a gradient.
  bool coversInput() const { return kernel >= stride; }
  // 3x3 with padding 1 and stride 1 or 2.
  bool threeByThree() const { return kernel == 3 && padding == 1 && stride <= 2; }
};

// The block that is not full, -1 where all are, and how many channels it has.
inline int lastBlock(const Shape& shape) { return shape.channels % kLanes != 0 ? shape.blocks() - 1 : -1; }
inline int lastChannels(const Shape& shape) { return shape.channels % kLanes != 0 ? shape.channels % kLanes : kLanes; }

}  // namespace netspace
