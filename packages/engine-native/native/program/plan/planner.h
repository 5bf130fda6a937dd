// From a graph to a program: which phase each step runs in, what is kept between phases and what is computed again, and
// where every buffer lies.
#pragma once

#include <memory>

#include "../program.h"
#include "../units.h"

namespace netspace {

enum class Purpose {
  kTrain,          // forward with batch statistics, loss, gradients of the parameters
  kStatistics,     // forward with batch statistics
  kEvaluate,       // forward with running statistics; loss and output where asked for
  kDifferentiate,  // as kTrain, from a given gradient of the output, with output and gradient of the input
};

inline bool usesBatchStatistics(Purpose purpose) { return purpose != Purpose::kEvaluate; }
inline bool takesGradients(Purpose purpose) { return purpose == Purpose::kTrain || purpose == Purpose::kDifferentiate; }

// What a program is planned for.
struct PlanSetting {
  const KernelTable& kernels;
  Purpose purpose;
  int batchSize, threads;
  bool bfloat16Storage = false;  // whether maps are kept in bfloat16 between phases, where batch statistics are used
};

// The program refers to the units' layers and the kernels, which must outlive it.
std::unique_ptr<Program> planProgram(const Graph& graph, const std::vector<Unit>& units, const PlanSetting& setting,
                                     Tally& tally);

}  // namespace netspace
