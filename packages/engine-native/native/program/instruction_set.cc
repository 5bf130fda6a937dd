#include "instruction_set.h"

#include <algorithm>
#include <chrono>

#include "graph.h"

namespace netspace {

#ifdef NETSPACE_X86
namespace {

// GFLOPS of multiply-adds in registers: the best of some short runs, since others may use the core.
double peakOf(const KernelTable& kernels) {
  double best = 0;
  for (int run = 0; run < 20; run++) {
    const auto start = std::chrono::steady_clock::now();
    const double operations = kernels.peak(1000);
    best = std::max(best, operations / std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return best * 1e-9;
}

bool hasAvx2() { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }

bool hasAvx512() {
  return hasAvx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw");
}

bool hasPairs() { return __builtin_cpu_supports("avx512bf16") && __builtin_cpu_supports("avx512vbmi2"); }

KernelTable withPairs(KernelTable kernels, const PairKernels& pairs) {
  if (hasPairs()) kernels.pairs = &pairs;
  return kernels;
}

// Some machines take two passes for 512 bits: then 256 bits, with as many registers, are faster.
std::vector<const KernelTable*> avx512Kernels() {
  static const KernelTable wide = withPairs(avx512_512::kernels, bfloat16_512::pairKernels);
  static const KernelTable half = withPairs(avx512_256::kernels, bfloat16_256::pairKernels);
  if (peakOf(wide) > 1.5 * peakOf(half)) return {&wide, &half};
  return {&half, &wide};
}

}  // namespace
#endif

std::vector<const KernelTable*> supportedKernels() {
  std::vector<const KernelTable*> tables;
#ifdef NETSPACE_X86
  __builtin_cpu_init();
  if (hasAvx512()) tables = avx512Kernels();
  if (hasAvx2()) tables.push_back(&avx2::kernels);
#endif
  tables.push_back(&baseline::kernels);
  return tables;
}

const KernelTable& chooseKernels(const std::string& name) {
  std::string names;
  for (const KernelTable* table : supportedKernels()) {
    const std::string own = table->name;
    if (name.empty() || name == own || name + "_" == own.substr(0, name.size() + 1)) return *table;
    names += (names.empty() ? "" : ", ") + own;
  }
  throw InvalidInput("NETSPACE_ISA", "this machine cannot run \"" + name + "\"; it can run " + names);
}

}  // namespace netspace
