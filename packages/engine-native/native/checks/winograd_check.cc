// The transforms of Winograd's algorithm against products of matrices; the formulas are in kernels/winograd.h.
#include "check.h"

namespace netspace::checks {

namespace {

using Matrix = std::vector<std::vector<double>>;

const Matrix kB = {{1, 0, 0, 0}, {0, 1, -1, 1}, {-1, 1, 1, 0}, {0, 0, 0, -1}};
const Matrix kG = {{1, 0, 0}, {0.5, 0.5, 0.5}, {0.5, -0.5, 0.5}, {0, 0, 1}};
const Matrix kA = {{1, 0}, {1, 1}, {1, -1}, {0, -1}};

Matrix transposed(const Matrix& m) {
  Matrix t(m[0].size(), std::vector<double>(m.size()));
  for (size_t i = 0; i < m.size(); i++)
    for (size_t j = 0; j < m[0].size(); j++) t[j][i] = m[i][j];
  return t;
}

Matrix times(const Matrix& a, const Matrix& b) {
  Matrix product(a.size(), std::vector<double>(b[0].size()));
  for (size_t i = 0; i < a.size(); i++)
    for (size_t j = 0; j < b[0].size(); j++)
      for (size_t k = 0; k < b.size(); k++) product[i][j] += a[i][k] * b[k][j];
  return product;
}

// left m left^T.
Matrix around(const Matrix& left, const Matrix& m) { return times(times(left, m), transposed(left)); }

struct Tiles {
  int blocks, images, rows, columns;
  int count() const { return images * rows * columns; }
  size_t floats() const { return static_cast<size_t>(blocks) * count() * kLanes; }
  // From one position to the next: as in a step, not at a power of two.
  size_t position() const { return floats() + 16; }
};

const std::vector<Tiles> kTested = {{1, 1, 1, 1}, {2, 1, 3, 2}, {1, 2, 2, 5}, {3, 2, 1, 1}};
const std::vector<Tiles> kTimed = {{2, 1, 4, 16}, {8, 1, 4, 16}, {16, 4, 4, 4}};

// Maps with a border of one pixel around the tiles.
struct Maps {
  Tally tally;
  const Tiles shape;
  const int height, width;  // with the border
  AlignedFloats map, tiles;
  WinogradArgs arguments{};

  Maps(const Tiles& shape, std::mt19937& random)
      : shape(shape), height(2 * shape.rows + 2), width(2 * shape.columns + 2) {
    const size_t image = static_cast<size_t>(height) * width * kLanes;
    map = aligned(tally, randomNumbers(random, shape.blocks * shape.images * image));
    tiles = aligned(tally, randomNumbers(random, kWinogradPositions * shape.position()));
    WinogradArgs& a = arguments;
    a.mapRow = static_cast<ptrdiff_t>(width) * kLanes;
    a.mapImage = static_cast<ptrdiff_t>(image);
    a.mapBlock = a.mapImage * shape.images;
    a.map = map.data() + a.mapRow + kLanes;
    a.tiles = tiles.data();
    a.position = static_cast<ptrdiff_t>(shape.position());
    a.tilesBlock = static_cast<ptrdiff_t>(shape.count()) * kLanes;
    a.blocks = shape.blocks;
    a.images = shape.images;
    a.rows = shape.rows;
    a.columns = shape.columns;
    a.height = 2 * shape.rows;
    a.width = 2 * shape.columns;
  }

  // `size` x `size` numbers of a lane from a tile's first pixel on, `before` pixels up and left of it.
  Matrix pixelsOf(size_t tile, int lane, int size, int before) const {
    const size_t column = tile % shape.columns, row = tile / shape.columns % shape.rows;
    const size_t image = tile / shape.columns / shape.rows;  // and block, which lie alike
    const float* first = map.data() + image * height * width * kLanes +
                         ((2 * row + 1 - before) * width + 2 * column + 1 - before) * kLanes + lane;
    Matrix m(size, std::vector<double>(size));
    for (int i = 0; i < size; i++)
      for (int j = 0; j < size; j++) m[i][j] = first[(static_cast<size_t>(i) * width + j) * kLanes];
    return m;
  }

