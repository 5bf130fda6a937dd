// The layers that have parameters, with the parameters in the layout of the kernels.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "../kernels/kernels.h"
#include "graph.h"
#include "lane_plan.h"
#include "memory.h"

namespace netspace {

// What training moves: value, gradient, momentum, each `size` floats (a multiple of 8).
struct Parameter {
  size_t size = 0;
  AlignedFloats value, gradient, momentum;
  AlignedFloats valid;  // 1 where a packed weight belongs to the network, empty where all do
  float decay = 0;

  explicit Parameter(size_t floats) : size(floats), value(floats), gradient(floats), momentum(floats) {}
};

// One output phase of the gradient of the input: the input pixels (row, column) + stride * (r, c), or where columns are
// spread, (row + stride * r, c).
struct InputPhase {
  int row, column;
  std::vector<std::pair<int, int>> taps;  // offsets in the output's gradient, rows and columns, ascending
  size_t weights;                         // where its weights start in `transposed`
};

// The tiles of 2 x 2 pixels that cover a map.
inline int winogradTiles(const Shape& shape) { return (shape.height + 1) / 2 * ((shape.width + 1) / 2); }

// A convolution of any kernel, stride, padding and groups; a linear layer is one on 1 x 1 maps.
class ConvolutionLayer {
 public:
  ConvolutionLayer(const Node& node, const Shape& input, const KernelTable& kernels, bool bfloat16);

  const int kernel, stride, padding, groups;
  const Shape input, output;
  const int rows;  // of 8 weights that a block has for each tap: 8, or the width of narrow groups
  // Where groups do not fall on whole blocks: how input channels come to output lanes, and the other way round.
  const std::optional<LanePlan> lanes, inputLanes;
  const bool pairs;                     // whether training multiplies in bfloat16
  const bool winograd;                  // whether F(2x2, 3x3) computes it and its gradients
  int inputSlots = 0, outputSlots = 0;  // most input blocks of an output block, and the other way round
  std::vector<Tile> forwardTiles, gradientTiles, inputTiles;
  Parameter weights;
  AlignedFloats transposed;  // for the gradient of the input: [phase][input block][output slot][taps][8 out][8 in]
  AlignedFloats weightPairs, transposedPairs;  // the same in bfloat16, where `pairs`: two input channels a word
  // Transformed, [16][block][slot][8][8]: the weights, their gradient, and `transposed`.
  AlignedFloats winogradWeights, winogradGradient, winogradTransposed;
  std::vector<BlockMove> moves;  // of blocks; with lanes, of single weights
  std::vector<InputPhase> phases;

  int taps() const { return kernel * kernel; }
  // Of vectors, in one pass over an image.
  double multiplyAdds() const {
    const int ofChannel = winograd ? winogradTiles(input) * kWinogradPositions : output.pixels() * taps();
    return static_cast<double>(output.blocks()) * ofChannel * (input.channels / groups);
  }
  bool narrow() const { return rows < kLanes; }
  int blockWeights() const { return rows * kLanes; }
  // Whether the kernels for the three rows of a 3x3 serve tiles of one block.
  bool threeByThree() const { return !narrow() && !lanes && !winograd && kernel == 3 && padding == 1 && stride <= 2; }
  bool rowWeightGradient() const { return threeByThree() && (pairs || ofSingleBlocks(gradientTiles)); }
  bool laneRowWeightGradient() const { return lanes && kernel == 3 && padding == 1 && stride <= 2; }
  // The zeros that the input needs around it for the forward pass, and for the gradient of the weights.
  int forwardBorder() const {
    return winograd ? winogradBorder() : threeByThree() && ofSingleBlocks(forwardTiles) ? 0 : padding;
  }
  int weightGradientBorder() const {
    return winograd ? winogradBorder() : rowWeightGradient() || laneRowWeightGradient() ? 0 : padding;
  }
  int weightGradientOutputBorder() const { return laneRowWeightGradient() ? 1 : 0; }
  // Whether the kernel for rows that are spread serves the gradient of the input.
  bool spreadInputGradient() const { return threeByThree() && stride == 2 && ofSingleBlocks(inputTiles); }
  // Whether each pixel of the input has a gradient.
  bool coversInput() const { return kernel >= stride; }
  // The zeros that the output's gradient needs around it for the gradient of the input.
  int inputGradientBorder() const;

  // Between PyTorch's [out, in / groups, k, k] and the packed layout.
  void pack(const float* from, AlignedFloats& to) const;
  void unpack(const AlignedFloats& from, float* to) const;
  // What the forward pass multiplies with.
  const AlignedFloats& forwardWeights() const { return winograd ? winogradWeights : weights.value; }
  // to = forwardWeights(), those of output channel c times scale[c]; scale: [B * 8].
  void scaleOutputs(const float* scale, AlignedFloats& to) const;
  // Where the gradient of the weights is summed up: where `winograd`, that of the transformed weights, from which
  // finishGradient() makes it at the end.
  const AlignedFloats& gradientTotal() const { return winograd ? winogradGradient : weights.gradient; }
  void finishGradient(const KernelTable& kernels);
  // Brings the other forms of the weights up to date with `weights`.
  void prepareWeights(const KernelTable& kernels);

 private:
  struct Range {
    int first, last;  // both included
  };
  Range inputsOf(int outputBlock) const;
  Range outputsOf(int inputBlock) const;
  size_t packedIndex(int out, int in, int tap) const;
  // Where the weights of an output block begin; those of the block after the last, where all end.
  size_t firstWeight(int outputBlock) const;
  // The last tile of an odd map needs a pixel more.
  int winogradBorder() const { return 1 + (input.height | input.width) % 2; }
  size_t packedSize();
  void planTiles(const KernelTable& kernels);
  void planInputGradient();
  // Adds to `moves` those of the phase's taps, to `offset` on; returns how many floats they take there.
  size_t planBlockMoves(const std::vector<int>& tapsUsed, size_t offset);
  size_t planLaneMoves(const std::vector<int>& tapsUsed, size_t offset);
  void planMask();
  static bool ofSingleBlocks(const std::vector<Tile>& tiles);
  static std::vector<Tile> tilesOf(int blocks, int most, bool even, const std::vector<Range>& ranges);
};

// Batch normalisation: parameters, running statistics, and the affine maps of the step under way. Arrays are [B * 8].
struct BatchNormLayer {
  BatchNormLayer(const Node& node, int channels);

  int channels, padded;
  float epsilon, momentum;
  Parameter gamma, beta;
  AlignedFloats runningMean, runningVariance;
  AlignedFloats mean, scale, shift;  // forward: scale * y + shift
  AlignedFloats inverseDeviation;
  // backward: dy = gradientScale * m + outputScale * y + gradientShift
  AlignedFloats gradientScale, outputScale, gradientShift;

  // Adds the sums over `count` values a channel, [2][padded]: of value - origin, and of its square.
  void addStatistics(const float* origin, const double* sums, double count);
  // From the values that were added to the map, moving the running statistics.
  void finishStatistics(float newWeight);
  void useRunningStatistics();
  // From the sums of the gradient to the map, and the gradients of gamma and beta. `products` are sums of m (y - mean).
  void finishGradient(const double* sums, const double* products, double count);

 private:
  double count_ = 0;                        // of the values added
  std::vector<double> means_, deviations_;  // theirs; the second are sums of squares around the means
};

struct BiasLayer {
  explicit BiasLayer(int channels) : channels(channels), bias((channels + 7) / 8 * 8), sums(bias.size) {}

  int channels;
  Parameter bias;
  std::vector<double> sums;  // of the output's gradient

  void finishGradient();
};

}  // namespace netspace
