// All algorithms of convolutions, each on every shape that it serves.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>

#include "../program/convolution/algorithms.h"
#include "maps.h"

namespace netspace::checks {

namespace {

ConvolutionShape shapeOf(int inputs, int outputs, int height, int width, int kernel, int stride, int padding,
                         int groups) {
  const auto size = [&](int input) { return (input + 2 * padding - kernel) / stride + 1; };
  return {{inputs, height, width}, {outputs, size(height), size(width)}, kernel, stride, padding, groups};
}

// Odd ones: no network has them all.
const std::vector<ConvolutionShape> kOddShapes = {
    shapeOf(1, 1, 1, 1, 1, 1, 0, 1),     shapeOf(3, 5, 1, 7, 1, 1, 0, 1),    shapeOf(13, 29, 5, 3, 1, 2, 0, 1),
    shapeOf(40, 100, 3, 17, 1, 1, 0, 1), shapeOf(9, 7, 4, 4, 1, 3, 0, 1),    shapeOf(8, 8, 1, 1, 3, 1, 1, 1),
    shapeOf(24, 24, 9, 33, 3, 1, 1, 3),  shapeOf(24, 24, 8, 33, 3, 2, 1, 3), shapeOf(24, 24, 7, 2, 3, 2, 1, 3),
    shapeOf(17, 23, 6, 5, 3, 1, 1, 1),   shapeOf(17, 23, 7, 6, 3, 2, 1, 1),  shapeOf(10, 6, 9, 9, 3, 3, 1, 2),
    shapeOf(16, 16, 7, 9, 3, 1, 0, 1),   shapeOf(12, 20, 8, 8, 5, 1, 2, 1),  shapeOf(12, 12, 9, 7, 5, 2, 2, 3),
    shapeOf(32, 32, 5, 5, 3, 1, 1, 2),   shapeOf(36, 20, 9, 11, 3, 1, 1, 1), shapeOf(48, 32, 2, 129, 3, 1, 1, 1),
    shapeOf(11, 11, 9, 19, 3, 1, 1, 11), shapeOf(12, 12, 8, 5, 3, 2, 1, 12), shapeOf(22, 22, 7, 18, 3, 1, 1, 11),
    shapeOf(28, 28, 6, 9, 3, 2, 1, 7),   shapeOf(8, 8, 7, 7, 7, 2, 3, 4),    shapeOf(20, 20, 9, 21, 3, 1, 1, 4),
    shapeOf(15, 15, 8, 7, 3, 2, 1, 5),   shapeOf(18, 12, 6, 13, 3, 1, 1, 6), shapeOf(21, 35, 5, 6, 1, 1, 0, 7),
    shapeOf(26, 26, 7, 17, 3, 1, 1, 2),  shapeOf(30, 30, 5, 8, 5, 1, 2, 10), shapeOf(33, 22, 4, 6, 3, 3, 1, 11),
    shapeOf(96, 96, 1, 35, 1, 1, 0, 1),  shapeOf(3, 16, 33, 31, 3, 2, 1, 1), shapeOf(3, 16, 15, 17, 3, 1, 1, 1),
};

std::string textOf(const ConvolutionShape& s) {
  const auto text = [](int number) { return std::to_string(number); };
  return text(s.input.channels) + " to " + text(s.output.channels) + ", " + text(s.input.height) + " x " +
         text(s.input.width) + ", kernel " + text(s.kernel) + ", stride " + text(s.stride) + ", padding " +
         text(s.padding) + ", groups " + text(s.groups);
}

struct Operands {
  std::vector<float> x, weights, dy, bias, before;  // `before`: what the output holds already

  Operands(const ConvolutionShape& shape, int images, std::mt19937& random)
      : x(randomNumbers(random, images * shape.input.elements())),
        weights(randomNumbers(random, shape.weights())),
        dy(randomNumbers(random, images * shape.output.elements())),
        bias(randomNumbers(random, shape.output.channels)),
        before(randomNumbers(random, images * shape.output.elements())) {}

