// Tests of the kernels against plain loops, and their speed. Each kernel has a file with its shapes, its test and its
// bench; `checks()` lists them.
#pragma once

#include <chrono>
#include <random>
#include <string>
#include <vector>

#include "../program/convolution/shape.h"
#include "../program/memory.h"

namespace netspace::checks {

// What went wrong, and how much was looked at.
struct Report {
  int compared = 0;
  std::vector<std::string> failures;

  // Whether each |actual - expected| is at most its bound; anything that is no number fails.
  void compare(const std::string& what, const std::vector<double>& actual, const std::vector<double>& expected,
               const std::vector<double>& bounds);
  void compare(const std::string& what, const std::vector<double>& actual, const std::vector<double>& expected,
               double bound);
};

// What a check runs on.
struct Subject {
  const KernelTable& kernels;
  const std::vector<ConvolutionShape>& shapes;  // of networks
  std::mt19937& random;
  double peakGflops;     // of multiply-adds
  double copyGigabytes;  // a second, read and written, in the second-level cache
};

struct Check {
  const char* kernel;
  void (*test)(const std::vector<Subject>&, Report&);
  void (*bench)(const Subject&);
};
const std::vector<const Check*>& checks();

// Seconds of a call: the best of several repetitions of at least a millisecond each.
template <typename F>
double secondsOf(F call) {
  using Clock = std::chrono::steady_clock;
  const auto since = [](Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
  };
  call();
  int calls = 1;
  double best = 1e9;
  for (int repetition = 0; repetition < 5;) {
    const auto start = Clock::now();
    for (int i = 0; i < calls; i++) call();
    const double seconds = since(start);
    if (seconds < 1e-3) {
      calls *= 2;
      continue;
    }
    best = seconds / calls < best ? seconds / calls : best;
    repetition++;
  }
  return best;
}

// Prints a row as JSON: bytes read and written in a call of so many seconds, as a share of copying as many.
void printPass(const Subject& subject, const std::string& kernel, const std::string& shape, double bytes,
               double seconds);

std::vector<float> randomNumbers(std::mt19937& random, size_t count);
AlignedFloats aligned(Tally& tally, const std::vector<float>& numbers);
std::vector<double> doubles(const float* numbers, size_t count);
// To the nearest number of eight significant bits, of two the even one.
float roundedToBfloat16(float number);
// The two numbers of a word of pairs: 0 is the lower half.
float numberOfWord(const float* word, int half);
// Words of two neighbours in bfloat16, and the numbers of so many words.
AlignedFloats pairsOf(Tally& tally, const float* numbers, size_t count);
std::vector<double> numbersOfWords(const float* words, size_t count);

}  // namespace netspace::checks
