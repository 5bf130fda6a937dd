// What every kernel takes, and the table of them that each instruction set fills.
//
// Dimension letters, in all kernel files:
//   N images, C channels, B = ceil(C / 8) channel blocks, H rows, W columns, P = H * W pixels,
//   K taps (kernel positions).
// Activations: blocked, [B][H][W][8] for one image; channels past C hold zeros. A slab holds m images: [B][m][H][W][8].
// Weights: [register of output blocks][input slot][K][8 input channels][8 output channels of each block]; slot 0 is the
// first input block that the output blocks read, and a register holds one block, or two neighbours that read the same
// ones (TileKernels::registerBlocks; the second one may be missing). Where the groups are narrow (1, 2 or 4 channels),
// [block][K][group width][8 output channels]; where lanes take steps, [step][K][8 output channels]. All strides are in
// floats. All pointers are aligned to 32 bytes.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace netspace {

constexpr int kLanes = 8;
constexpr int kBlockWeights = kLanes * kLanes;
constexpr int kMostOneBlockFloats = 1024 * kLanes;  // of a map of InterleavedKernels::oneBlockConvolution

// Memory that is read or written soon. Convolutions, which compute more than they read, have it brought into the
// second-level cache while they go: so much for each multiply-add of vectors that all is there when they are done.
struct Ahead {
  struct Range {
    const char* next;
    const char* end;
  };
  static constexpr int kMostRanges = 8;
  static constexpr int kOne = 1 << 16;

  Range ranges[kMostRanges];
  int count = 0;     // of ranges that are left
  int64_t pace = 0;  // kOne is a cache line a multiply-add
  int64_t due = 0;   // kOne is a cache line
};

// Output blocks [outputBlock, + count) that read the same input blocks [inputBlock, + inputBlocks); their weights lie
// in the registers from firstRegister on.
struct Tile {
  int outputBlock;
  int count;
  int inputBlock;
  int inputBlocks;
  int firstRegister;
};

// What the lanes of an output block read in one step: lane l reads channel lanes[l] of the block `first`, or where that
// is 8 or more, channel lanes[l] - 8 of `second`. A channel is read from one of the two: from the second where
// fromSecond[channel] is -1, not 0.
struct LaneStep {
  alignas(32) int32_t lanes[kLanes];
  int32_t fromSecond[kLanes];
  int first, second;
};

// The steps [begin[b], begin[b + 1]) of output block b bring to each lane the channels of its group, one after another.
struct LaneSteps {
  const LaneStep* steps;
  const int* begin;
  int blocks;
};

// y[o][n][r][c] (+)= bias[o] + sum over i, t of weights[o][i][t] . x[i][n][r * xRow + c * xPixel + taps[t]], and then
// floor where that is more. y must not overlap x. Serves the forward pass and, with other weights and taps, the
// gradient of the input.
struct ConvolutionArgs {
  const float* x;  // at the first output pixel's tap offset 0
  ptrdiff_t xBlock, xImage, xRow, xPixel;
  const float* weights;
  ptrdiff_t weightsRegister;
  const float* bias;  // [B * 8], or null
  float* y;
  ptrdiff_t yBlock, yImage, yRow, yPixel;
  int images, rows, columns;
  const Tile* tiles;
  int tileCount;
  const ptrdiff_t* taps;
  int tapCount;
  int lastInputBlock, lastChannels;  // the input block that is not full, and how many channels it has
  // 3x3 with padding 1 and stride 1 or 2: tiles of one register read nothing outside of x's xHeight rows and xWidth
  // columns. With lanes, any 3x3 of stride 1 or 2, and x has its border.
  bool threeByThree;
  int xHeight, xWidth;
  // Column c of x meets the columns 2 c - 1, 2 c and 2 c + 1 of y, and each row one or two rows of the kernel, the
  // second one with the next row of x. No bias.
  bool spread;
  bool accumulate;
  float floor = -__builtin_inff();  // 0 where a ReLU follows
  Ahead* ahead;
};

