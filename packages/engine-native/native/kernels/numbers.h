// How the numbers of activations lie in memory: in float32, or in bfloat16 as Format::kChannelPairs, rounded to
// nearest, ties to even.
#pragma once

#include "vector.h"

namespace netspace {
namespace NETSPACE_ISA {

// The bits of so many pixels, in words, and of their numbers in bfloat16, which lie at multiples of 16 bytes. (What is
// declared by `auto` or given to a template as a type loses that.)
template <int Count>
struct BitsOf {
  typedef uint32_t Words __attribute__((vector_size(32 * Count), may_alias));
  typedef uint16_t HalfWords __attribute__((vector_size(16 * Count), may_alias, aligned(16)));
};
template <int Count>
using Words = typename BitsOf<Count>::Words;
template <int Count>
using HalfWords = typename BitsOf<Count>::HalfWords;

// Eight significant bits of each number; what is no number stays none.
template <int Count>
NETSPACE_INLINE HalfWords<Count> toBfloat16(Pixels<Count> v) {
#if defined(__AVX512BF16__)
  HalfWords<Count> halves;
  asm("vcvtneps2bf16 %1, %0" : "=v"(halves) : "v"(v));
  return halves;
#else
  const Words<Count> bits = reinterpret_cast<Words<Count>>(v);
  const Words<Count> nearest = bits + 0x7fff + (bits >> 16 & 1);
  return __builtin_convertvector((v == v ? nearest : bits | 0x400000) >> 16, HalfWords<Count>);
#endif
}

template <int Count>
NETSPACE_INLINE Pixels<Count> ofBfloat16(const HalfWords<Count>& halves) {
#if defined(__AVX512VL__)
  Words<Count> words;  // compilers make four instructions of it
  asm("vpmovzxwd %1, %0" : "=v"(words) : "vm"(halves));
#elif defined(__AVX2__)
  Words<Count> words;
  asm("vpmovzxwd %1, %0" : "=x"(words) : "xm"(halves));
#else
  const Words<Count> words = __builtin_convertvector(halves, Words<Count>);
#endif
  return reinterpret_cast<Pixels<Count>>(words << 16);
}

// Stores past the caches: what is not read again soon need not be fetched from memory before it is written. To be
// followed by finishStreams().
NETSPACE_INLINE void stream(HalfWords<1>* to, HalfWords<1> halves) {
#if defined(__AVX__)
  asm volatile("vmovntdq %1, %0" : "=m"(*to) : "x"(halves));
#else
  *to = halves;
#endif
}

#if defined(__AVX512F__)
// Not at once: every second pixel of bfloat16 lies at a multiple of 16 bytes alone.
NETSPACE_INLINE void stream(HalfWords<2>* to, HalfWords<2> halves) {
  auto* pixels = reinterpret_cast<HalfWords<1>*>(to);
  stream(pixels, __builtin_shufflevector(halves, halves, 0, 1, 2, 3, 4, 5, 6, 7));
  stream(pixels + 1, __builtin_shufflevector(halves, halves, 8, 9, 10, 11, 12, 13, 14, 15));
}
#endif

NETSPACE_INLINE void finishStreams() {
#if defined(__AVX__)
  asm volatile("sfence" ::: "memory");
#endif
}

// Pixels of eight channels: `p` is where the first would lie in a row of float32. keep() stores them, in bfloat16 past
// the caches where it `streams`, and returns what they then are.
struct Floats {
  template <int Count>
  static NETSPACE_INLINE Pixels<Count> load(const float* row, ptrdiff_t p) {
    return *reinterpret_cast<const Pixels<Count>*>(row + p);
  }
  template <int Count>
  static NETSPACE_INLINE Pixels<Count> keep(float* row, ptrdiff_t p, Pixels<Count> v, bool) {
    *reinterpret_cast<Pixels<Count>*>(row + p) = v;
    return v;
  }
};

struct Halves {
  template <int Count>
  static NETSPACE_INLINE Pixels<Count> load(const float* row, ptrdiff_t p) {
    return ofBfloat16<Count>(*reinterpret_cast<const HalfWords<Count>*>(row + (p >> 1)));
  }
  template <int Count>
  static NETSPACE_INLINE Pixels<Count> keep(float* row, ptrdiff_t p, Pixels<Count> v, bool streams) {
    const HalfWords<Count> halves = toBfloat16<Count>(v);
    HalfWords<Count>* pixels = reinterpret_cast<HalfWords<Count>*>(row + (p >> 1));
    if (streams) stream(pixels, halves);
    else *pixels = halves;
    return ofBfloat16<Count>(halves);
  }
};

}  // namespace NETSPACE_ISA
}  // namespace netspace
