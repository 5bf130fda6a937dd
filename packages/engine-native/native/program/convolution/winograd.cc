// Convolutions by Winograd's algorithm (see kernels/winograd.h), strip by strip: transform, multiply at the 16
// positions, transform back. A strip is so short that its transformed tiles stay in the second-level cache, and so long
// that their number makes good loops: the tiles of some images, or some rows of tiles of one.
#include <algorithm>

#include "../steps/images.h"
#include "algorithms.h"
#include "block_convolution.h"

namespace netspace {

namespace {

constexpr int kStripTiles = 64;
constexpr ptrdiff_t kGap = 16;  // floats between positions, lest 16 of them at powers of two evict each other

struct Strip {
  int image, images, row, rows;  // rows of tiles
};

// The tiles of 2 x 2 pixels that cover a map.
int tileRows(const Shape& shape) { return (shape.height + 1) / 2; }
int tileColumns(const Shape& shape) { return (shape.width + 1) / 2; }

int tilesOf(const Shape& shape) { return tileRows(shape) * tileColumns(shape); }

int stripImages(const Shape& shape) { return std::max(1, kStripTiles / tilesOf(shape)); }
int stripRows(const Shape& shape) {
  const int rows = tileRows(shape), most = std::max(1, kStripTiles / tileColumns(shape));
  const int strips = (rows + most - 1) / most;
  return (rows + strips - 1) / strips;
}

// Calls f for the strips of the context's images. A strip lies in one slab of both buffers.
template <typename F>
void forEachStrip(const Context& context, B a, B b, F f) {
  const int rows = tileRows(a.shape), most = stripRows(a.shape), slabImages = std::min(a.slabImages, b.slabImages);
  const int together = std::min(stripImages(a.shape), slabImages), end = context.firstImage + context.images;
  for (int n = context.firstImage, images; n < end; n += images) {
    images = std::min({together, end - n, slabImages - (n - context.firstImage) % slabImages});
    for (int r = 0; r < rows; r += most) f(Strip{n, images, r, std::min(most, rows - r)});
  }
}

size_t positionStride(int blocks, int tiles) { return static_cast<size_t>(blocks) * tiles * kLanes + kGap; }

// A strip's map and its transformed tiles, which begin at `tiles`.
WinogradArgs argsOf(const Context& context, B map, const Strip& strip, float* tiles) {
  WinogradArgs a{};
  a.map = map.image(context, strip.image) + 2 * strip.row * map.rowStride();
  a.mapBlock = map.blockStride();
  a.mapImage = map.imageStride();
  a.mapRow = map.rowStride();
  a.tiles = tiles;
  a.blocks = map.shape.blocks();
  a.images = strip.images;
  a.rows = strip.rows;
  a.columns = tileColumns(map.shape);
  const int count = a.images * a.rows * a.columns;
  a.position = static_cast<ptrdiff_t>(positionStride(a.blocks, count));
  a.tilesBlock = static_cast<ptrdiff_t>(count) * kLanes;
  a.height = map.shape.height - 2 * strip.row;
  a.width = map.shape.width;
  return a;
}

// The transformed tiles of a second map lie behind those of the first.
float* behind(const WinogradArgs& first) { return first.tiles + kWinogradPositions * first.position; }

constexpr ptrdiff_t kNoOffset = 0;

// What the products of all positions have in common: a 1x1 convolution over the tiles of a strip.
ConvolutionArgs productOf(const Shape& input, const std::vector<Tile>& tiles, size_t registerFloats) {
  ConvolutionArgs a{};
  a.xPixel = a.yPixel = kLanes;
  a.weightsRegister = static_cast<ptrdiff_t>(registerFloats);
  a.images = a.rows = 1;
  a.tiles = tiles.data();
  a.tileCount = static_cast<int>(tiles.size());
  a.taps = &kNoOffset;
  a.tapCount = 1;
  a.lastInputBlock = lastBlock(input);
  a.lastChannels = lastChannels(input);
  return a;
}

// y = relu?(y? + bias? + the convolution of x with transformed weights), of which each position has `positionFloats`.
Step convolve(const KernelTable& k, const TileKernels& tileKernels, const ConvolutionArgs& product, Filter filter,
              size_t positionFloats, B x, B y, B work) {
  return [&k, &tileKernels, product, filter, positionFloats, &x, &y, &work](const Context& context) {
    ConvolutionArgs a = product;
    a.ahead = context.ahead;
    forEachStrip(context, x, y, [&](const Strip& strip) {
      const WinogradArgs from = argsOf(context, x, strip, work.image(context, context.firstImage));
      WinogradArgs to = argsOf(context, y, strip, behind(from));
      to.bias = filter.bias;
      to.accumulate = filter.accumulate;
      if (filter.relu) to.floor = 0;
      k.winogradInput(from);
      a.xBlock = from.tilesBlock;
      a.yBlock = to.tilesBlock;
      a.columns = static_cast<int>(from.tilesBlock / kLanes);
      for (int p = 0; p < kWinogradPositions; p++) {
        a.x = from.tiles + p * from.position;
        a.weights = filter.weights + p * positionFloats;
        a.y = to.tiles + p * to.position;
        tileKernels.convolution(a);
      }
      k.winogradOutput(to);
    });
  };
}

class WinogradConvolution : public BlockConvolution {
 public:
  WinogradConvolution(const ConvolutionShape& shape, const ConvolutionSetting& setting)
      : BlockConvolution(shape, setting, kLanes, tileKernelsFor(shape, setting.kernels).registerBlocks),
        tileKernels_(tileKernelsFor(shape, setting.kernels)) {
    planTiles(tileKernels_);
    planTransposed(setting, false);
    plan_.algorithm = "Winograd";
    // The last tile of an odd map needs a pixel more.
    const int border = 1 + (shape.input.height | shape.input.width) % 2;
    for (PassPlan* pass : {&plan_.forward, &plan_.inputGradient, &plan_.weightGradient}) {
      pass->kernel = "F(2x2, 3x3)";
      pass->border = border;
    }
    plan_.weightGradient.gradientBorder = border;
    transformed_ = AlignedFloats(setting.tally, weights.size / shape.taps() * kWinogradPositions);
    gradient_ = AlignedFloats(setting.tally, transformed_.size());
    transformedTransposed_ = AlignedFloats(setting.tally, transposed_.size() / shape.taps() * kWinogradPositions);
  }