// weights[o][i][t][ci][co] += sum over n, r, c of x[i][n][r * xRow + c * xPixel + taps[t]][ci] * dy[o][n][r][c][co].
struct WeightGradientArgs {
  const float* x;
  ptrdiff_t xBlock, xImage, xRow, xPixel;
  const float* dy;
  ptrdiff_t dyBlock, dyImage, dyRow;
  float* weights;
  ptrdiff_t weightsRegister, weightsRow;  // between registers, and between input channels
  int images, rows, columns;
  const Tile* tiles;
  int tileCount;
  const ptrdiff_t* taps;
  int tapCount;
  int lastInputBlock, lastChannels;
  // 3x3 with padding 1 and stride 1 or 2 and tiles of one register: xRow is of the input's rows, xHeight and xWidth its
  // size; neither x nor dy needs a border; with lanes, dy has one of a pixel or more.
  bool threeByThree;
  int stride, xHeight, xWidth;
  Ahead* ahead;
};

// Maps cut into tiles of 2 x 2 pixels, and the tiles transformed: [16 positions][blocks][images][rows][columns][8].
// Where a map's size is odd, the last tiles reach over its edge. Maps that are read have zeros around them: one pixel
// around the tiles for the input, as far as the tiles reach for the gradient of the output.
constexpr int kWinogradPositions = 16;
struct WinogradArgs {
  float* map;  // the first tile's first pixel
  ptrdiff_t mapBlock, mapImage, mapRow;
  float* tiles;
  ptrdiff_t position, tilesBlock;
  int blocks, images, rows, columns;  // of tiles
  // Of winogradOutput: the pixels of a map from `map` on, and as in ConvolutionArgs.
  int height, width;
  const float* bias;
  bool accumulate;
  float floor = -__builtin_inff();
};

// A term of a join: scale[c] * x + shift[c], or x where scale is null. A second term may have a scale and no shift.
struct JoinTerm {
  const float* x;
  ptrdiff_t block, row;
  const float* scale;
  const float* shift;
};

// out = relu?(term 0 + term 1); overwrites. `out` may be a term's x where the strides agree.
struct JoinForwardArgs {
  JoinTerm terms[2];
  int termCount;
  bool halves;  // whether the terms are of Format::kChannelPairs
  bool relu;
  float* out;
  ptrdiff_t outBlock, outRow;
  int blocks, rows, columns;
};

enum class Mask { kNone, kPositive, kPositiveAffine };

// m = (g[0] + g[1]) where the mask is positive, else 0; and the sums for batch normalisation's gradient, per channel:
// sums[0] += m, sums[1 + t] += m * (y[t] - mean[t]), of m as it is stored. `m` may be any of the inputs of its format.
struct JoinBackwardArgs {
  // Whether mask, y and m are of Format::kChannelPairs, and then whether the second gradient is; the first one never.
  bool halves, secondHalves;
  bool streams;               // whether m is stored past the caches, where it is halves
  const float* gradients[2];  // the second may be null
  ptrdiff_t gradientBlocks[2];
  Mask mask;
  const float* maskSource;
  ptrdiff_t maskBlock;
  const float* maskScale;
  const float* maskShift;
  float* m;
  ptrdiff_t mBlock;
  const float* y[2];
  ptrdiff_t yBlocks[2];
  const float* mean[2];
  int normalised;  // how many y
  double* sums;    // [1 + normalised][B * 8]; null where there is nothing to sum
  int blocks, pixels;
};

// sums[0][c] += sum of (x - shift), sums[1][c] += sum of (x - shift)^2; the second row only where `squares`. Where
// there is `stored`, of Format::kChannelPairs: stored = x, and the sums are of what is stored.
struct ChannelSumsArgs {
  const float* x;
  ptrdiff_t block, row;
  float* stored;
  ptrdiff_t storedBlock, storedRow;
  bool streams;        // whether it is stored past the caches
  const float* shift;  // [B * 8]
  double* sums;        // [2][B * 8]
  bool squares;
  int blocks, rows, columns;
};

