#include "instruction_set.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <mutex>

#include "graph.h"

namespace netspace {

namespace {

using Peak = double (*)(int64_t);

// GFLOPS of multiply-adds in registers, in a few microseconds.
double speedOf(Peak peak) {
  const auto start = std::chrono::steady_clock::now();
  const double operations = peak(1000);
  return operations / std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() * 1e-9;
}

// How many times as fast `one` multiplies as `other`: the best of some milliseconds of short runs in turns, since
// others use the core, and processors slow down for a while when wide registers are first used.
double ratioOf(Peak one, Peak other) {
  double bestOfOne = 0, bestOfOther = 0;
  for (int turn = 0; turn < 300; turn++) {
    bestOfOne = std::max(bestOfOne, speedOf(one));
    bestOfOther = std::max(bestOfOther, speedOf(other));
  }
  return bestOfOne / bestOfOther;
}

}  // namespace

// NETSPACE_AVX2, NETSPACE_AVX512 and NETSPACE_BFLOAT16 are defined where the addon has such kernels.
#ifdef NETSPACE_AVX512
namespace {

// `own` kernels, with tiles as wide as those of `tiles`.
template <typename Kernels>
Kernels widened(const Kernels& own, const TileKernels& tiles) {
  Kernels kernels = own;
  static_cast<TileKernels&>(kernels) = tiles;
  kernels.ofSingleBlocks = &own;
  return kernels;
}

bool hasAvx512() {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("avx512f") &&
         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw");
}

#ifdef NETSPACE_BFLOAT16
#ifdef NETSPACE_EMULATED
bool hasPairs() { return true; }
#else
bool hasPairs() { return __builtin_cpu_supports("avx512bf16") && __builtin_cpu_supports("avx512vbmi2"); }
#endif

const PairKernels& widePairs() {
  static const PairKernels pairs = widened(bfloat16_256::pairKernels, bfloat16_512::tileKernels);
  return pairs;
}
#endif

KernelTable half() {
  KernelTable kernels = avx512_256::kernels;
#ifdef NETSPACE_BFLOAT16
  if (hasPairs()) kernels.pairs = &bfloat16_256::pairKernels;
#endif
  return kernels;
}

KernelTable wide() {
  KernelTable kernels = widened(avx512_256::kernels, avx512_512::tileKernels);
  kernels.name = "avx512_512";
  kernels.interleaved = &avx512_512::interleavedKernels;
#ifdef NETSPACE_BFLOAT16
  if (hasPairs()) kernels.pairs = &widePairs();
#endif
  return kernels;
}

// Some machines take two passes for 512 bits: then 256 bits, with as many registers, are faster.
std::vector<const KernelTable*> avx512Kernels() {
  static const KernelTable of512 = wide(), of256 = half();
  static const bool wideIsFaster = ratioOf(of512.peak, of256.peak) > 1.5;
  if (wideIsFaster) return {&of512, &of256};
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
  if (speed == 0) speed = ratioOf(kernels.pairs->peak, kernels.peak);
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
