// How the numbers of activations lie in memory: in float32, or in bfloat16 as Format::kChannelPairs, rounded to
// nearest, ties to even.
#pragma once

#include "vector.h"

namespace netspace {
namespace NETSPACE_ISA {

typedef uint32_t Words __attribute__((vector_size(32), may_alias));
typedef uint16_t HalfWords __attribute__((vector_size(16), may_alias));

// Eight significant bits of each number; what is no number stays none.
NETSPACE_INLINE HalfWords toBfloat16(Vector v) {
#if defined(__AVX512BF16__)
  HalfWords halves;
  asm("vcvtneps2bf16 %1, %0" : "=v"(halves) : "v"(v));
  return halves;
#else
  const Words bits = reinterpret_cast<Words>(v);
  const Words nearest = bits + 0x7fff + (bits >> 16 & 1);
  return __builtin_convertvector((v == v ? nearest : bits | 0x400000) >> 16, HalfWords);
#endif
}

NETSPACE_INLINE Vector ofBfloat16(const HalfWords& halves) {
#if defined(__AVX2__)
  Words words;  // compilers make four instructions of it
  asm("vpmovzxwd %1, %0" : "=v"(words) : "vm"(halves));
#else
  const Words words = __builtin_convertvector(halves, Words);
#endif
  return reinterpret_cast<Vector>(words << 16);
}

// Stores past the caches: what is not read again soon need not be fetched from memory before it is written. To be
// followed by finishStreams().
NETSPACE_INLINE void stream(HalfWords* to, HalfWords halves) {
#if defined(__AVX__)
  asm volatile("vmovntdq %1, %0" : "=m"(*to) : "x"(halves));
#else
  *to = halves;
#endif
}

NETSPACE_INLINE void finishStreams() {
#if defined(__AVX__)
  asm volatile("sfence" ::: "memory");
#endif
}

// Pixels of eight channels: `p` is where one would lie in a row of float32. keep() stores a pixel, in bfloat16 past the
// caches where it `streams`, and returns what it then is.
struct Floats {
  static NETSPACE_INLINE Vector load(const float* row, ptrdiff_t p) { return NETSPACE_ISA::load(row + p); }
  static NETSPACE_INLINE Vector keep(float* row, ptrdiff_t p, Vector v, bool) {
    NETSPACE_ISA::store(row + p, v);
    return v;
  }
};

struct Halves {
  static NETSPACE_INLINE Vector load(const float* row, ptrdiff_t p) {
    return ofBfloat16(*reinterpret_cast<const HalfWords*>(row + (p >> 1)));
  }
  static NETSPACE_INLINE Vector keep(float* row, ptrdiff_t p, Vector v, bool streams) {
    const HalfWords halves = toBfloat16(v);
    HalfWords* pixel = reinterpret_cast<HalfWords*>(row + (p >> 1));
    if (streams) stream(pixel, halves);
    else *pixel = halves;
    return ofBfloat16(halves);
  }
};

}  // namespace NETSPACE_ISA
}  // namespace netspace