  Matrix transformed(size_t tile, int lane) const {
    Matrix m(4, std::vector<double>(4));
    for (int p = 0; p < kWinogradPositions; p++)
      m[p / 4][p % 4] = tiles.data()[p * shape.position() + tile * kLanes + lane];
    return m;
  }
};

void append(std::vector<double>& numbers, const Matrix& m) {
  for (const std::vector<double>& row : m) numbers.insert(numbers.end(), row.begin(), row.end());
}

void testMaps(const Tiles& shape, const Subject& subject, Report& report) {
  Maps input(shape, subject.random), gradient(shape, subject.random), output(shape, subject.random);
  std::vector<double> actual[3], expected[3];
  const size_t tiles = static_cast<size_t>(shape.blocks) * shape.count();
  const auto forEach = [&](auto f) {
    for (size_t tile = 0; tile < tiles; tile++)
      for (int lane = 0; lane < kLanes; lane++) f(tile, lane);
  };
  forEach([&](size_t tile, int lane) {
    append(expected[0], around(transposed(kB), input.pixelsOf(tile, lane, 4, 1)));
    append(expected[1], around(kA, gradient.pixelsOf(tile, lane, 2, 0)));
    append(expected[2], around(transposed(kA), output.transformed(tile, lane)));
  });
  subject.kernels.winogradInput(input.arguments);
  subject.kernels.winogradOutputGradient(gradient.arguments);
  subject.kernels.winogradOutput(output.arguments);
  forEach([&](size_t tile, int lane) {
    append(actual[0], input.transformed(tile, lane));
    append(actual[1], gradient.transformed(tile, lane));
    append(actual[2], output.pixelsOf(tile, lane, 2, 0));
  });
  const char* const names[] = {", tiles of the input", ", tiles of the output's gradient", ", output of tiles"};
  for (int i = 0; i < 3; i++)
    report.compare(subject.kernels.name + std::string(names[i]), actual[i], expected[i], 1e-5);
}

void testWeights(size_t count, size_t block, const Subject& subject, Report& report) {
  Tally tally;
  const size_t position = count * block;
  const AlignedFloats weights = aligned(tally, randomNumbers(subject.random, 9 * position));
  const AlignedFloats products = aligned(tally, randomNumbers(subject.random, kWinogradPositions * position));
  const AlignedFloats to(tally, products.size()),
      gradient = aligned(tally, {weights.data(), weights.data() + weights.size()});
  subject.kernels.winogradWeights(weights.data(), to.data(), count, block);
  subject.kernels.winogradWeightGradient(products.data(), gradient.data(), count, block);
  std::vector<double> actual[2], expected[2];
  for (size_t i = 0; i < position; i++) {
    Matrix own(3, std::vector<double>(3)), transform(4, std::vector<double>(4)), sum = own, now = own, made = transform;
    const size_t first = i / block * 9 * block + i % block;
    for (int k = 0; k < 9; k++) own[k / 3][k % 3] = weights.data()[first + k * block];
    for (int k = 0; k < 9; k++) now[k / 3][k % 3] = gradient.data()[first + k * block];
    for (int p = 0; p < kWinogradPositions; p++) transform[p / 4][p % 4] = products.data()[p * position + i];
    for (int p = 0; p < kWinogradPositions; p++) made[p / 4][p % 4] = to.data()[p * position + i];
    sum = around(transposed(kG), transform);
    for (int k = 0; k < 9; k++) sum[k / 3][k % 3] += own[k / 3][k % 3];
    append(expected[0], around(kG, own));
    append(actual[0], made);
    append(expected[1], sum);
    append(actual[1], now);
  }
  report.compare(subject.kernels.name + std::string(", transformed weights"), actual[0], expected[0], 1e-5);
  report.compare(subject.kernels.name + std::string(", gradient of transformed weights"), actual[1], expected[1], 1e-5);
}

void testOn(const Subject& subject, Report& report) {
  for (const Tiles& shape : kTested) testMaps(shape, subject, report);
  for (const size_t count : {1, 3, 6})
    for (const size_t floats : {kBlockWeights, 2 * kBlockWeights}) testWeights(count, floats, subject, report);
}

void test(const std::vector<Subject>& subjects, Report& report) {
  for (const Subject& subject : subjects) testOn(subject, report);
}

void bench(const Subject& subject) {
  for (const Tiles& shape : kTimed) {
    const Maps maps(shape, subject.random);
    const std::string text = std::to_string(shape.blocks) + " blocks of " + std::to_string(shape.count()) + " tiles";
    const double tiles = sizeof(float) * kWinogradPositions * static_cast<double>(shape.floats());
    const auto print = [&](const char* name, void (*kernel)(const WinogradArgs&)) {
      printPass(subject, name, text, tiles * 1.25, secondsOf([&] { kernel(maps.arguments); }));
    };
    print("Winograd's input", subject.kernels.winogradInput);
    print("Winograd's gradient of the output", subject.kernels.winogradOutputGradient);
    print("Winograd's output", subject.kernels.winogradOutput);
  }
}

}  // namespace

extern const Check winograd = {"winograd", test, bench};

}  // namespace netspace::checks
