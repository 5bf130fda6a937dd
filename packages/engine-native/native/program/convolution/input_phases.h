// The gradient of a convolution's input as convolutions of the output's gradient.
#pragma once

#include <utility>
#include <vector>

#include "shape.h"

namespace netspace {

// One output phase of it: the input pixels (row, column) + stride * (r, c), or where columns are spread,
// (row + stride * r, c).
struct InputPhase {
  int row, column;
  std::vector<std::pair<int, int>> taps;  // offsets in the output's gradient, rows and columns, ascending
  std::vector<int> kernelTaps;            // the kernel's, in the same order
  size_t weights = 0;                     // where its weights start among the transposed ones
};

std::vector<InputPhase> inputPhasesOf(const ConvolutionShape& shape, bool spread);

// The zeros that the output's gradient needs around it.
int borderOf(const std::vector<InputPhase>& phases, const ConvolutionShape& shape);

}  // namespace netspace
