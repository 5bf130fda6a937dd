// Eight float32 lanes (two blocks of them where NETSPACE_WIDE is defined: registers of 512 bits), and what the kernels
// do with them. Written with the compilers' vector types, so that one source serves every instruction set: one AVX
// register, or two of SSE and NEON.
#pragma once

#include "kernels.h"

#define NETSPACE_INLINE inline __attribute__((always_inline))

namespace netspace {
namespace NETSPACE_ISA {

typedef float Vector __attribute__((vector_size(32), may_alias));
typedef float UnalignedVector __attribute__((vector_size(32), may_alias, aligned(4)));

// So many pixels of a block. Passes over maps take two at once where registers hold 512 bits.
template <int Count>
struct PixelsOf;
template <>
struct PixelsOf<1> {
  typedef Vector Lanes;
};
#if defined(__AVX512F__)
typedef float WideVector __attribute__((vector_size(64), may_alias, aligned(32)));
template <>
struct PixelsOf<2> {
  typedef WideVector Lanes;
};
constexpr int kPassPixels = 2;
#else
constexpr int kPassPixels = 1;
#endif
constexpr ptrdiff_t kPassLanes = kPassPixels * kLanes;
template <int Count>
using Pixels = typename PixelsOf<Count>::Lanes;

typedef double Doubles __attribute__((vector_size(64), may_alias, aligned(8)));

// How many Vectors the registers hold.
#if defined(__AVX512VL__)
constexpr int kRegisters = 32;
#elif defined(__AVX2__) || defined(__aarch64__)
constexpr int kRegisters = 16;
#else
constexpr int kRegisters = 8;
#endif

NETSPACE_INLINE Vector load(const float* p) { return *reinterpret_cast<const Vector*>(p); }
NETSPACE_INLINE Vector loadAnywhere(const float* p) { return *reinterpret_cast<const UnalignedVector*>(p); }
NETSPACE_INLINE void store(float* p, Vector v) { *reinterpret_cast<Vector*>(p) = v; }
NETSPACE_INLINE Vector zeros() { return Vector{}; }

NETSPACE_INLINE Vector broadcast(const float* p) {
#if defined(__AVX__)
  // Into one of the first sixteen registers: Zen 4 takes a unit of multiply-adds for a broadcast into the others.
  Vector v;
  asm volatile("vbroadcastss %1, %0" : "=x"(v) : "m"(*p));
  return v;
#else
  const float s = *p;
  return Vector{s, s, s, s, s, s, s, s};
#endif
}

// Words of 32 bits that hold the eight input channels of a pixel: a float32 each; or, where NETSPACE_PAIRS is defined,
// a pair of neighbours in bfloat16 each, and a multiply-add adds both products of two pairs.
#if defined(NETSPACE_PAIRS)
constexpr int kPixelWords = kLanes / 2;
#else
constexpr int kPixelWords = kLanes;
#endif
constexpr int kWordNumbers = kLanes / kPixelWords;
constexpr int wordsOf(int channels) { return (channels + kWordNumbers - 1) / kWordNumbers; }

#if defined(NETSPACE_PAIRS)
// sum += both products of two pairs. Where there is no instruction for it, by float32: for tests (scripts/emulate.mjs).
template <typename V>
NETSPACE_INLINE void addPairs(V& sum, V a, V b) {
#if defined(__AVX512BF16__)
  asm volatile("vdpbf16ps %2, %1, %0" : "+v"(sum) : "v"(a), "v"(b));
#else
  typedef uint32_t Bits __attribute__((vector_size(sizeof(V)), may_alias));
  const auto second = [](V pairs) { return reinterpret_cast<V>(reinterpret_cast<Bits>(pairs) & 0xffff0000); };
  const auto first = [](V pairs) { return reinterpret_cast<V>(reinterpret_cast<Bits>(pairs) << 16); };
  sum += second(a) * second(b);
  sum += first(a) * first(b);
#endif
}
#endif

// sum += a * b. Said in assembly where there is an instruction for it: left to themselves, compilers move sums that
// fill the registers about, or to memory.
NETSPACE_INLINE void multiplyAdd(Vector& sum, Vector a, Vector b) {
#if defined(NETSPACE_PAIRS)
  addPairs(sum, a, b);
#elif defined(__AVX512VL__)
  asm volatile("vfmadd231ps %2, %1, %0" : "+v"(sum) : "v"(a), "v"(b));
#elif defined(__FMA__)
  asm volatile("vfmadd231ps %2, %1, %0" : "+x"(sum) : "x"(a), "x"(b));
#else
  sum += a * b;
#endif
}

// max(v, floor), where a NaN stays one.
NETSPACE_INLINE Vector atLeast(Vector v, Vector floor) {
#if defined(__AVX__)
  return __builtin_ia32_maxps256(floor, v);
#else
  return v < floor ? floor : v;
#endif
}

#if defined(__AVX512F__)
NETSPACE_INLINE WideVector atLeast(WideVector v, WideVector floor) {
  asm("vmaxps %1, %2, %0" : "=v"(v) : "v"(v), "v"(floor));
  return v;
}
#endif

NETSPACE_INLINE Vector everywhere(float s) { return Vector{s, s, s, s, s, s, s, s}; }

// What a register of output channels holds: one block. lanes: of a row of weights; pixel, channel: words between the
// pixels and between the channels of what is broadcast. loadPixel(): of the gradient that meets what is broadcast.
struct OneBlock {
  using Register = Vector;
  static constexpr int blocks = 1, lanes = kLanes, pixel = kPixelWords, channel = 1;
  static NETSPACE_INLINE Register load(const float* p, ptrdiff_t) { return NETSPACE_ISA::load(p); }
  static NETSPACE_INLINE Register loadRow(const float* p) { return NETSPACE_ISA::load(p); }
  static NETSPACE_INLINE Register loadPixel(const float* p, ptrdiff_t) { return NETSPACE_ISA::load(p); }
  static NETSPACE_INLINE void store(float* p, ptrdiff_t, Register v) { NETSPACE_ISA::store(p, v); }
  static NETSPACE_INLINE void storeRow(float* p, Register v) { NETSPACE_ISA::store(p, v); }
  static NETSPACE_INLINE void storeFirst(float* p, Register v) { NETSPACE_ISA::store(p, v); }
  static NETSPACE_INLINE Register broadcast(const float* p) { return NETSPACE_ISA::broadcast(p); }
  static NETSPACE_INLINE Register atLeast(Register v, float floor) {
    return NETSPACE_ISA::atLeast(v, everywhere(floor));
  }
  static NETSPACE_INLINE void multiplyAdd(Register& sum, Register a, Register b) {
    NETSPACE_ISA::multiplyAdd(sum, a, b);
  }
};

#if defined(NETSPACE_WIDE)
// Two blocks, `second` apart in memory; 0: there is none but the first, and the rest may be anything.
struct TwoBlocks {
  using Register = WideVector;
  static constexpr int blocks = 2, lanes = 2 * kLanes, pixel = kPixelWords, channel = 1;
  static NETSPACE_INLINE Register load(const float* p, ptrdiff_t second) {
    return __builtin_shufflevector(NETSPACE_ISA::load(p), NETSPACE_ISA::load(p + second), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9,
                                   10, 11, 12, 13, 14, 15);
  }
  static NETSPACE_INLINE Register loadRow(const float* p) { return *reinterpret_cast<const Register*>(p); }
  static NETSPACE_INLINE Register loadPixel(const float* p, ptrdiff_t second) { return load(p, second); }
  static NETSPACE_INLINE void storeRow(float* p, Register v) { *reinterpret_cast<Register*>(p) = v; }
  static NETSPACE_INLINE void store(float* p, ptrdiff_t second, Register v) {
    storeFirst(p, v);
    NETSPACE_ISA::store(p + second, __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15));
  }
  static NETSPACE_INLINE void storeFirst(float* p, Register v) {
    NETSPACE_ISA::store(p, __builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7));
  }
  static NETSPACE_INLINE Register broadcast(const float* p) {
    Register v;
    asm volatile("vbroadcastss %1, %0" : "=v"(v) : "m"(*p));
    return v;
  }
  static NETSPACE_INLINE Register atLeast(Register v, float floor) { return v < floor ? Register{} + floor : v; }
  static NETSPACE_INLINE void multiplyAdd(Register& sum, Register a, Register b) {
#if defined(NETSPACE_PAIRS)
    addPairs(sum, a, b);
#else
    asm volatile("vfmadd231ps %2, %1, %0" : "+v"(sum) : "v"(a), "v"(b));
#endif
  }
};