// Of one image: out[p] (+)= x[p] * factor for scale, x * factor for spreadPixels.
struct ScaleArgs {
  const float* x;       // a map; of spreadPixels, one pixel
  const float* factor;  // one pixel; of spreadPixels, one number
  float* out;
  ptrdiff_t xBlock, factorBlock, outBlock;
  int blocks, pixels;
  bool accumulate;
};

// Of one image: out (+)= sum over p of x[p] * y[p] for scaleSums; out = factor * sum over p of x[p] for sumPixels.
struct ScaleSumArgs {
  const float* x;
  const float* y;
  float* out;  // one pixel
  ptrdiff_t xBlock, yBlock, outBlock;
  int blocks, pixels;
  float factor;
  bool accumulate;
};

// Windows of kernel x kernel pixels of a map, `stride` apart; the first begins `padding` before the map. They are
// clipped to it.
struct PoolShape {
  int height, width;  // of the map
  int outHeight, outWidth;
  int kernel, stride, padding;
};

// Of one image: out = the largest value of each window.
struct MaxPoolArgs {
  PoolShape shape;
  const float* x;
  float* out;
  ptrdiff_t xBlock, outBlock;
  int blocks;
};

// Of one image: dx += dy where each window has its largest value, the first of equal ones; from zero unless it
// accumulates.
struct MaxPoolGradientArgs {
  PoolShape shape;
  const float* x;
  const float* dy;
  float* dx;
  ptrdiff_t xBlock, dyBlock, dxBlock;
  int blocks;
  bool accumulate;
};

// v = momentum v + (g + decay p); p -= rate (nesterov ? g + decay p + momentum v : v); g = 0.
// Arrays of `count` floats, a multiple of 8.
struct UpdateArgs {
  float* value;
  float* gradient;
  float* momentum;
  const float* valid;  // 0 or 1 for each weight; null: all valid
  size_t count;
  float rate, momentumFactor, decay;
  bool nesterov;
};

// out[c / 8][r][w][c % 8] = x[c][r][w], and zeros for the channels that are none; x may lie anywhere.
struct LoadImageArgs {
  const float* x;  // rows without gaps
  ptrdiff_t xChannel;
  int channels, rows, columns;
  float* out;
  ptrdiff_t outBlock, outRow;
};

struct BlockMove {
  uint32_t from, to;  // in floats
};

// How a block of activations lies in memory, or a pair of blocks: in float32, or in bfloat16 as words of two
// neighbours, the first in the lower half.
enum class Format {
  kFloats,        // [H][W][8 channels]
  kChannelPairs,  // [H][W][4 pairs of channels], which are the eight channels in their order
  kPixelPairs,    // [H][pairs of columns][8 channels]
  kStridedPairs,  // [H][2][pairs of even columns, of odd columns][8 channels]
  kFlatPairs,     // [pairs of pixels][8 channels], the pixels of all images of a slab in one row
  kInterleaved,   // float32, two blocks: [H][W][8 channels][2 blocks]; the second one of an odd last block may be
                  // anything
};

// Kernels whose tiles are as wide as registers are: all others work on single blocks of eight channels.
struct TileKernels {
  int registerBlocks;     // output blocks in a register
  int forwardRegisters;   // most of them in a tile of ConvolutionArgs
  int gradientRegisters;  // most of them in a tile of WeightGradientArgs
  void (*convolution)(const ConvolutionArgs&);
  void (*weightGradient)(const WeightGradientArgs&);
  // Runs `rounds` rounds of independent multiply-adds in registers; returns the floating-point operations done.
  double (*peak)(int64_t rounds);
  // Where registers hold more than one block, those that hold one: for convolutions whose blocks all stand alone.
  const TileKernels* ofSingleBlocks = nullptr;
};

