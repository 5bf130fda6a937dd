// Tests the kernels, or prints how fast they are. Usage: kernel_checks test|bench [KERNEL ...], with the shapes of
// convolutions on the standard input, one a line: input channels, output channels, height, width, kernel, stride,
// padding, groups. On every instruction set of the machine, or the one that NETSPACE_ISA names. Exit status 1 where a
// test fails.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>

#include "../program/graph.h"
#include "../program/instruction_set.h"
#include "check.h"

namespace netspace::checks {

// Each in the file of its name.
extern const Check convolution, join, joinGradient, layout, maxPool, scale, update, winograd;

const std::vector<const Check*>& checks() {
  static const std::vector<const Check*> table = {&convolution, &join,  &joinGradient, &layout,
                                                  &maxPool,     &scale, &update,       &winograd};
  return table;
}

namespace {

std::vector<ConvolutionShape> readShapes() {
  std::vector<ConvolutionShape> shapes;
  ConvolutionShape s;
  while (std::cin >> s.input.channels >> s.output.channels >> s.input.height >> s.input.width >> s.kernel >> s.stride >>
         s.padding >> s.groups) {
    s.output.height = (s.input.height + 2 * s.padding - s.kernel) / s.stride + 1;
    s.output.width = (s.input.width + 2 * s.padding - s.kernel) / s.stride + 1;
    shapes.push_back(s);
  }
  return shapes;
}

double peakOf(const KernelTable& kernels) {
  double operations = 0;
  const double seconds = secondsOf([&] { operations = kernels.peak(100000); });
  return operations / seconds * 1e-9;
}

double copySpeed() {
  Tally tally;
  const AlignedFloats from(tally, 24 * 1024), to(tally, 24 * 1024);
  const size_t bytes = from.size() * sizeof(float);
  return 2.0 * bytes / secondsOf([&] { std::memcpy(to.data(), from.data(), bytes); }) * 1e-9;
}

std::vector<const KernelTable*> instructionSets() {
  const char* isa = std::getenv("NETSPACE_ISA");
  if (isa && *isa) return {&chooseKernels(isa)};
  return supportedKernels();
}

int run(bool bench, const std::vector<std::string>& names) {
  const std::vector<ConvolutionShape> shapes = readShapes();
  std::mt19937 random(1);
  std::vector<Subject> subjects;
  for (const KernelTable* kernels : instructionSets())
    subjects.push_back({*kernels, shapes, random, bench ? peakOf(*kernels) : 0, bench ? copySpeed() : 0});
  Report report;
  for (const Check* check : checks()) {
    if (!names.empty() && std::find(names.begin(), names.end(), check->kernel) == names.end()) continue;
    if (!bench) check->test(subjects, report);
    else
      for (const Subject& subject : subjects) check->bench(subject);
  }
  if (bench) return 0;
  for (const std::string& failure : report.failures) std::printf("FAILED %s\n", failure.c_str());
  std::printf("%d compared, %zu failed, %zu shapes of networks\n", report.compared, report.failures.size(),
              shapes.size());
  return report.failures.empty() && report.compared > 0 ? 0 : 1;
}

}  // namespace

}  // namespace netspace::checks

int main(int count, char** arguments) {
  const std::string mode = count > 1 ? arguments[1] : "";
  if (mode != "test" && mode != "bench") {
    std::fprintf(stderr, "usage: kernel_checks test|bench [KERNEL ...] < SHAPES\n");
    return 2;
  }
  return netspace::checks::run(mode == "bench", {arguments + 2, arguments + count});
}
