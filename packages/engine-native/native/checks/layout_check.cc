// Changes of layout: images to blocks, blocks transposed, rows as pairs in bfloat16.
#include "check.h"

namespace netspace::checks {

namespace {

struct Image {
  int channels, rows, columns;
};

const std::vector<Image> kTested = {{1, 1, 1}, {3, 5, 7}, {8, 2, 8}, {13, 3, 17}, {16, 1, 64}, {5, 4, 9}};
const std::vector<Image> kTimed = {{3, 1, 1024}, {3, 224, 224}};
constexpr int kMostBlocks = 5;

size_t blocksOf(const Image& image) { return (image.channels + kLanes - 1) / kLanes; }

LoadImageArgs argumentsOf(const Image& image, const std::vector<float>& from, const AlignedFloats& to) {
  LoadImageArgs a{};
  a.x = from.data();
  a.xChannel = static_cast<ptrdiff_t>(image.rows) * image.columns;
  a.channels = image.channels;
  a.rows = image.rows;
  a.columns = image.columns;
  a.out = to.data();
  a.outRow = static_cast<ptrdiff_t>(image.columns) * kLanes;
  a.outBlock = a.outRow * image.rows;
  return a;
}

void testLoad(const Image& image, const Subject& subject, Report& report) {
  const size_t pixels = static_cast<size_t>(image.rows) * image.columns;
  const std::vector<float> from = randomNumbers(subject.random, image.channels * pixels);
  Tally tally;
  const AlignedFloats to(tally, blocksOf(image) * pixels * kLanes);
  subject.kernels.loadImage(argumentsOf(image, from, to));
  std::vector<double> expected(to.size());
  for (int c = 0; c < image.channels; c++)
    for (size_t p = 0; p < pixels; p++)
      expected[(c / kLanes * pixels + p) * kLanes + c % kLanes] = from[c * pixels + p];
  report.compare(std::string(subject.kernels.name) + ", image of " + std::to_string(image.channels) + " channels",
                 doubles(to.data(), to.size()), expected, 0.0);
}

// Blocks in the opposite order, as many side by side as there are floats in a row.
std::vector<BlockMove> movesOf(int rows, int row, int count) {
  const int together = row / kLanes;
  const auto place = [&](int i) { return static_cast<uint32_t>(i / together * rows * row + i % together * kLanes); };
  std::vector<BlockMove> moves;
  for (int i = 0; i < count; i++) moves.push_back({place(i), place(count - 1 - i)});
  return moves;
}

void testTranspose(int rows, int row, int count, const Subject& subject, Report& report) {
  Tally tally;
  const size_t floats = static_cast<size_t>(count + 1) * rows * kLanes;
  const AlignedFloats from = aligned(tally, randomNumbers(subject.random, floats));
  const AlignedFloats to(tally, floats);
  const std::vector<BlockMove> moves = movesOf(rows, row, count);
  subject.kernels.transposeBlocks(from.data(), to.data(), rows, row, moves.data(), moves.size());
  std::vector<double> expected(to.size());
  for (const BlockMove& move : moves)
    for (int square = 0; square < kLanes; square += rows)
      for (int i = 0; i < rows; i++)
        for (int j = 0; j < rows; j++)
          expected[move.to + j * row + square + i] = from.data()[move.from + i * row + square + j];
  report.compare(std::string(subject.kernels.name) + ", blocks of " + std::to_string(rows) + " rows transposed",
                 doubles(to.data(), to.size()), expected, 0.0);
}

void testPairs(size_t rows, int blocks, const Subject& subject, Report& report) {
  Tally tally;
  const size_t row = static_cast<size_t>(blocks) * kLanes;
  const AlignedFloats from = aligned(tally, randomNumbers(subject.random, rows * row));
  const AlignedFloats to(tally, rows / 2 * row);
  subject.kernels.pairs->pairRows(from.data(), to.data(), rows, blocks);
  std::vector<double> actual, expected;
  for (size_t i = 0; i < from.size(); i++) {
    actual.push_back(numberOfWord(to.data() + i / row / 2 * row + i % row, i / row % 2));
    expected.push_back(roundedToBfloat16(from.data()[i]));
  }
  report.compare(std::string(subject.kernels.name) + ", rows as pairs", actual, expected, 0.0);
}

void testOn(const Subject& subject, Report& report) {
  for (const Image& image : kTested) testLoad(image, subject, report);
  for (const int rows : {1, 2, 4, 8})
    for (int count = 1; count <= kMostBlocks; count++) testTranspose(rows, kLanes, count, subject, report);
  for (int count = 1; count <= kMostBlocks; count++) testTranspose(kLanes, 2 * kLanes, count, subject, report);
  if (!subject.kernels.pairs) return;
  for (const size_t rows : {2, 8, 18, 64})
    for (const int blocks : {1, 2}) testPairs(rows, blocks, subject, report);
}

void test(const std::vector<Subject>& subjects, Report& report) {
  for (const Subject& subject : subjects) testOn(subject, report);
}

void bench(const Subject& subject) {
  Tally tally;
  for (const Image& image : kTimed) {
    const size_t pixels = static_cast<size_t>(image.rows) * image.columns;
    const std::vector<float> from = randomNumbers(subject.random, image.channels * pixels);
    const AlignedFloats to(tally, blocksOf(image) * pixels * kLanes);
    const LoadImageArgs a = argumentsOf(image, from, to);
    printPass(subject, "load image", std::to_string(image.channels) + " x " + std::to_string(pixels),
              sizeof(float) * static_cast<double>(from.size() + to.size()),
              secondsOf([&] { subject.kernels.loadImage(a); }));
  }
  const std::vector<BlockMove> moves = movesOf(kLanes, kLanes, 361);  // 152 to 152 channels
  const AlignedFloats from = aligned(tally, randomNumbers(subject.random, moves.size() * kBlockWeights));
  const AlignedFloats to(tally, from.size());
  printPass(subject, "transpose blocks", std::to_string(moves.size()), sizeof(float) * 2.0 * from.size(),
            secondsOf([&] {
              subject.kernels.transposeBlocks(from.data(), to.data(), kLanes, kLanes, moves.data(), moves.size());
            }));
  if (!subject.kernels.pairs) return;
  printPass(subject, "pair rows", std::to_string(from.size() / kLanes), sizeof(float) * 1.5 * from.size(),
            secondsOf([&] { subject.kernels.pairs->pairRows(from.data(), to.data(), from.size() / kLanes, 1); }));
}

}  // namespace

extern const Check layout = {"layout", test, bench};

}  // namespace netspace::checks