using TileVector = TwoBlocks;
#else
using TileVector = OneBlock;
#endif

// v where condition > 0, else 0.
NETSPACE_INLINE Vector where(Vector condition, Vector v) { return condition > zeros() ? v : zeros(); }

// The same numbers for each of so many pixels.
template <int Count>
NETSPACE_INLINE Pixels<Count> repeat(Vector v) {
  if constexpr (Count == 1) return v;
  else return __builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7);
}

// The sum of the pixels.
NETSPACE_INLINE Vector total(Vector v) { return v; }
#if defined(__AVX512F__)
NETSPACE_INLINE WideVector where(WideVector condition, WideVector v) {
  return condition > WideVector{} ? v : WideVector{};
}
NETSPACE_INLINE Vector total(WideVector v) {
  return __builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7) +
         __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15);
}
#endif

NETSPACE_INLINE void addTo(double* sums, Vector v) {
  Doubles* target = reinterpret_cast<Doubles*>(sums);
  *target += __builtin_convertvector(v, Doubles);
}

constexpr int smaller(int a, int b) { return a < b ? a : b; }

// Cuts `total` into the fewest pieces of at most `most`, as equal as can be: `larger` of `size`, others of size - 1.
struct Split {
  int pieces, size, larger;
};
NETSPACE_INLINE Split split(int total, int most) {
  const int pieces = (total + most - 1) / most;
  const int size = (total + pieces - 1) / pieces;
  return {pieces, size, total - pieces * (size - 1)};
}

}  // namespace NETSPACE_ISA
}  // namespace netspace
