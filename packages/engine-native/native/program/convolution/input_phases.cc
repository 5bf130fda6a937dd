#include "input_phases.h"

#include <algorithm>

namespace netspace {

namespace {

int floorDivide(int a, int b) { return a >= 0 ? a / b : -((-a + b - 1) / b); }
int floorModulo(int a, int b) { return a - floorDivide(a, b) * b; }

}  // namespace

// The input pixel i = stride * r + row gets dy[(i + padding - k) / stride] through each k that divides.
std::vector<InputPhase> inputPhasesOf(const ConvolutionShape& shape, bool spread) {
  const int kernel = shape.kernel, stride = shape.stride, padding = shape.padding;
  std::vector<InputPhase> phases;
  for (int row = 0; row < stride; row++) {
    for (int column = 0; column < (spread ? 1 : stride); column++) {
      InputPhase phase = {row, column, {}, {}};
      for (int kh = kernel - 1; kh >= 0; kh--) {
        if (floorModulo(row + padding - kh, stride) != 0) continue;
        for (int i = 0; i < kernel; i++) {
          const int kw = spread ? i : kernel - 1 - i;
          if (!spread && floorModulo(column + padding - kw, stride) != 0) continue;
          phase.taps.push_back(
              {floorDivide(row + padding - kh, stride), spread ? 0 : floorDivide(column + padding - kw, stride)});
          phase.kernelTaps.push_back(kh * kernel + kw);
        }
      }
      phases.push_back(std::move(phase));
    }
  }
  return phases;
}

int borderOf(const std::vector<InputPhase>& phases, const ConvolutionShape& shape) {
  int border = 0;
  for (const InputPhase& phase : phases)
    for (const auto& [row, column] : phase.taps) {
      const int lastRow = (shape.input.height - 1 - phase.row) / shape.stride + row;
      const int lastColumn = (shape.input.width - 1 - phase.column) / shape.stride + column;
      border =
          std::max({border, -row, -column, lastRow - (shape.output.height - 1), lastColumn - (shape.output.width - 1)});
    }
  return border;
}

}  // namespace netspace
