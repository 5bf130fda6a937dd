#include "steps.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "winograd_steps.h"

namespace netspace::steps {

namespace {

// Calls f(first image, images) for each slab of the context's images.
template <typename F>
void forEachSlab(const Context& context, int slabImages, F f) {
  const int end = context.firstImage + context.images;
  for (int n = context.firstImage; n < end; n += slabImages) f(n, std::min(slabImages, end - n));
}

template <typename F>
void forEachImage(const Context& context, F f) {
  for (int n = context.firstImage; n < context.firstImage + context.images; n++) f(n);
}

// Calls f(image, block) for each block of each of the context's images.
template <typename F>
void forEachBlock(const Context& context, B buffer, F f) {
  forEachImage(context, [&](int n) {
    for (int b = 0; b < buffer.shape.blocks(); b++) f(n, b);
  });
}

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

Step loadImages(const KernelTable& k, B out) {
  return [&k, &out](const Context& context) {
    const Shape& s = out.shape;
    const bool whole = out.border == 0;
    LoadImageArgs a{};
    a.xChannel = s.pixels();
    a.channels = s.channels;
    a.rows = whole ? 1 : s.height;
    a.columns = whole ? s.pixels() : s.width;
    a.outBlock = out.blockStride();
    a.outRow = out.rowStride();
    forEachImage(context, [&](int n) {
      a.x = context.inputs + n * s.elements();
      a.out = out.image(context, n);
      k.loadImage(a);
    });
  };
}

Step storeOutput(B value, float* Context::* target) {
  return [&value, target](const Context& context) {
    if (!(context.*target)) return;
    const Shape& s = value.shape;
    forEachImage(context, [&](int n) {
      const float* source = value.image(context, n);
      float* out = context.*target + n * s.elements();
      for (int c = 0; c < s.channels; c++)
        for (int r = 0; r < s.height; r++)
          for (int w = 0; w < s.width; w++)
            *out++ = source[c / kLanes * value.blockStride() + r * value.rowStride() + w * kLanes + c % kLanes];
    });
  };
}

Step loadGradient(const KernelTable& k, B out) {
  return [load = loadImages(k, out)](const Context& context) {
    Context from = context;
    from.inputs = context.outputGradient;
    load(from);
  };
}

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

Step channelSums(const KernelTable& k, B x, Partial<float> origin, Partial<double> sums, bool squares) {
  return [&k, &x, origin, sums, squares](const Context& context) {
    ChannelSumsArgs a{};
    a.block = x.blockStride();
    a.row = x.rowStride();
    a.shift = origin.of(context);
    a.sums = sums.of(context);
    a.squares = squares;
    a.blocks = x.shape.blocks();
    const bool whole = x.border == 0;
    forEachSlab(context, whole ? x.slabImages : 1, [&](int n, int images) {
      a.x = x.image(context, n);
      a.rows = whole ? 1 : x.shape.height;
      a.columns = whole ? images * x.shape.pixels() : x.shape.width;
      k.channelSums(a);
    });
  };
}

Step takeOrigin(B x, Partial<float> origin) {
  return [&x, origin](const Context& context) {
    if (context.firstImage > context.partImage) return;
    for (int b = 0; b < x.shape.blocks(); b++)
      std::copy_n(x.image(context, context.firstImage) + b * x.blockStride(), kLanes, origin.of(context) + b * kLanes);
  };
}

Step join(const KernelTable& k, std::vector<Source> terms, bool relu, B out) {
  // The kernel wants the affine term first.
  if (terms.size() == 2 && !terms[0].scale) std::swap(terms[0], terms[1]);
  const bool byRows = out.format == Format::kPixelPairs || out.format == Format::kStridedPairs;
  const bool whole = out.border == 0 && !byRows && std::all_of(terms.begin(), terms.end(), [&](const Source& t) {
                       return t.buffer->border == 0 && t.buffer->slabImages == out.slabImages;
                     });
  return [&k, terms, relu, &out, whole](const Context& context) {
    JoinForwardArgs a{};
    a.termCount = static_cast<int>(terms.size());
    a.relu = relu;
    a.outBlock = out.blockStride();
    a.outRow = out.rowStride();
    a.blocks = out.shape.blocks();
    forEachSlab(context, whole ? out.slabImages : 1, [&](int n, int images) {
      for (size_t t = 0; t < terms.size(); t++) {
        B source = *terms[t].buffer;
        a.terms[t] = {source.image(context, n), source.blockStride(), source.rowStride(), terms[t].scale,
                      terms[t].shift};
      }
      a.out = out.image(context, n);
      a.rows = whole ? 1 : out.shape.height;
      a.columns = whole ? images * out.shape.pixels() : out.shape.width;
      if (out.format == Format::kFloats) k.joinForward(a);
      else k.pairs->joinForward(a, out.format);
    });
  };
}

Step joinGradient(const KernelTable& k, JoinGradient join, B m) {
  int slabImages = m.slabImages;
  const auto together = [&](const Buffer* buffer) {
    if (buffer && buffer->slabImages != m.slabImages) slabImages = 1;
  };
  for (const Buffer* gradient : join.gradients) together(gradient);
  for (const auto& [y, mean] : join.normalised) together(y);
  together(join.maskSource.buffer);
  return [&k, join = std::move(join), &m, slabImages](const Context& context) {
    JoinBackwardArgs a{};
    a.mask = join.mask;
    a.maskScale = join.maskSource.scale;
    a.maskShift = join.maskSource.shift;
    a.mBlock = m.blockStride();
    a.normalised = static_cast<int>(join.normalised.size());
    a.sums = join.sums.of(context);
    a.blocks = m.shape.blocks();
    forEachSlab(context, slabImages, [&](int n, int images) {
      for (size_t i = 0; i < join.gradients.size(); i++) {
        a.gradients[i] = join.gradients[i]->image(context, n);
        a.gradientBlocks[i] = join.gradients[i]->blockStride();
      }
      for (size_t i = 0; i < join.normalised.size(); i++) {
        a.y[i] = join.normalised[i].first->image(context, n);
        a.yBlocks[i] = join.normalised[i].first->blockStride();
        a.mean[i] = join.normalised[i].second;
      }
      if (join.maskSource.buffer) {
        a.maskSource = join.maskSource.buffer->image(context, n);
        a.maskBlock = join.maskSource.buffer->blockStride();
      }
      a.m = m.image(context, n);
      a.pixels = images * m.shape.pixels();
      k.joinBackward(a);
    });
  };
}

Step scale(B x, B s, B out) {
  return [&x, &s, &out](const Context& context) {
    forEachBlock(context, out, [&](int n, int b) {
      const float* from = x.image(context, n) + b * x.blockStride();
      const float* factor = s.image(context, n) + b * s.blockStride();
      float* to = out.image(context, n) + b * out.blockStride();
      for (int p = 0; p < out.shape.pixels(); p++)
        for (int l = 0; l < kLanes; l++) to[p * kLanes + l] = from[p * kLanes + l] * factor[l];
    });
  };
}

Step scaleInputGradient(B dy, B s, B dx, bool accumulate) {
  return [&dy, &s, &dx, accumulate](const Context& context) {
    forEachBlock(context, dx, [&](int n, int b) {
      const float* from = dy.image(context, n) + b * dy.blockStride();
      const float* factor = s.image(context, n) + b * s.blockStride();
      float* to = dx.image(context, n) + b * dx.blockStride();
      for (int p = 0; p < dx.shape.pixels(); p++)
        for (int l = 0; l < kLanes; l++) {
          const float product = from[p * kLanes + l] * factor[l];
          to[p * kLanes + l] = accumulate ? to[p * kLanes + l] + product : product;
        }
    });
  };
}

Step scaleFactorGradient(B dy, B x, B ds, bool accumulate) {
  return [&dy, &x, &ds, accumulate](const Context& context) {
    forEachBlock(context, ds, [&](int n, int b) {
      const float* gradient = dy.image(context, n) + b * dy.blockStride();
      const float* value = x.image(context, n) + b * x.blockStride();
      float* to = ds.image(context, n) + b * ds.blockStride();
      float sum[kLanes] = {};
      for (int p = 0; p < x.shape.pixels(); p++)
        for (int l = 0; l < kLanes; l++) sum[l] += gradient[p * kLanes + l] * value[p * kLanes + l];
      for (int l = 0; l < kLanes; l++) to[l] = accumulate ? to[l] + sum[l] : sum[l];
    });
  };
}

Step sigmoid(B x, B out) {
  return [&x, &out](const Context& context) {
    forEachBlock(context, out, [&](int n, int b) {
      const float* from = x.image(context, n) + b * x.blockStride();
      float* to = out.image(context, n) + b * out.blockStride();
      const int channels = std::min(kLanes, out.shape.channels - b * kLanes);
      for (int p = 0; p < out.shape.pixels(); p++)
        for (int l = 0; l < kLanes; l++)
          to[p * kLanes + l] = l < channels ? 1.0f / (1.0f + std::exp(-from[p * kLanes + l])) : 0.0f;
    });
  };
}

Step sigmoidGradient(B y, B dy, B dx, bool accumulate) {
  return [&y, &dy, &dx, accumulate](const Context& context) {
    forEachBlock(context, dx, [&](int n, int b) {
      const float* value = y.image(context, n) + b * y.blockStride();
      const float* gradient = dy.image(context, n) + b * dy.blockStride();
      float* to = dx.image(context, n) + b * dx.blockStride();
      for (int i = 0; i < dx.shape.pixels() * kLanes; i++) {
        const float product = gradient[i] * value[i] * (1.0f - value[i]);
        to[i] = accumulate ? to[i] + product : product;
      }
    });
  };
}

Step averagePool(B x, B out) {
  return [&x, &out](const Context& context) {
    const float factor = 1.0f / static_cast<float>(x.shape.pixels());
    forEachBlock(context, out, [&](int n, int b) {
      const float* from = x.image(context, n) + b * x.blockStride();
      float* to = out.image(context, n) + b * out.blockStride();
      float sum[kLanes] = {};
      for (int p = 0; p < x.shape.pixels(); p++)
        for (int l = 0; l < kLanes; l++) sum[l] += from[p * kLanes + l];
      for (int l = 0; l < kLanes; l++) to[l] = sum[l] * factor;
    });
  };
}

Step averagePoolGradient(B dy, B dx, bool accumulate) {
  return [&dy, &dx, accumulate](const Context& context) {
    const float factor = 1.0f / static_cast<float>(dx.shape.pixels());
    forEachBlock(context, dx, [&](int n, int b) {
      const float* gradient = dy.image(context, n) + b * dy.blockStride();
      float* to = dx.image(context, n) + b * dx.blockStride();
      float share[kLanes];
      for (int l = 0; l < kLanes; l++) share[l] = gradient[l] * factor;
      for (int p = 0; p < dx.shape.pixels(); p++)
        for (int l = 0; l < kLanes; l++) to[p * kLanes + l] = accumulate ? to[p * kLanes + l] + share[l] : share[l];
    });
  };
}

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

namespace {

// The logits of an image side by side, or their gradient.
struct Logits {
  float* first;
  ptrdiff_t blockStride;
  float& operator[](int k) const { return first[k / kLanes * blockStride + k % kLanes]; }
};

// How many logits are larger than the label's, or as large with a lower index; a NaN counts as larger.
int rankOf(const Logits& logits, int classes, int label) {
  const float own = logits[label];
  if (std::isnan(own)) return classes;
  int rank = 0;
  for (int k = 0; k < classes; k++) {
    if (k == label) continue;
    const float other = logits[k];
    rank += !(k < label ? other < own : other <= own);
  }
  return rank;
}

}  // namespace

Step loss(B logits, const Buffer* gradient, Partial<Metrics> partialMetrics) {
  return [&logits, gradient, partialMetrics](const Context& context) {
    if (!context.labels) return;
    Metrics& metrics = *partialMetrics.of(context);
    const int classes = logits.shape.channels;
    const double smoothing = context.labelSmoothing, background = smoothing / classes;
    std::vector<double> powers(classes);
    forEachImage(context, [&](int n) {
      const Logits z = {logits.image(context, n), logits.blockStride()};
      const int label = context.labels[n];
      double most = z[0], sum = 0, total = 0;
      for (int k = 1; k < classes; k++) most = std::max<double>(most, z[k]);
      for (int k = 0; k < classes; k++) {
        sum += powers[k] = std::exp(z[k] - most);
        total += z[k];
      }
      const double logSum = std::log(sum) + most;
      const int rank = rankOf(z, classes, label);
      metrics.images += 1;
      metrics.lossSum += logSum - (1 - smoothing) * z[label] - background * total;
      metrics.top1Errors += rank >= 1;
      metrics.top5Errors += classes > 5 && rank >= 5;
      if (!gradient) return;
      const Logits dz = {gradient->image(context, n), gradient->blockStride()};
      for (int k = 0; k < gradient->shape.blocks() * kLanes; k++) {
        const double target = background + (k == label ? 1 - smoothing : 0);
        dz[k] = k < classes ? static_cast<float>((powers[k] / sum - target) / context.batchImages) : 0.0f;
      }
    });
  };
}

}  // namespace netspace::steps
