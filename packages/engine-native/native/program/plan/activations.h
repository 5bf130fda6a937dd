// The forward pass: where values come from.
#pragma once

#include <map>
#include <set>
#include <tuple>

#include "folded_joins.h"
#include "planner.h"
#include "program_builder.h"
#include "values.h"

namespace netspace {

// Buffers by value or gradient, phase, border and format.
using BufferTable = std::map<std::tuple<int, int, int, Format>, const Buffer*>;

steps::Source sourceOf(const Term& term, const Buffer* buffer);

// A value is kept in a buffer, or it is made again in each phase that reads it: by its unit from what that reads, or as
// a copy with a border or in another format.
class Activations {
 public:
  Activations(Values& values, ProgramBuilder& builder, const PlanSetting& setting);

  // Plans the unit's value, and keeps it unless it is made where it is read.
  void plan(const Unit& unit);
  // The value as the phase may read it.
  const Buffer* read(int id, int phase, Reading reading = {});
  // A copy in another form.
  const Buffer* copyOf(const Buffer* buffer, int phase, Reading reading);
  // Emits a convolution that is computed here and never again.
  void emitForward(const Unit& unit, const Filter& filter, const Buffer* x, const Buffer* out, int phase);
  // Whether a convolution's value has been computed.
  bool isFinished(int id) const { return finished_.count(id) > 0; }

 private:
  void planStatistics(const Term& term);
  void keep(const Unit& unit, Value& own);
  bool writes(const Unit& unit, Reading reading) const;
  const Buffer* compute(const Unit& unit, int phase, Reading reading);
  const Buffer* computeConvolution(const Unit& unit, int phase, Reading reading);
  Step stepOf(const Unit& unit, const std::vector<const Buffer*>& in, const Buffer& out) const;

  Values& values_;
  ProgramBuilder& builder_;
  const PlanSetting setting_;
  FoldedJoins folded_;
  std::set<int> finished_;
  BufferTable read_;
};

}  // namespace netspace
