// Winograd's F(2x2, 3x3) for convolutions of 3x3 with stride 1 and padding 1 (Lavin and Gray, Fast Algorithms for
// Convolutional Neural Networks, 2016, section 4.1): 16 multiplications a channel for a tile of 2 x 2 pixels, not 36.
//
//   output               Y  = A^T [sum over channels of (G w G^T) * (B^T d B)] A
//   gradient of weights  dw = G^T [sum over tiles of (A dy A^T) * (B^T d B)] G
//   where d is the 4 x 4 input pixels around the tile, and
//
//   B^T = 1  0 -1  0    G =  1    0    0     A^T = 1 1  1  0
//         0  1  1  0        1/2  1/2  1/2          0 1 -1 -1
//         0 -1  1  0        1/2 -1/2  1/2
//         0  1  0 -1         0    0    1
//
// Here are the transforms, bound by their loads and stores. In between, each of the 16 positions of a transformed tile
// is a 1x1 convolution over tiles, or its gradient: the kernels for those do it. The gradient of the input is a forward
// pass with the transposed weights.
#pragma once

#include "vector.h"

namespace netspace {
namespace NETSPACE_ISA {

// Calls f(first pixel, first transformed tile, row of tiles, block) for each row of tiles.
template <typename F>
NETSPACE_INLINE void forEachTileRow(const WinogradArgs& a, F f) {
  for (int b = 0; b < a.blocks; b++) {
    float* tile = a.tiles + b * a.tilesBlock;
    for (int n = 0; n < a.images; n++)
      for (int r = 0; r < a.rows; r++, tile += a.columns * kLanes)
        f(a.map + b * a.mapBlock + n * a.mapImage + 2 * r * a.mapRow, tile, r, b);
  }
}

// B^T d for four vectors, `stride` apart.
NETSPACE_INLINE void inputColumn(Vector (&v)[4], const float* x, ptrdiff_t stride) {
  const Vector d0 = load(x), d1 = load(x + stride), d2 = load(x + 2 * stride), d3 = load(x + 3 * stride);
  v[0] = d0 - d2;
  v[1] = d1 + d2;
  v[2] = d2 - d1;
  v[3] = d1 - d3;
}

// tiles = B^T d B. Two columns of a tile are the next tile's too, and stay in registers.
void winogradInput(const WinogradArgs& a) {
  forEachTileRow(a, [&](const float* map, float* tile, int, int) {
    const float* x = map - a.mapRow - kLanes;
    Vector column[4][4];
    inputColumn(column[0], x, a.mapRow);
    inputColumn(column[1], x + kLanes, a.mapRow);
    for (int c = 0; c < a.columns; c++, tile += kLanes) {
      x += 2 * kLanes;
      inputColumn(column[2], x, a.mapRow);
      inputColumn(column[3], x + kLanes, a.mapRow);
#pragma GCC unroll 4
      for (int i = 0; i < 4; i++) {
        float* out = tile + 4 * i * a.position;
        store(out, column[0][i] - column[2][i]);
        store(out + a.position, column[1][i] + column[2][i]);
        store(out + 2 * a.position, column[2][i] - column[1][i]);
        store(out + 3 * a.position, column[1][i] - column[3][i]);
        column[0][i] = column[2][i];
        column[1][i] = column[3][i];
      }
    }
  });
}

// tiles = A dy A^T.
void winogradOutputGradient(const WinogradArgs& a) {
  forEachTileRow(a, [&](const float* dy, float* tile, int, int) {
    for (int c = 0; c < a.columns; c++, tile += kLanes, dy += 2 * kLanes) {
      const Vector top[2] = {load(dy), load(dy + kLanes)};
      const Vector bottom[2] = {load(dy + a.mapRow), load(dy + a.mapRow + kLanes)};
      const Vector left[4] = {top[0], top[0] + bottom[0], top[0] - bottom[0], -bottom[0]};
      const Vector right[4] = {top[1], top[1] + bottom[1], top[1] - bottom[1], -bottom[1]};
#pragma GCC unroll 4
      for (int i = 0; i < 4; i++) {
        float* out = tile + 4 * i * a.position;
        store(out, left[i]);
        store(out + a.position, left[i] + right[i]);
        store(out + 2 * a.position, left[i] - right[i]);
        store(out + 3 * a.position, -right[i]);
      }
    }
  });
}

// map (+)= bias + A^T tiles A, where the map has pixels, and at least the floor.
template <bool Accumulate>
NETSPACE_INLINE void winogradOutputAs(const WinogradArgs& a) {
  forEachTileRow(a, [&](float* map, const float* tile, int r, int block) {
    const Vector bias = a.bias ? load(a.bias + block * kLanes) : zeros();
    const Vector floor = everywhere(a.floor);
    const int rows = smaller(2, a.height - 2 * r);
    for (int c = 0; c < a.columns; c++, tile += kLanes, map += 2 * kLanes) {
      Vector row[2][4];
#pragma GCC unroll 4
      for (int j = 0; j < 4; j++) {
        const float* m = tile + j * a.position;
        const Vector m1 = load(m + 4 * a.position), m2 = load(m + 8 * a.position);
        row[0][j] = load(m) + m1 + m2;
        row[1][j] = m1 - m2 - load(m + 12 * a.position);
      }
#pragma GCC unroll 2
      for (int i = 0; i < 2; i++) {
        if (i == rows) break;
        float* out = map + i * a.mapRow;
        const Vector left = bias + row[i][0] + row[i][1] + row[i][2];
        const Vector right = bias + row[i][1] - row[i][2] - row[i][3];
        store(out, atLeast(Accumulate ? left + load(out) : left, floor));
        out += kLanes;
        if (2 * c + 1 < a.width) store(out, atLeast(Accumulate ? right + load(out) : right, floor));
      }
    }
  });
}

void winogradOutput(const WinogradArgs& a) {
  if (a.accumulate) winogradOutputAs<true>(a);
  else winogradOutputAs<false>(a);
}

// to = G w G^T: from [count][9][floats] to [16][count][floats].
void winogradWeights(const float* from, float* to, size_t count, size_t floats) {
  const Vector half = zeros() + 0.5f;
  const size_t position = count * floats;
  for (size_t i = 0; i < position; i += kLanes) {
    const float* w = from + i / floats * 9 * floats + i % floats;
    Vector row[4][3];
#pragma GCC unroll 3
    for (int j = 0; j < 3; j++) {
      const Vector top = load(w + j * floats);
      const Vector middle = load(w + (3 + j) * floats);
      const Vector bottom = load(w + (6 + j) * floats);
      row[0][j] = top;
      row[1][j] = half * (top + middle + bottom);
      row[2][j] = half * (top - middle + bottom);
      row[3][j] = bottom;
    }
    float* u = to + i;
#pragma GCC unroll 4
    for (int k = 0; k < 4; k++, u += 4 * position) {
      store(u, row[k][0]);
      store(u + position, half * (row[k][0] + row[k][1] + row[k][2]));
      store(u + 2 * position, half * (row[k][0] - row[k][1] + row[k][2]));
      store(u + 3 * position, row[k][2]);
    }
  }
}

// to += G^T u G: from [16][count][floats] to [count][9][floats].
void winogradWeightGradient(const float* from, float* to, size_t count, size_t floats) {
  const Vector half = zeros() + 0.5f;
  const size_t position = count * floats;
  for (size_t i = 0; i < position; i += kLanes) {
    const float* u = from + i;
    Vector row[3][4];
#pragma GCC unroll 4
    for (int j = 0; j < 4; j++) {
      const Vector u1 = load(u + (4 + j) * position), u2 = load(u + (8 + j) * position);
      row[0][j] = load(u + j * position) + half * (u1 + u2);
      row[1][j] = half * (u1 - u2);
      row[2][j] = half * (u1 + u2) + load(u + (12 + j) * position);
    }
    float* w = to + i / floats * 9 * floats + i % floats;
#pragma GCC unroll 3
    for (int k = 0; k < 3; k++, w += 3 * floats) {
      store(w, load(w) + row[k][0] + half * (row[k][1] + row[k][2]));
      store(w + floats, load(w + floats) + half * (row[k][1] - row[k][2]));
      store(w + 2 * floats, load(w + 2 * floats) + half * (row[k][1] + row[k][2]) + row[k][3]);
    }
  }
}

}  // namespace NETSPACE_ISA
}  // namespace netspace
