// Eight float32 lanes, and what the kernels do with them. Written with the compilers' vector types, so that one source
// serves every instruction set: one AVX register, or two of SSE and NEON.
#pragma once

#include "kernels.h"

#define NETSPACE_INLINE inline __attribute__((always_inline))

namespace netspace {
namespace NETSPACE_ISA {

typedef float Vector __attribute__((vector_size(32), may_alias));
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

// sum += a * b. Said in assembly where there is an instruction for it: left to themselves, compilers move sums that fill
// the registers about, or to memory.
NETSPACE_INLINE void multiplyAdd(Vector& sum, Vector a, Vector b) {
#if defined(__AVX512VL__)
  asm volatile("vfmadd231ps %2, %1, %0" : "+v"(sum) : "v"(a), "v"(b));
#elif defined(__FMA__)
  asm volatile("vfmadd231ps %2, %1, %0" : "+x"(sum) : "x"(a), "x"(b));
#else
  sum += a * b;
#endif
}

// max(v, 0), where a NaN stays one.
NETSPACE_INLINE Vector positivePart(Vector v) {
#if defined(__AVX__)
  return __builtin_ia32_maxps256(zeros(), v);
#else
  return v < zeros() ? zeros() : v;
#endif
}

// v where condition > 0, else 0.
NETSPACE_INLINE Vector where(Vector condition, Vector v) { return condition > zeros() ? v : zeros(); }

NETSPACE_INLINE void addTo(double* sums, Vector v) {
  Doubles* target = reinterpret_cast<Doubles*>(sums);
  *target += __builtin_convertvector(v, Doubles);
}

constexpr int smaller(int a, int b) { return a < b ? a : b; }

// Cuts `total` into the fewest pieces of at most `most`, as equal as can be: `larger` pieces of `size`, the others of size - 1.
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
