// Inference: convolutions with the batch normalisation, addition and ReLU after them folded in.
#pragma once

#include "../steps/steps.h"
#include "planner.h"
#include "program_builder.h"
#include "values.h"

namespace netspace {

class Activations;

class FoldedJoins {
 public:
  FoldedJoins(const Values& values, ProgramBuilder& builder, Activations& activations, const PlanSetting& setting);

  // Whether the join that reads a convolution's value computes it.
  bool isFolded(int id) const;
  // Whether the join computes a convolution.
  bool takes(const Unit& join) const;
  const Buffer* compute(const Unit& join, int phase);

 private:
  const Buffer* inputOf(const Term& term, int phase);
  void emitFolded(const Term& term, const Buffer* x, const Buffer* out, bool accumulate, bool relu, int phase);
  const Buffer* startSum(const Unit& join, const Term& term, int phase);
  bool isReadNoMore(int id, const Unit& join) const;

  const Values& values_;
  ProgramBuilder& builder_;
  Activations& activations_;
  const PlanSetting setting_;
};

}  // namespace netspace
