// Scales for each channel, and sums over pixels.
#include "check.h"

namespace netspace::checks {

namespace {

struct Map {
  int blocks, pixels;
  size_t floats() const { return static_cast<size_t>(blocks) * pixels * kLanes; }
};

const std::vector<Map> kTested = {{1, 1}, {2, 3}, {3, 4}, {4, 5}, {5, 17}, {9, 64}, {1, 200}};
// Of small with squeeze and excitation, and of regnetx-200mf's head.
const std::vector<Map> kTimed = {{3, 1024}, {7, 256}, {19, 64}, {46, 49}};

struct Operands {
  Tally tally;
  AlignedFloats x, y, out, factors, pooled;

  Operands(const Map& map, std::mt19937& random) {
    for (AlignedFloats* values : {&x, &y, &out}) *values = aligned(tally, randomNumbers(random, map.floats()));
    const size_t channels = static_cast<size_t>(map.blocks) * kLanes;
    for (AlignedFloats* values : {&factors, &pooled}) *values = aligned(tally, randomNumbers(random, channels));
  }

  ScaleArgs scaleArguments(const Map& map, bool accumulate) const {
    const ptrdiff_t block = static_cast<ptrdiff_t>(map.pixels) * kLanes;
    return {x.data(), factors.data(), out.data(), block, kLanes, block, map.blocks, map.pixels, accumulate};
  }
  // One pixel to all, by the first of the factors.
  ScaleArgs spreadArguments(const Map& map, bool accumulate) const {
    ScaleArgs a = scaleArguments(map, accumulate);
    a.x = pooled.data();
    a.xBlock = kLanes;
    return a;
  }
  ScaleSumArgs sumArguments(const Map& map, bool accumulate) const {
    const ptrdiff_t block = static_cast<ptrdiff_t>(map.pixels) * kLanes;
    return {x.data(), y.data(), pooled.data(), block, block, kLanes, map.blocks, map.pixels, 0.25f, accumulate};
  }
};

std::string textOf(const Map& map) { return std::to_string(map.blocks) + " blocks of " + std::to_string(map.pixels); }

void testScales(const Map& map, bool accumulate, const Subject& subject, Report& report) {
  const Operands scaled(map, subject.random), spread(map, subject.random);
  std::vector<double> expected, expectedSpread;
  for (size_t i = 0; i < map.floats(); i++) {
    const size_t channel = i / kLanes / map.pixels * kLanes + i % kLanes;
    const double before = accumulate ? scaled.out.data()[i] : 0, beforeSpread = accumulate ? spread.out.data()[i] : 0;
    expected.push_back(before + static_cast<double>(scaled.x.data()[i]) * scaled.factors.data()[channel]);
    expectedSpread.push_back(beforeSpread +
                             static_cast<double>(spread.pooled.data()[channel]) * spread.factors.data()[0]);
  }
  subject.kernels.scale(scaled.scaleArguments(map, accumulate));
  subject.kernels.spreadPixels(spread.spreadArguments(map, accumulate));
  const std::string what = subject.kernels.name + std::string(", ") + textOf(map);
  report.compare(what + ", scale", doubles(scaled.out.data(), map.floats()), expected, 2e-7);
  report.compare(what + ", spread", doubles(spread.out.data(), map.floats()), expectedSpread, 2e-7);
}

// To the last bit: products are rounded, and sums go over the pixels in order.
void testSums(const Map& map, bool accumulate, const Subject& subject, Report& report) {
  const Operands products(map, subject.random), pixels(map, subject.random);
  std::vector<double> expected, expectedMeans;
  for (size_t channel = 0; channel < products.pooled.size(); channel++) {
    volatile float sum = 0, mean = 0;
    for (int p = 0; p < map.pixels; p++) {
      const size_t i = (channel / kLanes * map.pixels + p) * kLanes + channel % kLanes;
      volatile float product = products.x.data()[i] * products.y.data()[i];
      sum = sum + product;
      mean = mean + pixels.x.data()[i];
    }
    if (accumulate) sum = products.pooled.data()[channel] + sum;
    expected.push_back(sum);
    expectedMeans.push_back(mean * 0.25f);
  }
  subject.kernels.scaleSums(products.sumArguments(map, accumulate));
  subject.kernels.sumPixels(pixels.sumArguments(map, false));
  const std::string what = subject.kernels.name + std::string(", ") + textOf(map);
  report.compare(what + ", sums of products", doubles(products.pooled.data(), expected.size()), expected, 0.0);
  report.compare(what + ", sums of pixels", doubles(pixels.pooled.data(), expected.size()), expectedMeans, 0.0);
}

void test(const std::vector<Subject>& subjects, Report& report) {
  for (const Subject& subject : subjects)
    for (const Map& map : kTested)
      for (const bool accumulate : {false, true}) {
        testScales(map, accumulate, subject, report);
        testSums(map, accumulate, subject, report);
      }
}

void bench(const Subject& subject) {
  for (const Map& map : kTimed) {
    const Operands o(map, subject.random);
    const double bytes = sizeof(float) * static_cast<double>(map.floats());
    const ScaleArgs scaled = o.scaleArguments(map, false), spread = o.spreadArguments(map, false);
    const ScaleSumArgs sums = o.sumArguments(map, false);
    printPass(subject, "scale", textOf(map), 2 * bytes, secondsOf([&] { subject.kernels.scale(scaled); }));
    printPass(subject, "spread", textOf(map), bytes, secondsOf([&] { subject.kernels.spreadPixels(spread); }));
    printPass(subject, "sums of products", textOf(map), 2 * bytes, secondsOf([&] { subject.kernels.scaleSums(sums); }));
    printPass(subject, "sums of pixels", textOf(map), bytes, secondsOf([&] { subject.kernels.sumPixels(sums); }));
  }
}

}  // namespace

extern const Check scale = {"scale", test, bench};

}  // namespace netspace::checks
