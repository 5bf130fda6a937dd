// Direct convolutions: how a layer, its tiles and its taps become the arguments of a kernel, slab by slab.
#include <algorithm>

#include "images.h"
#include "steps.h"
#include "winograd_steps.h"

namespace netspace::steps {

namespace {

std::vector<ptrdiff_t> forwardTaps(const ConvolutionLayer& layer, B x) {
  std::vector<ptrdiff_t> taps;
  for (int kh = 0; kh < layer.kernel; kh++)
    for (int kw = 0; kw < layer.kernel; kw++)
      taps.push_back((kh - layer.padding) * x.rowStride() + (kw - layer.padding) * x.pixelStride());
  return taps;
}

void convolve(const KernelTable& k, const ConvolutionLayer& layer, const std::optional<LanePlan>& lanes, Format format,
              const ConvolutionArgs& a) {
  if (format == Format::kChannelPairs) k.pairs->convolution(a);
  else if (lanes) k.laneConvolution(a, lanes->lanes());
  else if (layer.narrow()) k.narrowConvolution(a, layer.rows, layer.output.blocks());
  else k.convolution(a);
}

// Whether the pixels of a slab are one row to the kernel.
bool flat(const ConvolutionLayer& layer, B x, B y) {
  return x.slabImages == y.slabImages && layer.kernel == 1 && layer.stride == 1 && layer.padding == 0 &&
         x.border == 0 && y.border == 0;
}

}  // namespace

int lastBlock(const Shape& shape) { return shape.channels % kLanes != 0 ? shape.blocks() - 1 : -1; }
int lastChannels(const Shape& shape) { return shape.channels % kLanes != 0 ? shape.channels % kLanes : kLanes; }

size_t workFloats(const ConvolutionLayer& layer) { return layer.winograd ? winogradWorkFloats(layer) : 0; }

Step convolution(const KernelTable& k, const ConvolutionLayer& layer, Filter filter, B x, B y, const Buffer* work) {
  if (layer.winograd) return winogradConvolution(k, layer, filter, x, y, *work);
  return [&k, &layer, filter, &x, &y, taps = forwardTaps(layer, x)](const Context& context) {
    ConvolutionArgs a{};
    a.xBlock = x.blockStride();
    a.xImage = x.imageStride();
    a.xRow = x.rowStride() * layer.stride;
    a.xPixel = x.pixelStride() * layer.stride;
    a.weights = filter.weights;
    a.weightsBlock = static_cast<ptrdiff_t>(layer.inputSlots) * layer.taps() * layer.blockWeights();
    if (x.format == Format::kChannelPairs) a.weightsBlock /= 2;
    a.bias = filter.bias;
    a.accumulate = filter.accumulate;
    if (filter.relu) a.floor = 0;
    a.yBlock = y.blockStride();
    a.yImage = y.imageStride();
    a.yRow = y.rowStride();
    a.yPixel = kLanes;
    a.tiles = layer.forwardTiles.data();
    a.tileCount = static_cast<int>(layer.forwardTiles.size());
    a.taps = taps.data();
    a.tapCount = layer.taps();
    a.lastInputBlock = lastBlock(x.shape);
    a.lastChannels = lastChannels(x.shape);
    a.threeByThree = layer.threeByThree() || (layer.lanes && layer.kernel == 3 && layer.stride <= 2);
    a.xHeight = x.shape.height;
    a.xWidth = x.shape.width;
    a.ahead = context.ahead;
    const bool whole = flat(layer, x, y);
    forEachSlab(context, std::min(x.slabImages, y.slabImages), [&](int n, int images) {
      a.x = x.image(context, n);
      a.y = y.image(context, n);
      a.images = whole ? 1 : images;
      a.rows = whole ? 1 : y.shape.height;
      a.columns = whole ? images * y.shape.pixels() : y.shape.width;
      convolve(k, layer, layer.lanes, x.format, a);
    });
  };
}

Step convolutionInputGradient(const KernelTable& k, const ConvolutionLayer& layer, B dy, B dx, bool accumulate,
                              const Buffer* work) {
  if (layer.winograd) return winogradInputGradient(k, layer, dy, dx, accumulate, *work);
  std::vector<std::vector<ptrdiff_t>> taps;
  for (const InputPhase& phase : layer.phases) {
    taps.emplace_back();
    for (const auto& [row, column] : phase.taps)
      taps.back().push_back(row * dy.rowStride() + column * dy.pixelStride());
  }
  const bool pairs = dy.format == Format::kChannelPairs;
  return [&k, &layer, &dy, &dx, accumulate, pairs, taps](const Context& context) {
    ConvolutionArgs a{};
    a.xBlock = dy.blockStride();
    a.xImage = dy.imageStride();
    a.xRow = dy.rowStride();
    a.xPixel = dy.pixelStride();
    a.yBlock = dx.blockStride();
    a.yImage = dx.imageStride();
    a.spread = layer.spreadInputGradient();
    const int columnStep = a.spread ? 1 : layer.stride;
    a.yRow = dx.rowStride() * layer.stride;
    a.yPixel = static_cast<ptrdiff_t>(kLanes) * columnStep;
    a.tiles = layer.inputTiles.data();
    a.tileCount = static_cast<int>(layer.inputTiles.size());
    a.lastInputBlock = lastBlock(dy.shape);
    a.lastChannels = lastChannels(dy.shape);
    a.threeByThree = a.spread || ((layer.threeByThree() || (layer.lanes && layer.kernel == 3)) && layer.stride == 1);
    a.xHeight = dy.shape.height;
    a.xWidth = dy.shape.width;
    a.accumulate = accumulate;
    a.ahead = context.ahead;
    const bool whole = flat(layer, dy, dx);
    for (size_t p = 0; p < layer.phases.size(); p++) {
      const InputPhase& phase = layer.phases[p];
      a.taps = taps[p].data();
      a.tapCount = static_cast<int>(taps[p].size());
      if (a.tapCount == 0 && accumulate) continue;
      a.weights = pairs ? layer.transposedPairs.data() + phase.weights / 2 : layer.transposed.data() + phase.weights;
      a.weightsBlock = static_cast<ptrdiff_t>(layer.outputSlots) * a.tapCount * layer.blockWeights() / (pairs ? 2 : 1);
      a.rows = (dx.shape.height - phase.row + layer.stride - 1) / layer.stride;
      a.columns = (dx.shape.width - phase.column + columnStep - 1) / columnStep;
      if (a.rows <= 0 || a.columns <= 0) continue;
      forEachSlab(context, std::min(dx.slabImages, dy.slabImages), [&](int n, int images) {
        a.x = dy.image(context, n);
        a.y = dx.image(context, n) + phase.row * dx.rowStride() + phase.column * kLanes;
        a.images = whole ? 1 : images;
        if (whole) a.rows = 1, a.columns = images * dx.shape.pixels();
        convolve(k, layer, layer.inputLanes, dy.format, a);
      });
    }
  };
}

Step convolutionWeightGradient(const KernelTable& k, const ConvolutionLayer& layer, B x, B dy, Partial<float> gradient,
                               const Buffer* work) {
  if (layer.winograd) return winogradWeightGradient(k, layer, x, dy, gradient, *work);
  const bool pairs = x.format != Format::kFloats;
  const bool whole = pairs ? x.format == Format::kFlatPairs : flat(layer, x, dy);
  return [&k, &layer, &x, &dy, gradient, pairs, whole, taps = forwardTaps(layer, x)](const Context& context) {
    WeightGradientArgs a{};
    a.threeByThree = layer.rowWeightGradient() || layer.laneRowWeightGradient();
    a.stride = layer.stride;
    a.xHeight = x.shape.height;
    a.xWidth = pairs ? x.pairs() : x.shape.width;
    a.xBlock = x.blockStride();
    a.xImage = x.imageStride();
    a.xRow = a.threeByThree ? x.rowStride() : x.rowStride() * layer.stride;
    a.xPixel = pairs ? kLanes : static_cast<ptrdiff_t>(kLanes) * layer.stride;
    a.dyBlock = dy.blockStride();
    a.dyImage = dy.imageStride();
    a.dyRow = dy.rowStride();
    a.weights = gradient.of(context);
    a.weightsBlock = static_cast<ptrdiff_t>(layer.inputSlots) * layer.taps() * layer.blockWeights();
    a.tiles = layer.gradientTiles.data();
    a.tileCount = static_cast<int>(layer.gradientTiles.size());
    a.taps = taps.data();
    a.tapCount = layer.taps();
    a.lastInputBlock = lastBlock(x.shape);
    a.lastChannels = lastChannels(x.shape);
    a.ahead = context.ahead;
    forEachSlab(context, std::min(x.slabImages, dy.slabImages), [&](int n, int images) {
      a.x = x.image(context, n);
      a.dy = dy.image(context, n);
      a.images = whole ? 1 : images;
      a.rows = whole ? 1 : dy.shape.height;
      a.columns = whole ? images * dy.shape.pixels() : dy.shape.width;
      if (pairs) a.columns = (a.columns + 1) / 2;
      if (pairs) k.pairs->weightGradient(a);
      else if (layer.lanes) k.laneWeightGradient(a, layer.lanes->lanes());
      else if (layer.narrow()) k.narrowWeightGradient(a, layer.rows, layer.output.blocks());
      else k.weightGradient(a);
    });
  };
}

}  // namespace netspace::steps