  void roundToBfloat16() {
    for (std::vector<float>* numbers : {&x, &weights, &dy})
      for (float& number : *numbers) number = roundedToBfloat16(number);
  }
};

// Sums, and the sums of the terms' magnitudes.
struct Sums {
  std::vector<double> values, magnitudes;
  explicit Sums(size_t count) : values(count), magnitudes(count) {}
  void add(size_t i, double term) {
    values[i] += term;
    magnitudes[i] += std::abs(term);
  }
};

struct Expected {
  Sums output, input, weights;  // the output, and the gradients
};

// The plain loops.
Expected convolve(const ConvolutionShape& s, const Operands& o, int images) {
  Expected e = {Sums(o.dy.size()), Sums(o.x.size()), Sums(o.weights.size())};
  for (int n = 0; n < images; n++)
    for (int out = 0; out < s.output.channels; out++)
      for (int in = 0; in < s.inputsOfGroup(); in++)
        for (int kh = 0; kh < s.kernel; kh++)
          for (int kw = 0; kw < s.kernel; kw++)
            for (int r = 0; r < s.output.height; r++)
              for (int c = 0; c < s.output.width; c++) {
                const int row = r * s.stride + kh - s.padding, column = c * s.stride + kw - s.padding;
                if (row < 0 || row >= s.input.height || column < 0 || column >= s.input.width) continue;
                const int channel = out / s.outputsOfGroup() * s.inputsOfGroup() + in;
                const size_t x =
                    ((static_cast<size_t>(n) * s.input.channels + channel) * s.input.height + row) * s.input.width +
                    column;
                const size_t y =
                    ((static_cast<size_t>(n) * s.output.channels + out) * s.output.height + r) * s.output.width + c;
                const size_t w = ((static_cast<size_t>(out) * s.inputsOfGroup() + in) * s.kernel + kh) * s.kernel + kw;
                e.output.add(y, static_cast<double>(o.weights[w]) * o.x[x]);
                e.input.add(x, static_cast<double>(o.weights[w]) * o.dy[y]);
                e.weights.add(w, static_cast<double>(o.x[x]) * o.dy[y]);
              }
  return e;
}

// A sum of n products in any order is off by at most n u / (1 - n u) times the sum of their magnitudes, u = 2^-24
// (Higham, Accuracy and Stability, 2002, section 3.1). Winograd's algorithm sums other terms, of a tile's neighbours,
// too: its sums are held to sixteen roundings of the largest such sum.
std::vector<double> boundsOf(const Sums& sums, double terms, bool transforms) {
  const double most = *std::max_element(sums.magnitudes.begin(), sums.magnitudes.end());
  const double unit = std::ldexp(1.0, -24), factor = (terms + 3) * unit / (1 - (terms + 3) * unit);
  std::vector<double> bounds;
  for (const double magnitude : sums.magnitudes)
    bounds.push_back(transforms ? 16 * unit * (most + 1) : factor * (magnitude + 2));
  return bounds;
}

// A convolution by one algorithm, with the maps that its steps read and write.
struct Layer {
  Tally tally;
  std::unique_ptr<Convolution> convolution;
  Maps maps;
  const int inputSlab, outputSlab;

  Layer(const Algorithm& algorithm, const ConvolutionShape& shape, const ConvolutionSetting& setting, int images,
        int slabImages)
      : convolution(algorithm.make(shape, {setting.kernels, setting.bfloat16, tally})),
        maps(setting.kernels, images),
        inputSlab(slabImages),
        outputSlab(shape.stride == 1 ? slabImages : 2 * slabImages) {}

  Layer(const Layer&) = delete;

