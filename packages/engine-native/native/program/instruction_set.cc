#include "instruction_set.h"

#include "graph.h"

namespace netspace {

std::vector<const KernelTable*> supportedKernels() {
  std::vector<const KernelTable*> tables;
#ifdef NETSPACE_X86
  __builtin_cpu_init();
  const bool hasAvx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (hasAvx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512bw"))
    tables.push_back(&avx512::kernels);
  if (hasAvx2) tables.push_back(&avx2::kernels);
#endif
  tables.push_back(&baseline::kernels);
  return tables;
}

const KernelTable& chooseKernels(const std::string& name) {
  std::string names;
  for (const KernelTable* table : supportedKernels()) {
    if (name.empty() || name == table->name) return *table;
    names += (names.empty() ? "" : ", ") + std::string(table->name);
  }
  throw InvalidInput("NETSPACE_ISA", "this machine cannot run \"" + name + "\"; it can run " + names);
}

}  // namespace netspace
