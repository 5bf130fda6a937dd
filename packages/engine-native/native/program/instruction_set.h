// Which kernels the machine can run.
#pragma once

#include <string>
#include <vector>

#include "../kernels/kernels.h"

namespace netspace {

// Fastest first; the last one runs everywhere.
std::vector<const KernelTable*> supportedKernels();

// The fastest, or the one that is named; "avx512" is the faster of avx512_256 and avx512_512. Throws InvalidInput where
// the machine has no such one.
const KernelTable& chooseKernels(const std::string& name);

// How many times as fast as those in float32 multiply-adds in bfloat16 are, in registers: measured once, in a
// millisecond. 0 where there are no kernels for them.
double pairSpeed(const KernelTable& kernels);

}  // namespace netspace
