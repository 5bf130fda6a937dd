// The multiply-add peak of one core: independent chains in registers of the instruction set's full width. With
// NETSPACE_PAIRS, of pairs in bfloat16.
#pragma once

#include "vector.h"

namespace netspace {
namespace NETSPACE_ISA {

#if defined(NETSPACE_WIDE)
typedef float Wide __attribute__((vector_size(64)));
constexpr int kChains = 24;
#elif defined(__AVX2__)
typedef float Wide __attribute__((vector_size(32)));
constexpr int kChains = kRegisters == 32 ? 24 : 12;
#else
typedef float Wide __attribute__((vector_size(16)));
constexpr int kChains = 12;
#endif

double peak(int64_t rounds) {
  Wide sum[kChains], factor = Wide{} + 0.5f;
#if !defined(__AVX512BF16__)
  const Wide addend = Wide{} + 1.0f;
#endif
#pragma GCC unroll 24
  for (int i = 0; i < kChains; i++) sum[i] = Wide{} + static_cast<float>(i);
  for (int64_t round = 0; round < rounds; round++) {
#pragma GCC unroll 24
    for (int i = 0; i < kChains; i++) {
#if defined(__AVX512BF16__)
      asm volatile("vdpbf16ps %1, %1, %0" : "+v"(sum[i]) : "v"(factor));
#else
      sum[i] = sum[i] * factor + addend;
#endif
#if defined(__AVX512F__)
      asm volatile("" : "+v"(sum[i]));
#elif defined(__x86_64__)
      asm volatile("" : "+x"(sum[i]));
#else
      asm volatile("" : "+w"(sum[i]));
#endif
    }
  }
  Wide total = sum[0];
#pragma GCC unroll 24
  for (int i = 1; i < kChains; i++) total += sum[i];
  volatile float result = total[0];
  (void)result;
  return static_cast<double>(rounds) * kChains * 2 * kWordNumbers * static_cast<double>(sizeof(Wide) / sizeof(float));
}

}  // namespace NETSPACE_ISA
}  // namespace netspace
