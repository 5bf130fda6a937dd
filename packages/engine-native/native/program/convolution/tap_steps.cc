#include "tap_steps.h"

#include <algorithm>

#include "../steps/images.h"

namespace netspace {

namespace {

std::vector<ptrdiff_t> kernelTaps(const ConvolutionShape& shape, B x) {
  std::vector<ptrdiff_t> taps;
  for (int kh = 0; kh < shape.kernel; kh++)
    for (int kw = 0; kw < shape.kernel; kw++)
      taps.push_back((kh - shape.padding) * x.rowStride() + (kw - shape.padding) * x.pixelStride());
  return taps;
}

// Whether the pixels of a slab are one row to the kernel.
bool isFlat(const ConvolutionShape& shape, B x, B y) {
  return x.slabImages == y.slabImages && shape.kernel == 1 && shape.stride == 1 && shape.padding == 0 &&
         x.border == 0 && y.border == 0;
}

// What does not depend on the taps: from map `x` to map `y`.
ConvolutionArgs argumentsOf(const PassPlan& plan, B x, B y, const Context& context) {
  ConvolutionArgs a{};
  a.xBlock = x.blockStride();
  a.xImage = x.imageStride();
  a.yBlock = y.blockStride();
  a.yImage = y.imageStride();
  a.tiles = plan.tiles.data();
  a.tileCount = static_cast<int>(plan.tiles.size());
  a.lastInputBlock = lastBlock(x.shape);
  a.lastChannels = lastChannels(x.shape);
  a.threeByThree = plan.rows;
  a.xHeight = x.shape.height;
  a.xWidth = x.shape.width;
  a.ahead = context.ahead;
  return a;
}

}  // namespace

Step forwardByTaps(const ConvolutionShape& shape, const PassPlan& plan, PackedWeights packed, Filter filter, B x, B y,
                   ConvolutionKernel kernel) {
  return [&shape, &plan, packed, filter, &x, &y, kernel, taps = kernelTaps(shape, x)](const Context& context) {
    ConvolutionArgs a = argumentsOf(plan, x, y, context);
    a.xRow = x.rowStride() * shape.stride;
    a.xPixel = x.pixelStride() * shape.stride;
    a.weights = filter.weights;
    a.weightsRegister = static_cast<ptrdiff_t>(packed.registerFloats) * shape.taps() / packed.numbersOfWord;
    a.bias = filter.bias;
    a.accumulate = filter.accumulate;
    if (filter.relu) a.floor = 0;
    a.yRow = y.rowStride();
    a.yPixel = kLanes;
    a.taps = taps.data();
    a.tapCount = shape.taps();
    const bool flat = isFlat(shape, x, y);
    forEachSlab(context, std::min(x.slabImages, y.slabImages), [&](int n, int images) {
      a.x = x.image(context, n);
      a.y = y.image(context, n);
      a.images = flat ? 1 : images;
      a.rows = flat ? 1 : y.shape.height;
      a.columns = flat ? images * y.shape.pixels() : y.shape.width;
      kernel(a);
    });
  };
}

Step inputGradientByTaps(const ConvolutionShape& shape, const PassPlan& plan, const std::vector<InputPhase>& phases,
                         PackedWeights transposed, B dy, B dx, bool accumulate, ConvolutionKernel kernel) {
  std::vector<std::vector<ptrdiff_t>> taps;
  for (const InputPhase& phase : phases) {
    taps.emplace_back();
    for (const auto& [row, column] : phase.taps)
      taps.back().push_back(row * dy.rowStride() + column * dy.pixelStride());
  }
  return [&shape, &plan, &phases, transposed, &dy, &dx, accumulate, kernel, taps](const Context& context) {
    ConvolutionArgs a = argumentsOf(plan, dy, dx, context);
    a.xRow = dy.rowStride();
    a.xPixel = dy.pixelStride();
    a.spread = plan.spread;
    const int columnStep = plan.spread ? 1 : shape.stride;
    a.yRow = dx.rowStride() * shape.stride;
    a.yPixel = static_cast<ptrdiff_t>(kLanes) * columnStep;
    a.accumulate = accumulate;
    const bool flat = isFlat(shape, dy, dx);
    for (size_t p = 0; p < phases.size(); p++) {
      const InputPhase& phase = phases[p];
      a.taps = taps[p].data();
      a.tapCount = static_cast<int>(taps[p].size());
      if (a.tapCount == 0 && accumulate) continue;
      a.weights = transposed.data + phase.weights / transposed.numbersOfWord;
      a.weightsRegister = static_cast<ptrdiff_t>(transposed.registerFloats) * a.tapCount / transposed.numbersOfWord;
      a.rows = (dx.shape.height - phase.row + shape.stride - 1) / shape.stride;
      a.columns = (dx.shape.width - phase.column + columnStep - 1) / columnStep;
      if (a.rows <= 0 || a.columns <= 0) continue;
      forEachSlab(context, std::min(dx.slabImages, dy.slabImages), [&](int n, int images) {
        a.x = dy.image(context, n);
        a.y = dx.image(context, n) + phase.row * dx.rowStride() + phase.column * kLanes;
        a.images = flat ? 1 : images;
        if (flat) a.rows = 1, a.columns = images * dx.shape.pixels();
        kernel(a);
      });
    }
  };
}

Step weightGradientByTaps(const ConvolutionShape& shape, const PassPlan& plan, size_t registerFloats, int rowFloats,
                          B x, B dy, Partial<float> gradient, WeightGradientKernel kernel) {
  const bool pairs = x.format != Format::kFloats && x.format != Format::kInterleaved;
  const bool flat = pairs ? x.format == Format::kFlatPairs : isFlat(shape, x, dy);
  return [&shape, &plan, registerFloats, rowFloats, &x, &dy, gradient, kernel, pairs, flat,
          taps = kernelTaps(shape, x)](const Context& context) {
    WeightGradientArgs a{};
    a.threeByThree = plan.rows;
    a.stride = shape.stride;
    a.xHeight = x.shape.height;
    a.xWidth = pairs ? x.pairs() : x.shape.width;
    a.xBlock = x.blockStride();
    a.xImage = x.imageStride();
    a.xRow = plan.rows ? x.rowStride() : x.rowStride() * shape.stride;
    a.xPixel = pairs ? kLanes : static_cast<ptrdiff_t>(kLanes) * shape.stride;
    a.dyBlock = dy.blockStride();
    a.dyImage = dy.imageStride();
    a.dyRow = dy.rowStride();
    a.weights = gradient.of(context);
    a.weightsRegister = static_cast<ptrdiff_t>(registerFloats) * shape.taps();
    a.weightsRow = rowFloats;
    a.tiles = plan.tiles.data();
    a.tileCount = static_cast<int>(plan.tiles.size());
    a.taps = taps.data();
    a.tapCount = shape.taps();
    a.lastInputBlock = lastBlock(x.shape);
    a.lastChannels = lastChannels(x.shape);
    a.ahead = context.ahead;
    forEachSlab(context, std::min(x.slabImages, dy.slabImages), [&](int n, int images) {
      a.x = x.image(context, n);
      a.dy = dy.image(context, n);
      a.images = flat ? 1 : images;
      a.rows = flat ? 1 : dy.shape.height;
      a.columns = flat ? images * dy.shape.pixels() : dy.shape.width;
      if (pairs) a.columns = (a.columns + 1) / 2;
      kernel(a);
    });
  };
}

}  // namespace netspace
