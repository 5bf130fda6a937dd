#include "instruction_set.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>

#include "graph.h"

namespace netspace {

namespace {

// GFLOPS of multiply-adds in registers: the best of some short runs, since others may use the core.
double peakOf(double (*peak)(int64_t)) {
  double best = 0;
  for (int run = 0; run < 20; run++) {
    const auto start = std::chrono::steady_clock::now();
    const double operations = peak(1000);
    best = std::max(best, operations / std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  return best * 1e-9;
}

}  // namespace

// NETSPACE_AVX2, NETSPACE_AVX512 and NETSPACE_BFLOAT16 are defined where the addon has such kernels.
#ifdef NETSPACE_AVX512
namespace {

bool hasAvx512() {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("avx512f") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw");
}

#ifdef NETSPACE_BFLOAT16
KernelTable withPairs(KernelTable kernels, const PairKernels& pairs) {
  if (__builtin_cpu_supports("avx512bf16") && __builtin_cpu_supports("avx512vbmi2")) kernels.pairs = &pairs;
  return kernels;
}
KernelTable wide() { return withPairs(avx512_512::kernels, bfloat16_512::pairKernels); }
KernelTable half() { return withPairs(avx512_256::kernels, bfloat16_256::pairKernels); }
#else
KernelTable wide() { return avx512_512::kernels; }
KernelTable half() { return avx512_256::kernels; }
#endif

// Some machines take two passes for 512 bits: then 256 bits, with as many registers, are faster.
std::vector<const KernelTable*> avx512Kernels() {
  static const KernelTable of512 = wide(), of256 = half();
  if (peakOf(of512.peak) > 1.5 * peakOf(of256.peak)) return {&of512, &of256};
  return {&of256, &of512};
}

}  // namespace
#endif

std::vector<const KernelTable*> supportedKernels() {
  std::vector<const KernelTable*> tables;
#ifdef NETSPACE_X86
  __builtin_cpu_init();
#endif
#ifdef NETSPACE_AVX512
  if (hasAvx512()) tables = avx512Kernels();
#endif
#ifdef NETSPACE_AVX2
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) tables.push_back(&avx2::kernels);
#endif
  tables.push_back(&baseline::kernels);
  return tables;
}

double pairSpeed(const KernelTable& kernels) {
  if (!kernels.pairs) return 0;
  static std::mutex mutex;
  static std::map<const PairKernels*, double> known;
  const std::lock_guard<std::mutex> lock(mutex);
  double& speed = known[kernels.pairs];
  if (speed == 0) speed = peakOf(kernels.pairs->peak) / peakOf(kernels.peak);
  return speed;
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