// Kernels that multiply in bfloat16 and add in float32. A convolution's x is of Format::kChannelPairs, with strides in
// words, its weights are those of ConvolutionArgs with 4 pairs of input channels for 8. A gradient's x
// and dy are of the formats for pairs of pixels; columns are pairs, xWidth of those that are `stride` columns apart.
struct PairKernels : TileKernels {
  // To a format other than floats; for kFlatPairs the slab is one row.
  void (*joinForward)(const JoinForwardArgs&, Format);
  void (*joinBackward)(const JoinBackwardArgs&);  // of halves
  void (*channelSums)(const ChannelSumsArgs&);    // that are stored
  // to[i] = rows 2 i and 2 i + 1 as pairs; a row has 8 floats for each of so many blocks.
  void (*pairRows)(const float* from, float* to, size_t rows, int blocks);
};

// Kernels for 3x3 convolutions with groups of one block, of which a register holds two: x, and the gradient's x and dy,
// are of Format::kInterleaved. A convolution's weights are [pair of blocks][K][8 input channels][8 output channels][2
// blocks], weightsRegister apart; those of a gradient are in registers of one block.
struct InterleavedKernels {
  void (*convolution)(const ConvolutionArgs&, int blocks);
  void (*weightGradient)(const WeightGradientArgs&, int blocks);
  void (*joinForward)(const JoinForwardArgs&);
  // From [block][rows][8].
  void (*interleaveWeights)(const float* from, float* to, int rows, int blocks);
  // 3x3 from one block to one, by rows, in floats; maps have no border and at most kMostOneBlockFloats.
  void (*oneBlockConvolution)(const ConvolutionArgs&);
};

struct KernelTable : TileKernels {
  const char* name;
  // For narrow groups; tiles, the last input block and threeByThree are not looked at.
  void (*narrowConvolution)(const ConvolutionArgs&, int groupWidth, int blocks);
  void (*narrowWeightGradient)(const WeightGradientArgs&, int groupWidth, int blocks);
  // For groups that do not fall on whole blocks; tiles and the last input block are not looked at.
  void (*laneConvolution)(const ConvolutionArgs&, const LaneSteps&);
  void (*laneWeightGradient)(const WeightGradientArgs&, const LaneSteps&);
  // Between maps and transformed tiles, and between weights [count][9][floats] and transformed ones
  // [16][count][floats].
  void (*winogradInput)(const WinogradArgs&);
  void (*winogradOutputGradient)(const WinogradArgs&);
  void (*winogradOutput)(const WinogradArgs&);
  void (*winogradWeights)(const float* from, float* to, size_t count, size_t floats);
  void (*winogradWeightGradient)(const float* from, float* to, size_t count, size_t floats);
  void (*joinForward)(const JoinForwardArgs&, Format);  // to kFloats or kChannelPairs
  void (*joinBackward)(const JoinBackwardArgs&);
  void (*channelSums)(const ChannelSumsArgs&);
  void (*scale)(const ScaleArgs&);
  void (*spreadPixels)(const ScaleArgs&);
  void (*scaleSums)(const ScaleSumArgs&);
  void (*sumPixels)(const ScaleSumArgs&);
  void (*maxPool)(const MaxPoolArgs&);
  void (*maxPoolGradient)(const MaxPoolGradientArgs&);
  void (*update)(const UpdateArgs&);
  void (*loadImage)(const LoadImageArgs&);
  // to[g][j][i] = from[g][i][j] for each block of `rows` x 8, seen as 8 / rows squares side by side; whole blocks may
  // lie in rows that are further apart.
  void (*transposeBlocks)(const float* from, float* to, int rows, ptrdiff_t row, const BlockMove* moves, size_t count);
  const PairKernels* pairs = nullptr;               // where the machine has instructions for them
  const InterleavedKernels* interleaved = nullptr;  // where registers hold two blocks
};

namespace baseline {
extern const KernelTable kernels;
}
#ifdef NETSPACE_X86
namespace avx2 {
extern const KernelTable kernels;
}
namespace avx512_256 {
extern const KernelTable kernels;
}
namespace avx512_512 {
extern const TileKernels tileKernels;
extern const InterleavedKernels interleavedKernels;
}  // namespace avx512_512
namespace bfloat16_256 {
extern const PairKernels pairKernels;
}
namespace bfloat16_512 {
extern const TileKernels tileKernels;
}
#endif

}  // namespace netspace
