#include "folded_joins.h"

#include <algorithm>

#include "activations.h"

namespace netspace {

FoldedJoins::FoldedJoins(const Values& values, ProgramBuilder& builder, Activations& activations,
                         const PlanSetting& setting)
    : values_(values), builder_(builder), activations_(activations), setting_(setting) {}

// Where the join must make borders of zeros, it needs a pass of its own anyway.
bool FoldedJoins::isFolded(int id) const {
  if (usesBatchStatistics(setting_.purpose) || !values_.onlyNormalised(id)) return false;
  const Unit& join = *values_[id].readers[0].unit;
  const std::vector<Reader>& readers = values_[join.value].readers;
  return join.terms.size() > 1 || std::all_of(readers.begin(), readers.end(), [](const Reader& reader) {
           return !reader.unit->convolution || reader.unit->convolution->forwardReading(false).border == 0;
         });
}

bool FoldedJoins::takes(const Unit& join) const {
  return std::any_of(join.terms.begin(), join.terms.end(), [&](const Term& term) { return isFolded(term.value); });
}

// The folded convolution adds to the other term, if there is one.
const Buffer* FoldedJoins::compute(const Unit& join, int phase) {
  const bool first = isFolded(join.terms[0].value), sum = join.terms.size() > 1;
  const Term& term = join.terms[first ? 0 : 1];
  const Buffer* x = inputOf(term, phase);  // before its memory may be added to
  const Buffer* out = sum ? startSum(join, join.terms[first ? 1 : 0], phase)
                          : builder_.newBuffer(join.shape, values_[join.value].slabImages);
  emitFolded(term, x, out, sum, join.relu, phase);
  return out;
}

const Buffer* FoldedJoins::inputOf(const Term& term, int phase) {
  const Unit& unit = *values_[term.value].unit;
  return activations_.read(unit.terms[0].value, phase, unit.convolution->forwardReading(false));
}

void FoldedJoins::emitFolded(const Term& term, const Buffer* x, const Buffer* out, bool accumulate, bool relu,
                             int phase) {
  const Unit& unit = *values_[term.value].unit;
  builder_.program().folded.emplace_back(builder_.tally, *unit.convolution, unit.bias, *term.norm);
  const FoldedConvolution& folded = builder_.program().folded.back();
  activations_.emitForward(unit, {folded.weights(), folded.bias(), accumulate, relu}, x, out, phase);
}

// A buffer with the term's value, to be added to.
const Buffer* FoldedJoins::startSum(const Unit& join, const Term& term, int phase) {
  const Value& other = values_[term.value];
  if (!term.norm && other.buffer && isReadNoMore(term.value, join)) return other.buffer;
  const Buffer* out = builder_.newBuffer(join.shape, values_[join.value].slabImages);
  if (isFolded(term.value)) {
    emitFolded(term, inputOf(term, phase), out, false, false, phase);
    return out;
  }
  const Buffer* y = activations_.read(term.value, phase);
  builder_.emit(phase, {y, out}, steps::join(setting_.kernels, {sourceOf(term, y)}, false, *out));
  return out;
}

// Whether all other readers are convolutions that have been computed.
bool FoldedJoins::isReadNoMore(int id, const Unit& join) const {
  const std::vector<Reader>& readers = values_[id].readers;
  return !values_.isOutput(id) && std::all_of(readers.begin(), readers.end(), [&](const Reader& reader) {
    return reader.unit == &join || activations_.isFinished(reader.unit->value);
  });
}

}  // namespace netspace
