#include "layers.h"

#include <algorithm>
#include <cmath>

namespace netspace {

namespace {

int ceilDivide(int a, int b) { return (a + b - 1) / b; }
int floorDivide(int a, int b) { return a >= 0 ? a / b : -ceilDivide(-a, b); }
int floorModulo(int a, int b) { return a - floorDivide(a, b) * b; }

// The channels [first, last] of one side that meet the channels of `block` on the other side, as blocks.
template <typename Range>
Range blocksMet(int block, int channels, int ownPerGroup, int otherPerGroup) {
  const int firstGroup = block * kLanes / ownPerGroup;
  const int lastGroup = (std::min(block * kLanes + kLanes, channels) - 1) / ownPerGroup;
  return {firstGroup * otherPerGroup / kLanes, ((lastGroup + 1) * otherPerGroup - 1) / kLanes};
}

// 8, or the width of groups that the kernels for narrow groups take.
int rowsOf(const Node& node, const Shape& input) {
  const int width = input.channels / node.groups;
  const bool narrow =
      node.groups > 1 && width == node.shape.channels / node.groups && (width == 1 || width == 2 || width == 4);
  return narrow ? width : kLanes;
}

// How many rows of 8 weights the output blocks have for each tap where they meet whole input blocks.
int blockRows(int outputs, int outputsOfGroup, int inputsOfGroup) {
  struct Range {
    int first, last;
  };
  int rows = 0;
  for (int block = 0; block * kLanes < outputs; block++) {
    const Range met = blocksMet<Range>(block, outputs, outputsOfGroup, inputsOfGroup);
    rows += (met.last - met.first + 1) * kLanes;
  }
  return rows;
}

// Steps of lanes, where they are at most half as many as the rows of whole blocks would be: a step costs more.
std::optional<LanePlan> lanesOf(const Node& node, const Shape& input) {
  const int outputs = node.shape.channels;
  const int outputsOfGroup = outputs / node.groups, inputsOfGroup = input.channels / node.groups;
  const bool wholeBlocks = outputsOfGroup % kLanes == 0 && inputsOfGroup % kLanes == 0;
  if (node.groups == 1 || wholeBlocks || rowsOf(node, input) < kLanes) return std::nullopt;
  LanePlan plan(outputs, input.channels, node.groups);
  if (plan.steps() * 2 > blockRows(outputs, outputsOfGroup, inputsOfGroup)) return std::nullopt;
  return plan;
}

// Whether F(2x2, 3x3) is at least 1.2 times as fast as direct convolution. Time is as the multiply-adds; the transforms
// of a tile take as long as 64 of them for each channel that enters or leaves a group (measured). Groups of at least
// two blocks, which must be their own.
bool winogradPays(const Node& node, const Shape& input) {
  if (node.kernel != 3 || node.stride != 1 || node.padding != 1) return false;
  const int in = input.channels / node.groups, out = node.shape.channels / node.groups;
  if (std::min(in, out) < 2 * kLanes || (node.groups > 1 && (in % kLanes != 0 || out % kLanes != 0))) return false;
  const double direct = 9.0 * input.pixels() * in * out;
  const double winograd = winogradTiles(input) * (16.0 * in * out + 64.0 * (in + out));
  return direct >= 1.2 * winograd;
}

// Whether there are kernels in bfloat16 for it.
bool takesPairs(const Node& node, int rows) {
  const bool pointwise = node.kernel == 1 && node.padding == 0;
  return rows == kLanes && node.stride <= 2 && (pointwise || (node.kernel == 3 && node.padding == 1));
}

}  // namespace

ConvolutionLayer::ConvolutionLayer(const Node& node, const Shape& input, const KernelTable& kernels, bool bfloat16)
    : kernel(node.kernel),
      stride(node.stride),
      padding(node.padding),
      groups(node.groups),
      input(input),
      output(node.shape),
      rows(rowsOf(node, input)),
      lanes(lanesOf(node, input)),
      inputLanes(lanes ? std::optional<LanePlan>(std::in_place, input.channels, output.channels, groups)
                       : std::nullopt),
      pairs(bfloat16 && !lanes && takesPairs(node, rows)),
      winograd(!pairs && winogradPays(node, input)),
      weights(packedSize()) {
  planTiles(kernels);
  planInputGradient();
  planMask();
  if (pairs) weightPairs = AlignedFloats(weights.size / 2), transposedPairs = AlignedFloats(transposed.size() / 2);
  if (!winograd) return;
  winogradWeights = AlignedFloats(weights.size / taps() * kWinogradPositions);
  winogradGradient = AlignedFloats(winogradWeights.size());
  winogradTransposed = AlignedFloats(transposed.size() / taps() * kWinogradPositions);
}

size_t ConvolutionLayer::packedSize() {
  for (int block = 0; block < output.blocks(); block++)
    inputSlots = std::max(inputSlots, inputsOf(block).last - inputsOf(block).first + 1);
  if (lanes) return static_cast<size_t>(lanes->steps()) * taps() * kLanes;
  return static_cast<size_t>(output.blocks()) * inputSlots * taps() * blockWeights();
}

ConvolutionLayer::Range ConvolutionLayer::inputsOf(int outputBlock) const {
  return blocksMet<Range>(outputBlock, output.channels, output.channels / groups, input.channels / groups);
}

ConvolutionLayer::Range ConvolutionLayer::outputsOf(int inputBlock) const {
  return blocksMet<Range>(inputBlock, input.channels, input.channels / groups, output.channels / groups);
}

// Neighbouring blocks that meet the same blocks share tiles: of even sizes and one block at most left over where
// `even`, else as equal in size as can be.
std::vector<Tile> ConvolutionLayer::tilesOf(int blocks, int most, bool even, const std::vector<Range>& ranges) {
  std::vector<Tile> tiles;
  for (int block = 0; block < blocks;) {
    int end = block + 1;
    while (end < blocks && ranges[end].first == ranges[block].first && ranges[end].last == ranges[block].last) end++;
    while (block < end) {
      const int left = end - block, pieces = ceilDivide(left, most);
      const int equal = ceilDivide(left, pieces);
      const int count =
          even && equal % 2 == 1 && left > 1 ? (equal < most && equal < left ? equal + 1 : equal - 1) : equal;
      tiles.push_back({block, count, ranges[block].first, ranges[block].last - ranges[block].first + 1});
      block += count;
    }
  }
  return tiles;
}

void ConvolutionLayer::planTiles(const KernelTable& kernels) {
  std::vector<Range> inputs, outputs;
  for (int block = 0; block < output.blocks(); block++) inputs.push_back(inputsOf(block));
  for (int block = 0; block < input.blocks(); block++) {
    outputs.push_back(outputsOf(block));
    outputSlots = std::max(outputSlots, outputs.back().last - outputs.back().first + 1);
  }
  const bool even = pairs ? kernels.pairs->evenTiles : kernels.evenTiles;
  const int most = pairs ? kernels.pairs->forwardBlocks : kernels.forwardBlocks;
  const int mostOfGradient = pairs ? kernels.pairs->gradientBlocks : kernels.gradientBlocks;
  forwardTiles = tilesOf(output.blocks(), most, even, inputs);
  gradientTiles = tilesOf(output.blocks(), mostOfGradient, even, inputs);
  inputTiles = tilesOf(input.blocks(), most, even, outputs);
}

// The input pixel i = stride * r + row gets dy[(i + padding - k) / stride] through each k that divides.
void ConvolutionLayer::planInputGradient() {
  const bool spread = spreadInputGradient();
  size_t offset = 0;
  for (int row = 0; row < stride; row++) {
    for (int column = 0; column < (spread ? 1 : stride); column++) {
      InputPhase phase = {row, column, {}, offset};
      std::vector<int> tapsUsed;
      for (int kh = kernel - 1; kh >= 0; kh--) {
        if (floorModulo(row + padding - kh, stride) != 0) continue;
        for (int i = 0; i < kernel; i++) {
          const int kw = spread ? i : kernel - 1 - i;
          if (!spread && floorModulo(column + padding - kw, stride) != 0) continue;
          phase.taps.push_back(
              {floorDivide(row + padding - kh, stride), spread ? 0 : floorDivide(column + padding - kw, stride)});
          tapsUsed.push_back(kh * kernel + kw);
        }
      }
      offset += lanes ? planLaneMoves(tapsUsed, offset) : planBlockMoves(tapsUsed, offset);
      phases.push_back(std::move(phase));
    }
  }
  transposed = AlignedFloats(offset);
}

size_t ConvolutionLayer::planBlockMoves(const std::vector<int>& tapsUsed, size_t offset) {
  const size_t count = tapsUsed.size();
  for (int out = 0; out < output.blocks(); out++)
    for (int in = inputsOf(out).first; in <= inputsOf(out).last; in++)
      for (size_t t = 0; t < count; t++) {
        const size_t from = (static_cast<size_t>(out) * inputSlots + in - inputsOf(out).first) * taps() + tapsUsed[t];
        const size_t to = (static_cast<size_t>(in) * outputSlots + out - outputsOf(in).first) * count + t;
        moves.push_back(
            {static_cast<uint32_t>(from * blockWeights()), static_cast<uint32_t>(offset + to * blockWeights())});
      }
  return static_cast<size_t>(input.blocks()) * outputSlots * count * blockWeights();
}

size_t ConvolutionLayer::planLaneMoves(const std::vector<int>& tapsUsed, size_t offset) {
  const size_t count = tapsUsed.size();
  const int perGroup = input.channels / groups, outPerGroup = output.channels / groups;
  for (int out = 0; out < output.channels; out++)
    for (int in = out / outPerGroup * perGroup; in < (out / outPerGroup + 1) * perGroup; in++)
      for (size_t t = 0; t < count; t++) {
        const size_t to = offset + (inputLanes->stepOf(in, out) * count + t) * kLanes + in % kLanes;
        moves.push_back({static_cast<uint32_t>(packedIndex(out, in, tapsUsed[t])), static_cast<uint32_t>(to)});
      }
  return inputLanes->steps() * count * kLanes;
}

int ConvolutionLayer::inputGradientBorder() const {
  if (winograd) return winogradBorder();
  if (threeByThree() && ofSingleBlocks(inputTiles)) return 0;
  int border = 0;
  for (const InputPhase& phase : phases)
    for (const auto& [row, column] : phase.taps) {
      const int lastRow = (input.height - 1 - phase.row) / stride + row;
      const int lastColumn = (input.width - 1 - phase.column) / stride + column;
      border = std::max({border, -row, -column, lastRow - (output.height - 1), lastColumn - (output.width - 1)});
    }
  return border;
}

bool ConvolutionLayer::ofSingleBlocks(const std::vector<Tile>& tiles) {
  return std::all_of(tiles.begin(), tiles.end(), [](const Tile& tile) { return tile.count == 1; });
}

size_t ConvolutionLayer::packedIndex(int out, int in, int tap) const {
  if (lanes) return (static_cast<size_t>(lanes->stepOf(out, in)) * taps() + tap) * kLanes + out % kLanes;
  const int block = out / kLanes;
  const int slot = in / kLanes - inputsOf(block).first;
  return ((static_cast<size_t>(block) * inputSlots + slot) * taps() + tap) * blockWeights() + in % rows * kLanes +
         out % kLanes;
}

void ConvolutionLayer::planMask() {
  const int perGroup = input.channels / groups;
  if (narrow() || (lanes && lanes->steps() == output.blocks() * perGroup)) return;
  if (input.channels % kLanes == 0 && output.channels % kLanes == 0 &&
      (groups == 1 || (perGroup % kLanes == 0 && output.channels / groups % kLanes == 0)))
    return;
  const std::vector<float> ones(static_cast<size_t>(output.channels) * perGroup * taps(), 1.0f);
  weights.valid = AlignedFloats(weights.size);
  pack(ones.data(), weights.valid);
}

void ConvolutionLayer::pack(const float* from, AlignedFloats& to) const {
  const int perGroup = input.channels / groups, outPerGroup = output.channels / groups;
  for (int out = 0; out < output.channels; out++)
    for (int in = 0; in < perGroup; in++)
      for (int tap = 0; tap < taps(); tap++)
        to.data()[packedIndex(out, out / outPerGroup * perGroup + in, tap)] = *from++;
}

void ConvolutionLayer::unpack(const AlignedFloats& from, float* to) const {
  const int perGroup = input.channels / groups, outPerGroup = output.channels / groups;
  for (int out = 0; out < output.channels; out++)
    for (int in = 0; in < perGroup; in++)
      for (int tap = 0; tap < taps(); tap++)
        *to++ = from.data()[packedIndex(out, out / outPerGroup * perGroup + in, tap)];
}

size_t ConvolutionLayer::firstWeight(int outputBlock) const {
  if (lanes) return static_cast<size_t>(lanes->lanes().begin[outputBlock]) * taps() * kLanes;
  return static_cast<size_t>(outputBlock) * inputSlots * (winograd ? 1 : taps()) * blockWeights();
}

void ConvolutionLayer::scaleOutputs(const float* scale, AlignedFloats& to) const {
  const size_t perPosition = firstWeight(output.blocks());
  for (size_t position = 0; position < to.size(); position += perPosition)
    for (int block = 0; block < output.blocks(); block++)
      for (size_t i = firstWeight(block); i < firstWeight(block + 1); i += kLanes)
        for (int lane = 0; lane < kLanes; lane++)
          to.data()[position + i + lane] = forwardWeights().data()[position + i + lane] * scale[block * kLanes + lane];
}

void ConvolutionLayer::prepareWeights(const KernelTable& kernels) {
  if (lanes)
    for (const BlockMove& move : moves) transposed.data()[move.to] = weights.value.data()[move.from];
  else kernels.transposeBlocks(weights.value.data(), transposed.data(), rows, moves.data(), moves.size());
  if (pairs) {
    kernels.pairs->pairRows(weights.value.data(), weightPairs.data(), weights.size / kLanes);
    kernels.pairs->pairRows(transposed.data(), transposedPairs.data(), transposed.size() / kLanes);
  }
  if (!winograd) return;
  const size_t blockTaps = taps() * blockWeights();
  kernels.winogradWeights(weights.value.data(), winogradWeights.data(), weights.size / blockTaps);
  kernels.winogradWeights(transposed.data(), winogradTransposed.data(), transposed.size() / blockTaps);
}

void ConvolutionLayer::finishGradient(const KernelTable& kernels) {
  kernels.winogradWeightGradient(winogradGradient.data(), weights.gradient.data(),
                                 weights.size / (taps() * blockWeights()));
  std::fill_n(winogradGradient.data(), winogradGradient.size(), 0.0f);
}

BatchNormLayer::BatchNormLayer(const Node& node, int channels)
    : channels(channels),
      padded((channels + kLanes - 1) / kLanes * kLanes),
      epsilon(node.epsilon),
      momentum(node.momentum),
      gamma(padded),
      beta(padded),
      runningMean(padded),
      runningVariance(padded),
      mean(padded),
      scale(padded),
      shift(padded),
      inverseDeviation(padded),
      gradientScale(padded),
      outputScale(padded),
      gradientShift(padded),
      means_(padded),
      deviations_(padded) {}

// Chan, Golub and LeVeque, Updating formulae and a pairwise algorithm for computing sample variances (1979), 2.1.
void BatchNormLayer::addStatistics(const float* origin, const double* sums, double count) {
  const double total = count_ + count;
  for (int c = 0; c < channels; c++) {
    const double offset = sums[c] / count;
    const double difference = origin[c] + offset - means_[c];
    means_[c] += difference * count / total;
    deviations_[c] += sums[padded + c] - offset * offset * count + difference * difference * count_ * count / total;
  }
  count_ = total;
}

void BatchNormLayer::finishStatistics(float newWeight) {
  for (int c = 0; c < channels; c++) {
    const double batchMean = means_[c];
    const double variance = std::max(deviations_[c] / count_, 0.0);
    const double unbiased = count_ > 1 ? variance * count_ / (count_ - 1) : variance;
    const double deviation = std::isnan(deviations_[c]) ? deviations_[c] : std::sqrt(variance + epsilon);
    mean.data()[c] = static_cast<float>(batchMean);
    inverseDeviation.data()[c] = static_cast<float>(1 / deviation);
    scale.data()[c] = static_cast<float>(gamma.value.data()[c] / deviation);
    shift.data()[c] = static_cast<float>(beta.value.data()[c] - batchMean * gamma.value.data()[c] / deviation);
    float& movingMean = runningMean.data()[c];
    float& movingVariance = runningVariance.data()[c];
    movingMean += newWeight * (static_cast<float>(batchMean) - movingMean);
    movingVariance += newWeight * (static_cast<float>(unbiased) - movingVariance);
  }
  count_ = 0;
  std::fill(means_.begin(), means_.end(), 0.0);
  std::fill(deviations_.begin(), deviations_.end(), 0.0);
}

void BatchNormLayer::useRunningStatistics() {
  for (int c = 0; c < channels; c++) {
    const double factor = gamma.value.data()[c] / std::sqrt(static_cast<double>(runningVariance.data()[c]) + epsilon);
    scale.data()[c] = static_cast<float>(factor);
    shift.data()[c] = static_cast<float>(beta.value.data()[c] - runningMean.data()[c] * factor);
  }
}

void BatchNormLayer::finishGradient(const double* sumsOfM, const double* products, double count) {
  for (int c = 0; c < channels; c++) {
    const double inverse = inverseDeviation.data()[c];
    const double a = gamma.value.data()[c] * inverse;
    const double gammaGradient = products[c] * inverse;
    const double b = -a * inverse * gammaGradient / count;
    gamma.gradient.data()[c] += static_cast<float>(gammaGradient);
    beta.gradient.data()[c] += static_cast<float>(sumsOfM[c]);
    gradientScale.data()[c] = static_cast<float>(a);
    outputScale.data()[c] = static_cast<float>(b);
    gradientShift.data()[c] = static_cast<float>(-a * sumsOfM[c] / count - b * mean.data()[c]);
  }
}

void BiasLayer::finishGradient() {
  for (int c = 0; c < channels; c++) bias.gradient.data()[c] += static_cast<float>(sums[c]);
  std::fill(sums.begin(), sums.end(), 0.0);
}

}  // namespace netspace
