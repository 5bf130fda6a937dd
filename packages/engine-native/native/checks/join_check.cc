// Batch normalisation, addition and ReLU in one pass: of float32 or bfloat16, written in float32 or as pairs in
// bfloat16.
#include <algorithm>
#include <cmath>

#include "check.h"

namespace netspace::checks {

namespace {

struct Map {
  int blocks, rows, columns;
  size_t floats() const { return static_cast<size_t>(blocks) * rows * columns * kLanes; }
};

const std::vector<Map> kTested = {{1, 1, 1}, {1, 1, 2}, {2, 3, 5}, {3, 7, 4}, {1, 2, 17}, {4, 5, 8}, {2, 1, 515}};
// Of small, tiny and regnetx-200mf.
const std::vector<Map> kTimed = {{3, 1, 1024}, {7, 1, 1024}, {19, 1, 256}, {1, 1, 1024}, {46, 1, 98}};

// Which terms a join has: plain values or affine maps of them.
struct Kind {
  bool affine;
  int others;  // 0: none, 1: plain, 2: affine, 3: affine without a shift
  bool relu;
};

std::vector<Kind> kinds() {
  std::vector<Kind> all;
  for (const bool affine : {false, true})
    for (const int others : {0, 1, 2, 3})
      for (const bool relu : {false, true}) all.push_back({affine, others, relu});
  return all;
}

// Bits of x that are rounded away are zero, so that either format holds the same numbers.
struct Operands {
  Tally tally;
  AlignedFloats x[2], pairs[2], scale[2], shift[2];

  Operands(const Map& map, std::mt19937& random) {
    const size_t channels = static_cast<size_t>(map.blocks) * kLanes;
    for (int t = 0; t < 2; t++) {
      std::vector<float> numbers = randomNumbers(random, map.floats());
      for (float& number : numbers) number = roundedToBfloat16(number);
      x[t] = aligned(tally, numbers);
      pairs[t] = pairsOf(tally, numbers.data(), numbers.size());
      scale[t] = aligned(tally, randomNumbers(random, channels));
      shift[t] = aligned(tally, randomNumbers(random, channels));
    }
  }

  JoinForwardArgs arguments(const Map& map, const Kind& kind, bool halves) const {
    JoinForwardArgs a{};
    const ptrdiff_t row = static_cast<ptrdiff_t>(map.columns) * kLanes / (halves ? 2 : 1), block = map.rows * row;
    const AlignedFloats* from = halves ? pairs : x;
    a.halves = halves;
    a.terms[0] = {from[0].data(), block, row, kind.affine ? scale[0].data() : nullptr,
                  kind.affine ? shift[0].data() : nullptr};
    a.terms[1] = {from[1].data(), block, row, kind.others >= 2 ? scale[1].data() : nullptr,
                  kind.others == 2 ? shift[1].data() : nullptr};
    a.termCount = kind.others == 0 ? 1 : 2;
    a.relu = kind.relu;
    a.blocks = map.blocks;
    a.rows = map.rows;
    a.columns = map.columns;
    return a;
  }

