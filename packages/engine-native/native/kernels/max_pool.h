// Max pooling; see MaxPoolArgs. As in PyTorch, a NaN is larger than any number, and the last of several is taken.
#pragma once

#include "vector.h"

namespace netspace {
namespace NETSPACE_ISA {

// So many lanes that there are instructions to compare them and to choose by it: without, compilers take lanes apart.
#if defined(__AVX2__)
constexpr int kPoolLanes = 8;
#else
constexpr int kPoolLanes = 4;
#endif
typedef float PoolVector __attribute__((vector_size(kPoolLanes * sizeof(float)), may_alias));
typedef int PoolPlaces __attribute__((vector_size(kPoolLanes * sizeof(int))));

NETSPACE_INLINE PoolVector loadPool(const float* p) { return *reinterpret_cast<const PoolVector*>(p); }
NETSPACE_INLINE void storePool(float* p, PoolVector v) { *reinterpret_cast<PoolVector*>(p) = v; }

// Part of a map, clipped to it.
struct Window {
  int row, rowEnd, column, columnEnd;
};

// Calls f(output pixel, window).
template <typename F>
NETSPACE_INLINE void forEachWindow(const PoolShape& s, F f) {
  for (int r = 0; r < s.outHeight; r++)
    for (int c = 0; c < s.outWidth; c++) {
      const int row = r * s.stride - s.padding, column = c * s.stride - s.padding;
      f(r * s.outWidth + c, Window{row < 0 ? 0 : row, smaller(row + s.kernel, s.height), column < 0 ? 0 : column,
                                   smaller(column + s.kernel, s.width)});
    }
}

// Calls f(pixel of the map) for each one of a window, row by row.
template <typename F>
NETSPACE_INLINE void forEachPixel(const PoolShape& s, const Window& window, F f) {
  for (int r = window.row; r < window.rowEnd; r++)
    for (int c = window.column; c < window.columnEnd; c++) f(r * s.width + c);
}

// `own` where v is taken for `most`, else `other`: the first of equal numbers stays.
template <typename T>
NETSPACE_INLINE T whereMore(PoolVector v, PoolVector most, T own, T other) {
  const T larger = v > most ? own : other;
  return v != v ? own : larger;
}

NETSPACE_INLINE void poolLanes(const PoolShape& s, const float* x, float* out) {
  forEachWindow(s, [&](int pixel, const Window& window) __attribute__((always_inline)) {
    PoolVector most = PoolVector{} - __builtin_inff();
    forEachPixel(s, window, [&](int p) __attribute__((always_inline)) {
      const PoolVector v = loadPool(x + p * kLanes);
      most = whereMore(v, most, v, most);
    });
    storePool(out + pixel * kLanes, most);
  });
}

// The pixels of a window's largest values.
NETSPACE_INLINE PoolPlaces placesOfMost(const PoolShape& s, const Window& window, const float* x) {
  const int first = window.row * s.width + window.column;
  PoolPlaces place = PoolPlaces{} + first;
  PoolVector most = loadPool(x + first * kLanes);
  forEachPixel(s, window, [&](int p) __attribute__((always_inline)) {
    const PoolVector v = loadPool(x + p * kLanes);
    place = whereMore(v, most, PoolPlaces{} + p, place);
    most = whereMore(v, most, v, most);
  });
  return place;
}

NETSPACE_INLINE void poolLanesGradient(const PoolShape& s, const float* x, const float* dy, float* dx) {
  forEachWindow(s, [&](int pixel, const Window& window) __attribute__((always_inline)) {
    const PoolPlaces place = placesOfMost(s, window, x);
    const PoolVector gradient = loadPool(dy + pixel * kLanes);
    forEachPixel(s, window, [&](int p) __attribute__((always_inline)) {
      const PoolVector before = loadPool(dx + p * kLanes);
      storePool(dx + p * kLanes, place == p ? before + gradient : before);
    });
  });
}

void maxPool(const MaxPoolArgs& a) {
  for (int b = 0; b < a.blocks; b++)
    for (int lane = 0; lane < kLanes; lane += kPoolLanes)
      poolLanes(a.shape, a.x + b * a.xBlock + lane, a.out + b * a.outBlock + lane);
}

void maxPoolGradient(const MaxPoolGradientArgs& a) {
  for (int b = 0; b < a.blocks; b++) {
    float* dx = a.dx + b * a.dxBlock;
    if (!a.accumulate)
      for (int p = 0; p < a.shape.height * a.shape.width; p++) store(dx + p * kLanes, zeros());
    for (int lane = 0; lane < kLanes; lane += kPoolLanes)
      poolLanesGradient(a.shape, a.x + b * a.xBlock + lane, a.dy + b * a.dyBlock + lane, dx + lane);
  }
}

}  // namespace NETSPACE_ISA
}  // namespace netspace
