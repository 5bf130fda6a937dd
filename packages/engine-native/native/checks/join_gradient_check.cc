// The gradient of a join, and sums over channels.
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

struct Operands {
  Tally tally;
  AlignedFloats gradients[2], source, scale, shift, y[2], mean[2];

  Operands(const Map& map, std::mt19937& random) {
    const size_t channels = static_cast<size_t>(map.blocks) * kLanes;
    const auto values = [&] { return aligned(tally, randomNumbers(random, map.floats())); };
    const auto perChannel = [&] { return aligned(tally, randomNumbers(random, channels)); };
    for (int t = 0; t < 2; t++) gradients[t] = values(), y[t] = values(), mean[t] = perChannel();
    source = values(), scale = perChannel(), shift = perChannel();
  }

  JoinBackwardArgs arguments(const Map& map, Mask mask, bool two, int normalised) const {
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

void testGradient(const Map& map, Mask mask, bool two, int normalised, const Operands& o, const Subject& subject,
                  Report& report) {
  Tally tally;
  const size_t channels = static_cast<size_t>(map.blocks) * kLanes;
  const AlignedFloats m(tally, map.floats());
  std::vector<double> sums((1 + normalised) * channels), expectedSums(sums.size()), expected;
  JoinBackwardArgs a = o.arguments(map, mask, two, normalised);
  a.m = m.data();
  a.sums = normalised > 0 ? sums.data() : nullptr;
  subject.kernels.joinBackward(a);
  for (size_t i = 0; i < map.floats(); i++) {
    const size_t channel = i / kLanes / map.pixels * kLanes + i % kLanes;
    const float own = o.source.data()[i];
    const double affine = static_cast<double>(own) * o.scale.data()[channel] + o.shift.data()[channel];
    const bool passes = mask == Mask::kNone || (mask == Mask::kPositive ? own > 0 : affine > 0);
    // A sum of two roundings may be above zero by less than they are off: the kernel decides.
    const bool close = mask == Mask::kPositiveAffine && std::abs(affine) < 1e-6;
    const double v = o.gradients[0].data()[i] + (two ? o.gradients[1].data()[i] : 0.0);
    expected.push_back(close ? m.data()[i] : passes ? v : 0.0);
    if (normalised > 0) expectedSums[channel] += expected.back();
    for (int t = 0; t < normalised; t++)
      expectedSums[(1 + t) * channels + channel] +=
          expected.back() * (static_cast<double>(o.y[t].data()[i]) - o.mean[t].data()[channel]);
  }
  const std::string what = std::string(subject.kernels.name) + ", gradient of a join of " + textOf(map);
  report.compare(what, doubles(m.data(), m.size()), expected, 1e-6);
  if (normalised > 0) report.compare(what + ", sums", sums, expectedSums, 1e-6 * map.pixels + 1e-6);
}

void testSums(const Map& map, bool squares, const Operands& o, const Subject& subject, Report& report) {
  const size_t channels = static_cast<size_t>(map.blocks) * kLanes;
  std::vector<double> sums(2 * channels), expected(2 * channels);
  ChannelSumsArgs a{};
  a.x = o.source.data();
  a.block = static_cast<ptrdiff_t>(map.pixels) * kLanes;
  a.row = a.block;
  a.shift = o.shift.data();
  a.sums = sums.data();
  a.squares = squares;
  a.blocks = map.blocks;
  a.rows = 1;
  a.columns = map.pixels;
  subject.kernels.channelSums(a);
  for (size_t i = 0; i < map.floats(); i++) {
    const size_t channel = i / kLanes / map.pixels * kLanes + i % kLanes;
    const double v = static_cast<double>(o.source.data()[i]) - o.shift.data()[channel];
    expected[channel] += v;
    if (squares) expected[channels + channel] += v * v;
  }
  report.compare(std::string(subject.kernels.name) + ", sums over the channels of " + textOf(map), sums, expected,
                 1e-6 * map.pixels + 1e-6);
}

void testOn(const Subject& subject, Report& report) {
  for (const Map& map : kTested) {
    const Operands o(map, subject.random);
    for (const Mask mask : {Mask::kNone, Mask::kPositive, Mask::kPositiveAffine})
      for (const bool two : {false, true})
        for (const int normalised : {0, 1, 2}) testGradient(map, mask, two, normalised, o, subject, report);
    for (const bool squares : {false, true}) testSums(map, squares, o, subject, report);
  }
}

void test(const std::vector<Subject>& subjects, Report& report) {
  for (const Subject& subject : subjects) testOn(subject, report);
}

void bench(const Subject& subject) {
  for (const Map& map : kTimed) {
    const Operands o(map, subject.random);
    Tally tally;
    const AlignedFloats m(tally, map.floats());
    std::vector<double> sums(3 * static_cast<size_t>(map.blocks) * kLanes);
    JoinBackwardArgs a = o.arguments(map, Mask::kPositiveAffine, false, 1);
    a.m = m.data();
    a.sums = sums.data();
    printPass(subject, "join gradient", textOf(map), sizeof(float) * 4.0 * map.floats(),
              secondsOf([&] { subject.kernels.joinBackward(a); }));
    ChannelSumsArgs s{};
    s.x = o.source.data();
    s.block = s.row = static_cast<ptrdiff_t>(map.pixels) * kLanes;
    s.shift = o.shift.data();
    s.sums = sums.data();
    s.squares = true;
    s.blocks = map.blocks;
    s.rows = 1;
    s.columns = map.pixels;
    printPass(subject, "channel sums", textOf(map), sizeof(float) * 1.0 * map.floats(),
              secondsOf([&] { subject.kernels.channelSums(s); }));
  }
}

}  // namespace

extern const Check joinGradient = {"join gradient", test, bench};

}  // namespace netspace::checks
