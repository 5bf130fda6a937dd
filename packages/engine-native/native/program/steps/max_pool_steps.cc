// Max pooling.
#include <algorithm>
#include <limits>

#include "images.h"
#include "steps.h"

namespace netspace::steps {

namespace {

// Calls f(output pixel, first and end row, first and end column) for each window, clipped to the input.
template <typename F>
void forEachWindow(const Unit& unit, const Shape& input, F f) {
  for (int r = 0; r < unit.shape.height; r++)
    for (int c = 0; c < unit.shape.width; c++) {
      const int row = r * unit.stride - unit.padding, column = c * unit.stride - unit.padding;
      f(r * unit.shape.width + c, std::max(row, 0), std::min(row + unit.kernel, input.height), std::max(column, 0),
        std::min(column + unit.kernel, input.width));
    }
}

}  // namespace

Step maxPool(const Unit& unit, B x, B out) {
  return [unit, &x, &out](const Context& context) {
    forEachBlock(context, out, [&](int n, int b) {
      const float* from = x.image(context, n) + b * x.blockStride();
      float* to = out.image(context, n) + b * out.blockStride();
      forEachWindow(unit, x.shape, [&](int pixel, int row, int rowEnd, int column, int columnEnd) {
        float most[kLanes];
        std::fill_n(most, kLanes, -std::numeric_limits<float>::infinity());
        for (int r = row; r < rowEnd; r++)
          for (int c = column; c < columnEnd; c++)
            for (int l = 0; l < kLanes; l++) {
              const float v = from[(r * x.shape.width + c) * kLanes + l];
              most[l] = v <= most[l] ? most[l] : v;  // a NaN is taken
            }
        std::copy_n(most, kLanes, to + pixel * kLanes);
      });
    });
  };
}

// The gradient goes to the first of equal values, as in PyTorch.
Step maxPoolGradient(const Unit& unit, B x, B dy, B dx, bool accumulate) {
  return [unit, &x, &dy, &dx, accumulate](const Context& context) {
    forEachBlock(context, dx, [&](int n, int b) {
      const float* from = x.image(context, n) + b * x.blockStride();
      const float* gradient = dy.image(context, n) + b * dy.blockStride();
      float* to = dx.image(context, n) + b * dx.blockStride();
      if (!accumulate) std::fill_n(to, dx.shape.pixels() * kLanes, 0.0f);
      forEachWindow(unit, x.shape, [&](int pixel, int row, int rowEnd, int column, int columnEnd) {
        float most[kLanes];
        int where[kLanes];
        for (int l = 0; l < kLanes; l++) {
          where[l] = row * x.shape.width + column;
          most[l] = from[where[l] * kLanes + l];
        }
        for (int r = row; r < rowEnd; r++)
          for (int c = column; c < columnEnd; c++)
            for (int l = 0; l < kLanes; l++) {
              const float v = from[(r * x.shape.width + c) * kLanes + l];
              const bool more = v > most[l];
              most[l] = more ? v : most[l];
              where[l] = more ? r * x.shape.width + c : where[l];
            }
        for (int l = 0; l < kLanes; l++) to[where[l] * kLanes + l] += gradient[pixel * kLanes + l];
      });
    });
  };
}

}  // namespace netspace::steps
