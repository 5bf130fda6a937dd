// Which kernels the machine can run.
#pragma once

#include <string>
#include <vector>

#include "../kernels/kernels.h"

namespace netspace {

// Fastest first; the last one runs everywhere.
std::vector<const KernelTable*> supportedKernels();

// The fastest, or the one that is named. Throws InvalidInput where the machine has no such one.
const KernelTable& chooseKernels(const std::string& name);

}  // namespace netspace
