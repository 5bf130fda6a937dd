// Max pooling, to the last bit.
#include <cmath>
#include <limits>

#include "check.h"

namespace netspace::checks {

namespace {

PoolShape shapeOf(int height, int width, int kernel, int stride, int padding) {
  const auto out = [&](int size) { return (size + 2 * padding - kernel) / stride + 1; };
  return {height, width, out(height), out(width), kernel, stride, padding};
}

const std::vector<PoolShape> kTested = {shapeOf(1, 1, 3, 2, 1), shapeOf(4, 5, 3, 2, 1), shapeOf(7, 7, 3, 1, 1),
                                        shapeOf(9, 6, 2, 2, 0), shapeOf(8, 8, 5, 3, 2), shapeOf(6, 7, 1, 2, 0)};
// Of the stem of ResNet on images of 224 x 224 and of 32 x 32.
const std::vector<PoolShape> kTimed = {shapeOf(112, 112, 3, 2, 1), shapeOf(16, 16, 3, 2, 1)};

size_t floats(int blocks, int height, int width) { return static_cast<size_t>(blocks) * height * width * kLanes; }

struct Operands {
  Tally tally;
  AlignedFloats x, y, dx;
  int blocks;

  // Few different numbers, so that some windows have several that are largest.
  Operands(const PoolShape& s, int blocks, std::mt19937& random) : blocks(blocks) {
    std::vector<float> numbers = randomNumbers(random, floats(blocks, s.height, s.width));
    for (float& number : numbers) number = std::round(4 * number);
    x = aligned(tally, numbers);
    y = aligned(tally, randomNumbers(random, floats(blocks, s.outHeight, s.outWidth)));
    dx = aligned(tally, randomNumbers(random, numbers.size()));
  }

  MaxPoolArgs forward(const PoolShape& s) const {
    return {s,
            x.data(),
            y.data(),
            static_cast<ptrdiff_t>(s.height) * s.width * kLanes,
            static_cast<ptrdiff_t>(s.outHeight) * s.outWidth * kLanes,
            blocks};
  }
  MaxPoolGradientArgs backward(const PoolShape& s, bool accumulate) const {
    const MaxPoolArgs a = forward(s);
    return {s, x.data(), y.data(), dx.data(), a.xBlock, a.outBlock, a.xBlock, blocks, accumulate};
  }
};

// Where the largest value of an output's window lies: the first of equal numbers, but the last NaN where there is one.
size_t placeOfLargest(const PoolShape& s, const float* x, size_t output) {
  const size_t pixels = static_cast<size_t>(s.outHeight) * s.outWidth, lane = output % kLanes;
  const size_t block = output / kLanes / pixels;
  const int pixel = static_cast<int>(output / kLanes % pixels);
  size_t place = 0;
  bool found = false;
  for (int i = 0; i < s.kernel * s.kernel; i++) {
    const int r = pixel / s.outWidth * s.stride - s.padding + i / s.kernel;
    const int c = pixel % s.outWidth * s.stride - s.padding + i % s.kernel;
    if (r < 0 || r >= s.height || c < 0 || c >= s.width) continue;
    const size_t at = ((block * s.height + r) * s.width + c) * kLanes + lane;
    if (!found || x[at] > x[place] || std::isnan(x[at])) place = at;
    found = true;
  }
  return place;
}

std::string textOf(const PoolShape& s) {
  return std::to_string(s.height) + " x " + std::to_string(s.width) + ", kernel " + std::to_string(s.kernel) +
         ", stride " + std::to_string(s.stride);
}

void testPool(const PoolShape& s, bool accumulate, const Subject& subject, Report& report) {
  const Operands forward(s, 2, subject.random), backward(s, 2, subject.random);
  std::vector<double> expected, gradient = doubles(backward.dx.data(), backward.dx.size());
  if (!accumulate) gradient.assign(gradient.size(), 0.0);
  for (size_t i = 0; i < forward.y.size(); i++) {
    expected.push_back(forward.x.data()[placeOfLargest(s, forward.x.data(), i)]);
    double& sum = gradient[placeOfLargest(s, backward.x.data(), i)];
    sum = static_cast<float>(sum + backward.y.data()[i]);
  }
  subject.kernels.maxPool(forward.forward(s));
  subject.kernels.maxPoolGradient(backward.backward(s, accumulate));
  const std::string what = subject.kernels.name + std::string(", ") + textOf(s);
  report.compare(what + ", max pool", doubles(forward.y.data(), expected.size()), expected, 0.0);
  report.compare(what + ", its gradient", doubles(backward.dx.data(), gradient.size()), gradient, 0.0);
}

// Where outputs are NaN, and where their gradients go, with one in every tenth number.
void testNaN(const PoolShape& s, const Subject& subject, Report& report) {
  const Operands o(s, 2, subject.random);
  for (size_t i = 0; i < o.x.size(); i += 10) o.x.data()[i] = std::numeric_limits<float>::quiet_NaN();
  for (size_t i = 0; i < o.y.size(); i++) o.y.data()[i] = 1;
  std::vector<double> expected, actual, gradient(o.x.size());
  for (size_t i = 0; i < o.y.size(); i++) {
    const size_t place = placeOfLargest(s, o.x.data(), i);
    expected.push_back(std::isnan(o.x.data()[place]));
    gradient[place]++;
  }
  subject.kernels.maxPoolGradient(o.backward(s, false));
  subject.kernels.maxPool(o.forward(s));
  for (size_t i = 0; i < o.y.size(); i++) actual.push_back(std::isnan(o.y.data()[i]));
  const std::string what = subject.kernels.name + std::string(", ") + textOf(s);
  report.compare(what + ", NaN", actual, expected, 0.0);
  report.compare(what + ", gradients of NaN", doubles(o.dx.data(), gradient.size()), gradient, 0.0);
}

void test(const std::vector<Subject>& subjects, Report& report) {
  for (const Subject& subject : subjects)
    for (const PoolShape& shape : kTested) {
      for (const bool accumulate : {false, true}) testPool(shape, accumulate, subject, report);
      testNaN(shape, subject, report);
    }
}

void bench(const Subject& subject) {
  for (const PoolShape& shape : kTimed) {
    const Operands o(shape, 4, subject.random);
    const MaxPoolArgs forward = o.forward(shape);
    const MaxPoolGradientArgs backward = o.backward(shape, false);
    const double bytes = sizeof(float) * static_cast<double>(o.x.size() + o.y.size());
    printPass(subject, "max pool", textOf(shape), bytes, secondsOf([&] { subject.kernels.maxPool(forward); }));
    printPass(subject, "gradient of max pool", textOf(shape), bytes + sizeof(float) * static_cast<double>(o.dx.size()),
              secondsOf([&] { subject.kernels.maxPoolGradient(backward); }));
  }
}

}  // namespace

extern const Check maxPool = {"max pool", test, bench};

}  // namespace netspace::checks