  double multiplyAdds() const override {
    return static_cast<double>(shape.output.blocks()) * tilesOf(shape.input) * kWinogradPositions *
           shape.inputsOfGroup();
  }

  void prepareWeights() override {
    BlockConvolution::prepareWeights();
    kernels_.winogradWeights(weights.value.data(), transformed_.data(), weights.size / shape.taps() / tapFloats(),
                             tapFloats());
    kernels_.winogradWeights(transposed_.data(), transformedTransposed_.data(),
                             transposed_.size() / shape.taps() / tapFloats(), tapFloats());
  }
  const AlignedFloats& inferenceWeights() const override { return transformed_; }

  // Of the transformed weights.
  const AlignedFloats& gradientTotal() const override { return gradient_; }
  bool finishesGradient() const override { return true; }
  void finishGradient() override {
    kernels_.winogradWeightGradient(gradient_.data(), weights.gradient.data(),
                                    weights.size / shape.taps() / tapFloats(), tapFloats());
    std::fill_n(gradient_.data(), gradient_.size(), 0.0f);
  }

  size_t workFloats() const override {
    const int tiles = stripImages(shape.input) * stripRows(shape.input) * tileColumns(shape.input);
    return kWinogradPositions *
           (positionStride(shape.input.blocks(), tiles) + positionStride(shape.output.blocks(), tiles));
  }

  Step forward(Filter filter, B x, B y, const Buffer* work) const override {
    const ConvolutionArgs product = productOf(shape.input, plan_.forward.tiles, layout_.registerFloats());
    return convolve(kernels_, tileKernels_, product, filter, transformed_.size() / kWinogradPositions, x, y, *work);
  }