  double expected(const Map& map, const Kind& kind, size_t i) const {
    const size_t channel = i / (static_cast<size_t>(map.rows) * map.columns * kLanes) * kLanes + i % kLanes;
    double value = x[0].data()[i];
    if (kind.affine) value = value * scale[0].data()[channel] + shift[0].data()[channel];
    if (kind.others == 1) value += x[1].data()[i];
    if (kind.others >= 2) value += static_cast<double>(x[1].data()[i]) * scale[1].data()[channel];
    if (kind.others == 2) value += shift[1].data()[channel];
    return kind.relu ? std::max(value, 0.0) : value;
  }
};

std::string textOf(const Map& map) {
  return std::to_string(map.blocks) + " blocks of " + std::to_string(map.rows) + " x " + std::to_string(map.columns);
}

// Kernels of their own for bfloat16 where the machine has instructions for it.
void joinForward(const Subject& subject, const JoinForwardArgs& a, Format format) {
  const bool own = format != Format::kFloats && subject.kernels.pairs;
  (own ? subject.kernels.pairs->joinForward : subject.kernels.joinForward)(a, format);
}

void testFloats(const Map& map, const Kind& kind, bool halves, const Operands& o, const Subject& subject,
                Report& report) {
  Tally tally;
  const AlignedFloats out(tally, map.floats());
  JoinForwardArgs a = o.arguments(map, kind, halves);
  a.out = out.data();
  a.outRow = static_cast<ptrdiff_t>(map.columns) * kLanes;
  a.outBlock = map.rows * a.outRow;
  joinForward(subject, a, Format::kFloats);
  std::vector<double> expected;
  for (size_t i = 0; i < map.floats(); i++) expected.push_back(o.expected(map, kind, i));
  report.compare(std::string(subject.kernels.name) + ", join of " + textOf(map) + (halves ? " in bfloat16" : ""),
                 doubles(out.data(), out.size()), expected, 1e-6);
}

// Where the number of a pixel's channel lies: its word in a row, and which half. As Format says.
struct Place {
  size_t word;
  int half;
};

Place placeOf(Format format, int columns, int column, int lane) {
  if (format == Format::kChannelPairs) return {static_cast<size_t>(column) * 4 + lane / 2, lane % 2};
  if (format != Format::kStridedPairs) return {static_cast<size_t>(column / 2) * kLanes + lane, column % 2};
  const int pairs = (columns + 3) / 4, own = column / 2;
  return {static_cast<size_t>(column % 2 * pairs + own / 2) * kLanes + lane, own % 2};
}

size_t wordsOfRow(Format format, int columns) {
  if (format == Format::kChannelPairs) return static_cast<size_t>(columns) * 4;
  return (format == Format::kStridedPairs ? 2 * ((columns + 3) / 4) : (columns + 1) / 2) * static_cast<size_t>(kLanes);
}

// Rounded to eight significant bits: off by at most 2^-8 of the number.
void testPairs(const Map& map, const Kind& kind, bool halves, const Operands& o, Format format, const Subject& subject,
               Report& report) {
  Tally tally;
  const size_t words = wordsOfRow(format, map.columns), rows = static_cast<size_t>(map.blocks) * map.rows;
  const AlignedFloats out(tally, words * rows);
  JoinForwardArgs a = o.arguments(map, kind, halves);
  a.out = out.data();
  a.outRow = static_cast<ptrdiff_t>(words);
  a.outBlock = static_cast<ptrdiff_t>(words) * map.rows;
  joinForward(subject, a, format);
  std::vector<double> actual, expected, bounds;
  for (size_t i = 0; i < map.floats(); i++) {
    const int column = static_cast<int>(i / kLanes % map.columns);
    const Place place = placeOf(format, map.columns, column, static_cast<int>(i % kLanes));
    const float* row = out.data() + i / kLanes / map.columns * words;
    actual.push_back(numberOfWord(row + place.word, place.half));
    expected.push_back(o.expected(map, kind, i));
    bounds.push_back(std::abs(expected.back()) * std::ldexp(1.0, -8) + 1e-6);
  }
  report.compare(std::string(subject.kernels.name) + ", join in bfloat16, format " +
                     std::to_string(static_cast<int>(format)) + ", of " + textOf(map),
                 actual, expected, bounds);
}

void testOn(const Subject& subject, Report& report) {
  for (const Map& map : kTested) {
    const Operands o(map, subject.random);
    for (const Kind& kind : kinds()) {
      for (const bool halves : {false, true}) {
        testFloats(map, kind, halves, o, subject, report);
        testPairs(map, kind, halves, o, Format::kChannelPairs, subject, report);
        if (!subject.kernels.pairs) continue;
        for (const Format format : {Format::kPixelPairs, Format::kStridedPairs})
          testPairs(map, kind, halves, o, format, subject, report);
      }
    }
  }
}

void test(const std::vector<Subject>& subjects, Report& report) {
  for (const Subject& subject : subjects) testOn(subject, report);
}

void bench(const Subject& subject) {
  for (const Map& map : kTimed) {
    const Operands o(map, subject.random);
    Tally tally;
    const AlignedFloats out(tally, map.floats());
    for (const Kind& kind : {Kind{true, 0, true}, Kind{true, 1, true}, Kind{true, 3, false}})
      for (const bool halves : {false, true}) {
        JoinForwardArgs a = o.arguments(map, kind, halves);
        const Format format = halves && kind.others == 1 ? Format::kChannelPairs : Format::kFloats;
        a.out = out.data();
        a.outRow = static_cast<ptrdiff_t>(map.columns) * (format == Format::kFloats ? kLanes : kLanes / 2);
        a.outBlock = map.rows * a.outRow;
        const double terms = kind.others == 0 ? 1.0 : 2.0;
        const double bytes = terms * (halves ? 2 : 4) + (format == Format::kFloats ? 4 : 2);
        const std::string shape = textOf(map) + (kind.others == 0 ? ", one term" : ", two terms");
        printPass(subject, halves ? "join, bfloat16" : "join", shape, bytes * map.floats(),
                  secondsOf([&] { joinForward(subject, a, format); }));
      }
  }
}

}  // namespace

extern const Check join = {"join", test, bench};

}  // namespace netspace::checks
