// The gradient of a join, and sums over channels: of activations in float32, and of those that are kept in bfloat16.
#include <cmath>

#include "check.h"

namespace netspace::checks {

namespace {

struct Map {
  int blocks, pixels;
  size_t floats() const { return static_cast<size_t>(blocks) * pixels * kLanes; }
};

const std::vector<Map> kTested = {{1, 1}, {2, 3}, {1, 17}, {3, 64}, {2, 513}, {1, 1031}};
const std::vector<Map> kTimed = {{3, 1024}, {7, 1024}, {19, 256}, {1, 1024}, {46, 98}};

std::string textOf(const Map& map) { return std::to_string(map.blocks) + " blocks of " + std::to_string(map.pixels); }

// Which operands are kept in bfloat16.
enum class Kept { kNone, kMaps, kMapsAndSecond };

// Bits that are rounded away are zero, so that either format holds the same numbers.
struct Operands {
  Tally tally;
  AlignedFloats gradients[2], source, scale, shift, y[2], mean[2];
  AlignedFloats secondPairs, sourcePairs, yPairs[2];
  AlignedFloats shifted;  // of no format

  Operands(const Map& map, std::mt19937& random) {
    const size_t channels = static_cast<size_t>(map.blocks) * kLanes;
    const auto values = [&] {
      std::vector<float> numbers = randomNumbers(random, map.floats());
      for (float& number : numbers) number = roundedToBfloat16(number);
      return aligned(tally, numbers);
    };
    const auto perChannel = [&] { return aligned(tally, randomNumbers(random, channels)); };
    for (int t = 0; t < 2; t++) gradients[t] = values(), y[t] = values(), mean[t] = perChannel();
    source = values(), scale = perChannel(), shift = perChannel();
    shifted = aligned(tally, randomNumbers(random, map.floats()));
    secondPairs = pairsOf(tally, gradients[1].data(), map.floats());
    sourcePairs = pairsOf(tally, source.data(), map.floats());
    for (int t = 0; t < 2; t++) yPairs[t] = pairsOf(tally, y[t].data(), map.floats());
  }

  JoinBackwardArgs arguments(const Map& map, Mask mask, bool two, int normalised, Kept kept) const {
    JoinBackwardArgs a = inFloats(map, mask, two, normalised);
    a.halves = kept != Kept::kNone;
    a.streams = two;
    a.secondHalves = kept == Kept::kMapsAndSecond;
    if (a.secondHalves && two) a.gradients[1] = secondPairs.data(), a.gradientBlocks[1] /= 2;
    if (!a.halves) return a;
    a.maskSource = sourcePairs.data();
    a.maskBlock /= 2, a.mBlock /= 2;
    for (int t = 0; t < 2; t++) a.y[t] = yPairs[t].data(), a.yBlocks[t] /= 2;
    return a;
  }

