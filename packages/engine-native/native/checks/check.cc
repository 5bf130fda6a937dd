#include "check.h"

#include <cmath>
#include <cstdio>
#include <cstring>

namespace netspace::checks {

void Report::compare(const std::string& what, const std::vector<double>& actual, const std::vector<double>& expected,
                     const std::vector<double>& bounds) {
  compared++;
  for (size_t i = 0; i < expected.size(); i++) {
    if (actual.size() == expected.size() && std::abs(actual[i] - expected[i]) <= bounds[i]) continue;
    char text[160];
    std::snprintf(text, sizeof text, ": number %zu of %zu is %.9g, not %.9g to within %.2g", i, expected.size(),
                  i < actual.size() ? actual[i] : NAN, expected[i], bounds[i]);
    failures.push_back(what + text);
    return;
  }
}

void Report::compare(const std::string& what, const std::vector<double>& actual, const std::vector<double>& expected,
                     double bound) {
  compare(what, actual, expected, std::vector<double>(expected.size(), bound));
}

void printPass(const Subject& subject, const std::string& kernel, const std::string& shape, double bytes,
               double seconds) {
  const double gigabytes = bytes / seconds * 1e-9;
  std::printf(
      "{\"kernel\":\"%s\",\"isa\":\"%s\",\"shape\":\"%s\",\"gigabytes_per_second\":%.1f,\"share_of_copy\":%.3f}\n",
      kernel.c_str(), subject.kernels.name, shape.c_str(), gigabytes, gigabytes / subject.copyGigabytes);
}

std::vector<float> randomNumbers(std::mt19937& random, size_t count) {
  std::uniform_real_distribution<float> uniform(-1, 1);
  std::vector<float> numbers(count);
  for (float& number : numbers) number = uniform(random);
  return numbers;
}

AlignedFloats aligned(Tally& tally, const std::vector<float>& numbers) {
  AlignedFloats copy(tally, numbers.size());
  std::memcpy(copy.data(), numbers.data(), numbers.size() * sizeof(float));
  return copy;
}

std::vector<double> doubles(const float* numbers, size_t count) { return {numbers, numbers + count}; }

float roundedToBfloat16(float number) {
  uint32_t bits;
  std::memcpy(&bits, &number, sizeof bits);
  bits = (bits + 0x7fff + ((bits >> 16) & 1)) & 0xffff0000;
  std::memcpy(&number, &bits, sizeof bits);
  return number;
}

float numberOfWord(const float* word, int half) {
  uint32_t bits;
  std::memcpy(&bits, word, sizeof bits);
  bits = half == 0 ? bits << 16 : bits & 0xffff0000;
  float number;
  std::memcpy(&number, &bits, sizeof bits);
  return number;
}

AlignedFloats pairsOf(Tally& tally, const float* numbers, size_t count) {
  AlignedFloats words(tally, count / 2);
  for (size_t i = 0; i < count; i++) {
    const float rounded = roundedToBfloat16(numbers[i]);
    std::memcpy(reinterpret_cast<char*>(words.data()) + 2 * i, reinterpret_cast<const char*>(&rounded) + 2, 2);
  }
  return words;
}

std::vector<double> numbersOfWords(const float* words, size_t count) {
  std::vector<double> numbers;
  for (size_t i = 0; i < 2 * count; i++) numbers.push_back(numberOfWord(words + i / 2, static_cast<int>(i % 2)));
  return numbers;
}

}  // namespace netspace::checks
