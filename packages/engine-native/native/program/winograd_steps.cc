// Convolutions by Winograd's algorithm (see kernels/winograd.h), strip by strip: transform, multiply at the 16
// positions, transform back. A strip is so short that its transformed tiles stay in the second-level cache, and so long
// that their number makes good loops: the tiles of some images, or some rows of tiles of one.
#include "winograd_steps.h"

#include <algorithm>

namespace netspace::steps {

namespace {

constexpr int kStripTiles = 64;
constexpr ptrdiff_t kGap = 16;  // floats between positions, lest 16 of them at powers of two evict each other

struct Strip {
  int image, images, row, rows;  // rows of tiles
};

int tileRows(const Shape& shape) { return (shape.height + 1) / 2; }
int tileColumns(const Shape& shape) { return (shape.width + 1) / 2; }

int stripImages(const Shape& shape) { return std::max(1, kStripTiles / winogradTiles(shape)); }
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
ConvolutionArgs productOf(const Shape& input, const std::vector<Tile>& tiles, int slots) {
  ConvolutionArgs a{};
  a.xPixel = a.yPixel = kLanes;
  a.weightsBlock = static_cast<ptrdiff_t>(slots) * kBlockWeights;
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
Step convolve(const KernelTable& k, const ConvolutionArgs& product, Filter filter, size_t positionFloats, B x, B y,
              B work) {
  return [&k, product, filter, positionFloats, &x, &y, &work](const Context& context) {
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
        k.convolution(a);
      }
      k.winogradOutput(to);
    });
  };
}

}  // namespace

size_t winogradWorkFloats(const ConvolutionLayer& layer) {
  const Shape& shape = layer.input;
  const int tiles = stripImages(shape) * stripRows(shape) * tileColumns(shape);
  return kWinogradPositions *
         (positionStride(layer.input.blocks(), tiles) + positionStride(layer.output.blocks(), tiles));
}

Step winogradConvolution(const KernelTable& k, const ConvolutionLayer& layer, Filter filter, B x, B y, B work) {
  const ConvolutionArgs product = productOf(layer.input, layer.forwardTiles, layer.inputSlots);
  return convolve(k, product, filter, layer.winogradWeights.size() / kWinogradPositions, x, y, work);
}

Step winogradInputGradient(const KernelTable& k, const ConvolutionLayer& layer, B dy, B dx, bool accumulate, B work) {
  const ConvolutionArgs product = productOf(layer.output, layer.inputTiles, layer.outputSlots);
  const AlignedFloats& weights = layer.winogradTransposed;
  return convolve(k, product, {weights.data(), nullptr, accumulate}, weights.size() / kWinogradPositions, dy, dx, work);
}

Step winogradWeightGradient(const KernelTable& k, const ConvolutionLayer& layer, B x, B dy, Partial<float> gradient,
                            B work) {
  WeightGradientArgs product{};
  product.xPixel = kLanes;
  product.weightsBlock = static_cast<ptrdiff_t>(layer.inputSlots) * kBlockWeights;
  product.images = product.rows = product.stride = 1;
  product.tiles = layer.gradientTiles.data();
  product.tileCount = static_cast<int>(layer.gradientTiles.size());
  product.taps = &kNoOffset;
  product.tapCount = 1;
  product.lastInputBlock = lastBlock(x.shape);
  product.lastChannels = lastChannels(x.shape);
  return [&k, &layer, product, &x, &dy, gradient, &work](const Context& context) {
    WeightGradientArgs a = product;
    a.ahead = context.ahead;
    forEachStrip(context, x, dy, [&](const Strip& strip) {
      const WinogradArgs input = argsOf(context, x, strip, work.image(context, context.firstImage));
      const WinogradArgs output = argsOf(context, dy, strip, behind(input));
      k.winogradInput(input);
      k.winogradOutputGradient(output);
      a.xBlock = input.tilesBlock;
      a.dyBlock = output.tilesBlock;
      a.columns = static_cast<int>(input.tilesBlock / kLanes);
      for (int p = 0; p < kWinogradPositions; p++) {
        a.x = input.tiles + p * input.position;
        a.dy = output.tiles + p * output.position;
        a.weights = gradient.of(context) + p * (layer.winogradGradient.size() / kWinogradPositions);
        k.weightGradient(a);
      }
    });
  };
}

}  // namespace netspace::steps