 private:
  JoinBackwardArgs inFloats(const Map& map, Mask mask, bool two, int normalised) const {
    JoinBackwardArgs a{};
    const ptrdiff_t block = static_cast<ptrdiff_t>(map.pixels) * kLanes;
    a.gradients[0] = gradients[0].data();
    a.gradients[1] = two ? gradients[1].data() : nullptr;
    a.mask = mask;
    a.maskSource = source.data();
    a.maskScale = scale.data();
    a.maskShift = shift.data();
    for (int t = 0; t < 2; t++) a.gradientBlocks[t] = a.yBlocks[t] = block, a.y[t] = y[t].data();
    for (int t = 0; t < 2; t++) a.mean[t] = mean[t].data();
    a.maskBlock = a.mBlock = block;
    a.normalised = normalised;
    a.blocks = map.blocks;
    a.pixels = map.pixels;
    return a;
  }
};

// Kernels of their own for bfloat16 where the machine has instructions for it.
void joinBackward(const Subject& subject, const JoinBackwardArgs& a) {
  (a.halves && subject.kernels.pairs ? subject.kernels.pairs->joinBackward : subject.kernels.joinBackward)(a);
}

void channelSums(const Subject& subject, const ChannelSumsArgs& a) {
  (a.stored && subject.kernels.pairs ? subject.kernels.pairs->channelSums : subject.kernels.channelSums)(a);
}

void testGradient(const Map& map, Mask mask, bool two, int normalised, Kept kept, const Operands& o,
                  const Subject& subject, Report& report) {
  Tally tally;
  const size_t channels = static_cast<size_t>(map.blocks) * kLanes;
  const AlignedFloats m(tally, map.floats());
  std::vector<double> sums((1 + normalised) * channels), expectedSums(sums.size()), expected;
  JoinBackwardArgs a = o.arguments(map, mask, two, normalised, kept);
  a.m = m.data();
  a.sums = normalised > 0 ? sums.data() : nullptr;
  joinBackward(subject, a);
  const std::vector<double> actual = a.halves ? numbersOfWords(m.data(), m.size() / 2) : doubles(m.data(), m.size());
  for (size_t i = 0; i < map.floats(); i++) {
    const size_t channel = i / kLanes / map.pixels * kLanes + i % kLanes;
    const float own = o.source.data()[i];
    const double affine = static_cast<double>(own) * o.scale.data()[channel] + o.shift.data()[channel];
    const bool passes = mask == Mask::kNone || (mask == Mask::kPositive ? own > 0 : affine > 0);
    // A sum of two roundings may be above zero by less than they are off: the kernel decides.
    const bool close = mask == Mask::kPositiveAffine && std::abs(affine) < 1e-6;
    const float v = o.gradients[0].data()[i] + (two ? o.gradients[1].data()[i] : 0.0f);
    expected.push_back(close ? actual[i] : !passes ? 0.0 : a.halves ? roundedToBfloat16(v) : v);
    if (normalised > 0) expectedSums[channel] += expected.back();
    for (int t = 0; t < normalised; t++)
      expectedSums[(1 + t) * channels + channel] +=
          expected.back() * (static_cast<double>(o.y[t].data()[i]) - o.mean[t].data()[channel]);
  }
  const std::string what = std::string(subject.kernels.name) + ", gradient of a join of " + textOf(map) +
                           (a.halves ? ", kept in bfloat16" : "");
  report.compare(what, actual, expected, 0);
  if (normalised > 0) report.compare(what + ", sums", sums, expectedSums, 1e-6 * map.pixels + 1e-6);
}

// A chain of four sums up every fourth of 512 pixels in float32, and a term has been rounded up to three times: off by
// at most n u times the sum of the magnitudes (Higham, Accuracy and Stability, 2002, section 4.2).
constexpr double kSumError = (512 / 4 + 2 + 3) * 0x1p-24 * 1.01;

void testSums(const Map& map, bool squares, bool stores, const Operands& o, const Subject& subject, Report& report) {
  Tally tally;
  const size_t channels = static_cast<size_t>(map.blocks) * kLanes;
  const AlignedFloats stored(tally, map.floats() / 2);
  std::vector<double> sums(2 * channels), expected(2 * channels), bounds(2 * channels), kept;
  ChannelSumsArgs a{};
  a.x = o.shifted.data();
  a.block = static_cast<ptrdiff_t>(map.pixels) * kLanes;
  a.row = a.block;
  if (stores) a.stored = stored.data(), a.storedBlock = a.storedRow = a.block / 2, a.streams = squares;
  a.shift = o.shift.data();
  a.sums = sums.data();
  a.squares = squares;
  a.blocks = map.blocks;
  a.rows = 1;
  a.columns = map.pixels;
  channelSums(subject, a);
  for (size_t i = 0; i < map.floats(); i++) {
    const size_t channel = i / kLanes / map.pixels * kLanes + i % kLanes;
    const float own = o.shifted.data()[i];
    kept.push_back(roundedToBfloat16(own));
    const double v = (stores ? kept.back() : own) - o.shift.data()[channel];
    expected[channel] += v;
    bounds[channel] += kSumError * std::abs(v);
    if (!squares) continue;
    expected[channels + channel] += v * v;
    bounds[channels + channel] += kSumError * v * v;
  }
  const std::string what = std::string(subject.kernels.name) + ", sums over the channels of " + textOf(map);
  report.compare(what + (stores ? ", kept in bfloat16" : ""), sums, expected, bounds);
  if (stores) report.compare(what + ", what is kept", numbersOfWords(stored.data(), stored.size()), kept, 0);
}

void testOn(const Subject& subject, Report& report) {
  for (const Map& map : kTested) {
    const Operands o(map, subject.random);
    for (const Mask mask : {Mask::kNone, Mask::kPositive, Mask::kPositiveAffine})
      for (const bool two : {false, true})
        for (const int normalised : {0, 1, 2})
          for (const Kept kept : {Kept::kNone, Kept::kMaps, Kept::kMapsAndSecond})
            testGradient(map, mask, two, normalised, kept, o, subject, report);
    for (const bool squares : {false, true})
      for (const bool stores : {false, true}) testSums(map, squares, stores, o, subject, report);
  }
}

void test(const std::vector<Subject>& subjects, Report& report) {
  for (const Subject& subject : subjects) testOn(subject, report);
}

void bench(const Subject& subject) {
  for (const Map& map : kTimed) {
    const Operands o(map, subject.random);
    Tally tally;
    const AlignedFloats m(tally, map.floats()), stored(tally, map.floats() / 2);
    std::vector<double> sums(3 * static_cast<size_t>(map.blocks) * kLanes);
    for (const Kept kept : {Kept::kNone, Kept::kMaps}) {
      JoinBackwardArgs a = o.arguments(map, Mask::kPositiveAffine, false, 1, kept);
      a.m = m.data();
      a.sums = sums.data();
      const double bytes = a.halves ? 4 + 3 * 2 : 4 * 4;
      printPass(subject, a.halves ? "join gradient, bfloat16" : "join gradient", textOf(map), bytes * map.floats(),
                secondsOf([&] { joinBackward(subject, a); }));
    }
    ChannelSumsArgs s{};
    s.x = o.shifted.data();
    s.block = s.row = static_cast<ptrdiff_t>(map.pixels) * kLanes;
    s.shift = o.shift.data();
    s.sums = sums.data();
    s.squares = true;
    s.blocks = map.blocks;
    s.rows = 1;
    s.columns = map.pixels;
    printPass(subject, "channel sums", textOf(map), sizeof(float) * 1.0 * map.floats(),
              secondsOf([&] { channelSums(subject, s); }));
    s.stored = stored.data(), s.storedBlock = s.storedRow = s.block / 2;
    printPass(subject, "channel sums, bfloat16", textOf(map), (4.0 + 2.0) * map.floats(),
              secondsOf([&] { channelSums(subject, s); }));
  }
}

}  // namespace

extern const Check joinGradient = {"join gradient", test, bench};

}  // namespace netspace::checks