  Step inputGradient(B dy, B dx, bool accumulate, const Buffer* work) const override {
    const ConvolutionArgs product =
        productOf(shape.output, plan_.inputGradient.tiles, layout_.transposedRegisterFloats());
    const Filter filter = {transformedTransposed_.data(), nullptr, accumulate};
    return convolve(kernels_, tileKernels_, product, filter, transformedTransposed_.size() / kWinogradPositions, dy, dx,
                    *work);
  }

  Step weightGradient(B x, B dy, Partial<float> gradient, const Buffer* work) const override;

 protected:
  WeightRows rowsOf(int outputBlock) const override { return layout_.rowsOf(outputBlock, 1); }
  int positions() const override { return kWinogradPositions; }

 private:
  // Of a tap of a register and an input block.
  size_t tapFloats() const { return static_cast<size_t>(kLanes) * layout_.rowFloats(); }

  const TileKernels& tileKernels_;
  // [16] as the layout of a tap: of the weights, their gradient, and the transposed weights.
  AlignedFloats transformed_, gradient_, transformedTransposed_;
};

Step WinogradConvolution::weightGradient(B x, B dy, Partial<float> gradient, const Buffer* work) const {
  WeightGradientArgs product{};
  product.xPixel = kLanes;
  product.weightsRegister = static_cast<ptrdiff_t>(layout_.registerFloats());
  product.weightsRow = layout_.rowFloats();
  product.images = product.rows = product.stride = 1;
  product.tiles = plan_.weightGradient.tiles.data();
  product.tileCount = static_cast<int>(plan_.weightGradient.tiles.size());
  product.taps = &kNoOffset;
  product.tapCount = 1;
  product.lastInputBlock = lastBlock(x.shape);
  product.lastChannels = lastChannels(x.shape);
  return [this, product, &x, &dy, gradient, &work = *work](const Context& context) {
    WeightGradientArgs a = product;
    a.ahead = context.ahead;
    forEachStrip(context, x, dy, [&](const Strip& strip) {
      const WinogradArgs input = argsOf(context, x, strip, work.image(context, context.firstImage));
      const WinogradArgs output = argsOf(context, dy, strip, behind(input));
      kernels_.winogradInput(input);
      kernels_.winogradOutputGradient(output);
      a.xBlock = input.tilesBlock;
      a.dyBlock = output.tilesBlock;
      a.columns = static_cast<int>(input.tilesBlock / kLanes);
      for (int p = 0; p < kWinogradPositions; p++) {
        a.x = input.tiles + p * input.position;
        a.dy = output.tiles + p * output.position;
        a.weights = gradient.of(context) + p * (gradient_.size() / kWinogradPositions);
        tileKernels_.weightGradient(a);
      }
    });
  };
}

// Whether F(2x2, 3x3) is at least 1.2 times as fast as direct convolution. Time is as the multiply-adds; the transforms
// of a tile take as long as so many of them for each channel that enters or leaves a group (measured): registers of two
// blocks multiply twice as much at once, and the transforms have no such registers.
bool pays(const ConvolutionShape& shape, const ConvolutionSetting& setting) {
  const int in = shape.inputsOfGroup(), out = shape.outputsOfGroup();
  if (std::min(in, out) < 2 * kLanes) return false;
  const double transforms = setting.kernels.registerBlocks == 1 ? 64.0 : 192.0;
  const double direct = 9.0 * shape.input.pixels() * in * out;
  const double winograd = tilesOf(shape.input) * (16.0 * in * out + transforms * (in + out));
  return direct >= 1.2 * winograd;
}

bool serves(const ConvolutionShape& shape, const ConvolutionSetting&) {
  return shape.threeByThree() && shape.stride == 1 && shape.wholeBlocks();
}

}  // namespace

extern const Algorithm winograd = {serves, pays, makeConvolution<WinogradConvolution>};

}  // namespace netspace
