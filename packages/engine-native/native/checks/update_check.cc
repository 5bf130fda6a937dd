// SGD with momentum.
#include "check.h"

namespace netspace::checks {

namespace {

const std::vector<size_t> kCounts = {8, 24, 64, 1000};
const std::vector<size_t> kTimed = {64 * 9, 19 * 19 * 64};

struct Parameters {
  Tally tally;
  AlignedFloats value, gradient, momentum, valid;

  Parameters(size_t count, std::mt19937& random) {
    for (AlignedFloats* numbers : {&value, &gradient, &momentum})
      *numbers = aligned(tally, randomNumbers(random, count));
    valid = AlignedFloats(tally, count);
    for (size_t i = 0; i < count; i++) valid.data()[i] = random() % 2;
  }

  UpdateArgs arguments(bool masked, bool nesterov) const {
    return {value.data(), gradient.data(), momentum.data(), masked ? valid.data() : nullptr, value.size(), 0.1f,
            0.9f,         5e-3f,           nesterov};
  }
};

void testUpdate(size_t count, bool masked, bool nesterov, const Subject& subject, Report& report) {
  const Parameters p(count, subject.random);
  const UpdateArgs a = p.arguments(masked, nesterov);
  std::vector<double> value, momentum;
  for (size_t i = 0; i < count; i++) {
    const double own = p.value.data()[i];
    const double gradient = (masked && p.valid.data()[i] == 0 ? 0 : p.gradient.data()[i]) + a.decay * own;
    const double v = a.momentumFactor * static_cast<double>(p.momentum.data()[i]) + gradient;
    momentum.push_back(v);
    value.push_back(own - a.rate * (nesterov ? gradient + a.momentumFactor * v : v));
  }
  subject.kernels.update(a);
  const std::string what = std::string(subject.kernels.name) + ", update of " + std::to_string(count);
  report.compare(what + ", value", doubles(p.value.data(), count), value, 1e-6);
  report.compare(what + ", momentum", doubles(p.momentum.data(), count), momentum, 1e-6);
  report.compare(what + ", gradient", doubles(p.gradient.data(), count), std::vector<double>(count), 0.0);
}

void testOn(const Subject& subject, Report& report) {
  for (const size_t count : kCounts)
    for (const bool masked : {false, true})
      for (const bool nesterov : {false, true}) testUpdate(count, masked, nesterov, subject, report);
}

void test(const std::vector<Subject>& subjects, Report& report) {
  for (const Subject& subject : subjects) testOn(subject, report);
}

void bench(const Subject& subject) {
  for (const size_t count : kTimed) {
    const Parameters p(count, subject.random);
    const UpdateArgs a = p.arguments(false, true);
    printPass(subject, "update", std::to_string(count), sizeof(float) * 6.0 * count,
              secondsOf([&] { subject.kernels.update(a); }));
  }
}

}  // namespace

extern const Check update = {"update", test, bench};

}  // namespace netspace::checks
