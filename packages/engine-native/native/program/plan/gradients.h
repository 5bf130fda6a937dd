// The backward pass: where gradients come from.
#pragma once

#include <set>

#include "activations.h"

namespace netspace {

// The gradient of a value is kept in a buffer. That of a convolution whose value batch normalisation alone reads is
// made of the normalisation's where it is read; so are copies with a border or in another format.
class Gradients {
 public:
  Gradients(Values& values, Activations& activations, ProgramBuilder& builder, const PlanSetting& setting);

  // Plans the gradient of the unit's value, and of the parameters of those that read it. To be called from the output
  // to the input.
  void plan(const Unit& unit);

 private:
  std::vector<Reader> liveReadersOf(const Value& value) const;
  int sharePhase(const Reader& reader) const;
  void addShare(Value& own, const Reader& reader, const Buffer*& sum, std::vector<const Buffer*>& parts);
  void addShareOfStep(Value& own, const Reader& reader, const Buffer*& sum);
  void addConvolutionShare(Value& own, const Unit& unit, const Buffer*& sum);
  void planWeightGradient(const Unit& unit, const Buffer* x, const Buffer* dy, const Buffer* work, int phase);
  void planBiasGradient(BiasLayer& layer, const Buffer* dy, int phase);
  const Buffer* read(int id, int phase, Reading reading = {});
  const Buffer* normGradient(const Term& term, const Unit& join, int phase, Reading reading);
  void expand(std::vector<const Buffer*>& parts, size_t count, int phase);
  void sumUpTo(size_t most, std::vector<const Buffer*>& parts, int phase);
  void finish(const Unit& unit, Value& own, std::vector<const Buffer*>& parts);
  const Buffer* joinGradient(const Unit& unit, std::vector<const Buffer*>& parts, int phase);
  Partial<double> planNormGradients(const Unit& unit, const std::vector<BatchNormLayer*>& norms, int phase);

  Values& values_;
  Activations& activations_;
  ProgramBuilder& builder_;
  const PlanSetting setting_;
  std::set<int> live_;  // values whose gradient the output depends on
  BufferTable read_;
};

}  // namespace netspace