  void setWeights(const std::vector<float>& weights) {
    convolution->pack(weights.data(), convolution->weights.value);
    convolution->prepareWeights();
  }
  bool usesPairs() const { return convolution->forwardReading(true).format != Format::kFloats; }
  GradientReadings readings() const { return convolution->gradientReadings(true, inputSlab == outputSlab); }
  const Buffer* newWork() {
    const size_t floats = convolution->workFloats();
    return floats == 0 ? nullptr : &maps.add({kLanes, 1, static_cast<int>(floats / kLanes) + 1}, 1);
  }
  Partial<float> gradient() const { return {0, convolution->gradientTotal().data()}; }
};

void testForward(Layer& layer, const Operands& o, const Sums& expected, bool training, const std::string& what,
                 Report& report) {
  const Convolution& convolution = *layer.convolution;
  const ConvolutionShape& shape = convolution.shape;
  const float* weights = (training ? convolution.trainedWeights() : convolution.inferenceWeights()).data();
  const Buffer& x = layer.maps.add(shape.input, layer.inputSlab, o.x, convolution.forwardReading(training));
  const Buffer* work = layer.newWork();
  const double terms = shape.taps() * shape.inputsOfGroup();
  const std::vector<double> bounds = boundsOf(expected, terms, work != nullptr);
  const Buffer& y = layer.maps.add(shape.output, layer.outputSlab);
  layer.maps.run(convolution.forward({weights}, x, y, work));
  report.compare(what + ", forward", layer.maps.numbersOf(y), expected.values, bounds);

  Tally tally;
  std::vector<float> bias = o.bias;
  bias.resize(static_cast<size_t>(shape.output.blocks()) * kLanes);
  const AlignedFloats padded = aligned(tally, bias);
  const Buffer& sum = layer.maps.add(shape.output, layer.outputSlab, o.before);
  layer.maps.run(convolution.forward({weights, padded.data(), true, true}, x, sum, work));
  std::vector<double> positive = expected.values;
  for (size_t i = 0; i < positive.size(); i++) {
    const int channel = static_cast<int>(i / shape.output.pixels()) % shape.output.channels;
    positive[i] = std::max(0.0, positive[i] + o.bias[channel] + o.before[i]);
  }
  report.compare(what + ", forward with bias, sum and ReLU", layer.maps.numbersOf(sum), positive, bounds);
}

void testInputGradient(Layer& layer, const Operands& o, const Sums& expected, const std::string& what, Report& report) {
  const ConvolutionShape& shape = layer.convolution->shape;
  const Buffer& dy = layer.maps.add(shape.output, layer.outputSlab, o.dy, layer.readings().ofInput);
  const Buffer* work = layer.newWork();
  const double terms = shape.taps() * shape.outputsOfGroup();
  const std::vector<double> bounds = boundsOf(expected, terms, work != nullptr);
  const Buffer& dx = layer.maps.add(shape.input, layer.inputSlab, o.x);
  layer.maps.run(layer.convolution->inputGradient(dy, dx, false, work));
  report.compare(what + ", gradient of the input", layer.maps.numbersOf(dx), expected.values, bounds);
  const Buffer& sum = layer.maps.add(shape.input, layer.inputSlab, o.x);
  layer.maps.run(layer.convolution->inputGradient(dy, sum, true, work));
  std::vector<double> both = expected.values;
  for (size_t i = 0; i < both.size(); i++) both[i] += o.x[i];
  report.compare(what + ", gradient of the input added", layer.maps.numbersOf(sum), both, bounds);
}

void testWeightGradient(Layer& layer, const Operands& o, const Sums& expected, const std::string& what,
                        Report& report) {
  Convolution& convolution = *layer.convolution;
  const ConvolutionShape& shape = convolution.shape;
  const GradientReadings readings = layer.readings();
  const Buffer& x = layer.maps.add(shape.input, layer.inputSlab, o.x, readings.input);
  const Buffer& dy = layer.maps.add(shape.output, layer.outputSlab, o.dy, readings.ofWeights);
  const Buffer* work = layer.newWork();
  const double terms = static_cast<double>(layer.maps.images()) * shape.output.pixels();
  layer.maps.run(convolution.weightGradient(x, dy, layer.gradient(), work));
  convolution.finishGradient();
  std::vector<float> gradient(shape.weights());
  convolution.unpack(convolution.weights.gradient, gradient.data());
  report.compare(what + ", gradient of the weights", doubles(gradient.data(), gradient.size()), expected.values,
                 boundsOf(expected, terms, work != nullptr));
}

// Operands, and what the plain loops make of them.
struct Case {
  Operands operands;
  Expected expected;
};

void testAlgorithm(const Algorithm& algorithm, const ConvolutionShape& shape, const ConvolutionSetting& setting,
                   const Case& c, int images, Report& report) {
  Layer layer(algorithm, shape, setting, images, images == 1 ? 1 : 2);
  const std::string what =
      std::string(setting.kernels.name) + ", " + layer.convolution->plan().algorithm + ", " + textOf(shape);
  layer.setWeights(c.operands.weights);
  testForward(layer, c.operands, c.expected.output, true, what, report);
  if (layer.usesPairs()) testForward(layer, c.operands, c.expected.output, false, what + ", in evaluation", report);
  testInputGradient(layer, c.operands, c.expected.input, what, report);
  testWeightGradient(layer, c.operands, c.expected.weights, what, report);
}

// Calls f(algorithm, setting, pairs) for each that serves the shape; `pairs`: because training is in bfloat16.
template <typename F>
void forEachAlgorithm(const ConvolutionShape& shape, const KernelTable& kernels, F f) {
  Tally tally;
  const ConvolutionSetting exact = {kernels, false, tally}, rounded = {kernels, kernels.pairs != nullptr, tally};
  for (const Algorithm* algorithm : algorithms()) {
    const bool inFloat32 = algorithm->serves(shape, exact);
    if (inFloat32 || algorithm->serves(shape, rounded)) f(*algorithm, inFloat32 ? exact : rounded, !inFloat32);
  }
}

void testShape(const ConvolutionShape& shape, const std::vector<Subject>& subjects, Report& report) {
  const int images = shape.input.pixels() > 1000 ? 1 : 3;
  Operands operands(shape, images, subjects[0].random);
  const Case exact = {operands, convolve(shape, operands, images)};
  std::optional<Case> rounded;  // to bfloat16
  operands.roundToBfloat16();
  for (const Subject& subject : subjects)
    forEachAlgorithm(shape, subject.kernels, [&](const Algorithm& algorithm, const auto& setting, bool pairs) {
      if (pairs && !rounded) rounded = Case{operands, convolve(shape, operands, images)};
      testAlgorithm(algorithm, shape, setting, pairs ? *rounded : exact, images, report);
    });
}

void test(const std::vector<Subject>& subjects, Report& report) {
  for (const ConvolutionShape& shape : kOddShapes) testShape(shape, subjects, report);
  for (const ConvolutionShape& shape : subjects[0].shapes) testShape(shape, subjects, report);
}

// So many images that short maps make long loops, and that they stay in the second-level cache.
int slabOf(const ConvolutionShape& shape) {
  int images = 1;
  const size_t most = std::max(shape.input.elements(), shape.output.elements());
  while (images < 16 && images * shape.output.pixels() < 1024 && 2 * images * most <= 48 * 1024) images *= 2;
  return images;
}

void benchPass(const Subject& subject, Layer& layer, const char* pass, const PassPlan& plan, bool chosen,
               const Step& step) {
  const ConvolutionShape& shape = layer.convolution->shape;
  const double seconds = secondsOf([&] { layer.maps.run(step); });
  const double flops = 2.0 * shape.output.pixels() * shape.weights() * layer.maps.images();
  std::printf(
      "{\"kernel\":\"convolution\",\"isa\":\"%s\",\"shape\":\"%s\",\"algorithm\":\"%s\",\"chosen\":%s,\"pass\":\"%s\","
      "\"by\":\"%s\",\"gflops\":%.1f,\"share_of_peak\":%.3f}\n",
      subject.kernels.name, textOf(shape).c_str(), layer.convolution->plan().algorithm, chosen ? "true" : "false", pass,
      plan.kernel, flops / seconds * 1e-9, flops / seconds * 1e-9 / subject.peakGflops);
}

void benchAlgorithm(const Algorithm& algorithm, const ConvolutionShape& shape, const ConvolutionSetting& setting,
                    bool chosen, const Subject& subject) {
  const int slab = slabOf(shape), images = shape.stride == 1 ? slab : 2 * slab;
  const Operands o(shape, images, subject.random);
  Layer layer(algorithm, shape, setting, images, slab);
  layer.setWeights(o.weights);
  const Convolution& convolution = *layer.convolution;
  const ConvolutionPlan& plan = convolution.plan();
  const GradientReadings readings = layer.readings();
  const Buffer* work = layer.newWork();
  Maps& maps = layer.maps;
  const Buffer& x = maps.add(shape.input, slab, o.x, convolution.forwardReading(true));
  const Buffer& y = maps.add(shape.output, layer.outputSlab);
  benchPass(subject, layer, "forward", plan.forward, chosen,
            convolution.forward({convolution.trainedWeights().data()}, x, y, work));
  const Buffer& ofInput = maps.add(shape.output, layer.outputSlab, o.dy, readings.ofInput);
  const Buffer& dx = maps.add(shape.input, slab);
  benchPass(subject, layer, "gradient of the input", plan.inputGradient, chosen,
            convolution.inputGradient(ofInput, dx, false, work));
  const Buffer& input = maps.add(shape.input, slab, o.x, readings.input);
  const Buffer& ofWeights = maps.add(shape.output, layer.outputSlab, o.dy, readings.ofWeights);
  benchPass(subject, layer, "gradient of the weights", plan.weightGradient, chosen,
            convolution.weightGradient(input, ofWeights, layer.gradient(), work));
}

// In both precisions; `chosen` is the algorithm that a network would use.
void bench(const Subject& subject) {
  for (const ConvolutionShape& shape : subject.shapes) {
    bool found[2] = {};
    forEachAlgorithm(shape, subject.kernels, [&](const Algorithm& algorithm, const auto& setting, bool pairs) {
      const bool chosen = !found[pairs] && algorithm.pays(shape, setting);
      found[pairs] = found[pairs] || chosen;
      benchAlgorithm(algorithm, shape, setting, chosen, subject);
    });
  }
}

}  // namespace

extern const Check convolution = {"convolution", test, bench};

}  // namespace netspace::checks
