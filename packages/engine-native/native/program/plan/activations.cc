#include "activations.h"

#include <algorithm>

namespace netspace {

steps::Source sourceOf(const Term& term, const Buffer* buffer) {
  if (!term.norm) return {buffer};
  return {buffer, term.norm->scale.data(), term.norm->shift.data()};
}

Activations::Activations(Values& values, ProgramBuilder& builder, const PlanSetting& setting)
    : values_(values), builder_(builder), setting_(setting), folded_(values, builder, *this, setting) {}

void Activations::plan(const Unit& unit) {
  Value& own = values_[unit.value];
  const bool batchStatistics = usesBatchStatistics(setting_.purpose);
  for (const Term& term : unit.terms) {
    if (term.norm && batchStatistics) planStatistics(term);
    const int wait = (term.norm && batchStatistics) || values_.entersHead(term.value) ? 1 : 0;
    own.phase = std::max(own.phase, values_[term.value].phase + wait);
    own.differentiable |= term.norm || unit.convolution || values_[term.value].differentiable;
  }
  if (unit.kind == UnitKind::kInput) own.differentiable = setting_.purpose == Purpose::kDifferentiate;
  if (unit.kind == UnitKind::kInput || unit.kind == UnitKind::kScale) return;
  if (unit.kind == UnitKind::kJoin && unit.terms.size() == 1) return;
  if (folded_.isFolded(unit.value)) return;
  keep(unit, own);
}

// A convolution's value is computed in floats; the step that sums it up for batch normalisation keeps it in its format.
void Activations::keep(const Unit& unit, Value& own) {
  const Format format = values_.format(unit.value);
  if (!unit.convolution || format == Format::kFloats) {
    own.buffer = compute(unit, own.phase, {0, format});
    return;
  }
  own.fresh = compute(unit, own.phase, {});
  own.buffer = builder_.newBuffer(unit.shape, own.slabImages, 0, format);
}

void Activations::planStatistics(const Term& term) {
  const Value& value = values_[term.value];
  const int phase = value.phase;
  const Buffer* y = value.fresh ? value.fresh : read(term.value, phase);
  const Buffer* stored = value.fresh ? value.buffer : nullptr;
  BatchNormLayer& norm = *term.norm;
  const Partial<float> origin = builder_.newPartial<float>(phase, norm.padded);
  const Partial<double> sums = builder_.newPartial<double>(phase, 2 * static_cast<size_t>(norm.padded));
  builder_.emit(phase, {y}, steps::takeOrigin(*y, origin));
  builder_.emit(phase, {y, stored}, steps::channelSums(setting_.kernels, *y, origin, sums, true, stored));
  Phase& target = builder_.phaseAt(phase);
  target.add.push_back([&norm, origin, sums, pixels = y->shape.pixels()](const Context& context) {
    norm.addStatistics(origin.of(context), sums.of(context), static_cast<double>(pixels) * context.partImages);
    std::fill_n(origin.of(context), norm.padded, 0.0f);
    std::fill_n(sums.of(context), 2 * static_cast<size_t>(norm.padded), 0.0);
  });
  target.finish.push_back([&norm](const Context& context) {
    norm.finishStatistics(context.newWeight < 0 ? norm.momentum : context.newWeight);
  });
}

const Buffer* Activations::read(int id, int phase, Reading reading) {
  const Value& source = values_[id];
  if (source.buffer && reading.border == 0 && reading.format == source.buffer->format) return source.buffer;
  const Buffer*& known = read_[{id, phase, reading.border, reading.format}];
  if (!known) known = source.buffer ? copyOf(source.buffer, phase, reading) : compute(*source.unit, phase, reading);
  return known;
}

const Buffer* Activations::copyOf(const Buffer* buffer, int phase, Reading reading) {
  const Buffer* out = builder_.newBuffer(buffer->shape, buffer->slabImages, reading.border, reading.format);
  builder_.emit(phase, {buffer, out}, steps::join(setting_.kernels, {{buffer}}, false, *out));
  return out;
}

// Joins write any format; the one that has a slab in a row, if their terms have the same slabs.
bool Activations::writes(const Unit& unit, Reading reading) const {
  if (unit.kind != UnitKind::kJoin)
    return reading.format == Format::kFloats && (unit.kind != UnitKind::kScale || reading.border == 0);
  return reading.format != Format::kFlatPairs ||
         std::all_of(unit.terms.begin(), unit.terms.end(), [&](const Term& term) {
           return values_[term.value].slabImages == values_[unit.value].slabImages;
         });
}

const Buffer* Activations::compute(const Unit& unit, int phase, Reading reading) {
  if (unit.kind == UnitKind::kJoin && folded_.takes(unit)) return folded_.compute(unit, phase);
  if (!writes(unit, reading)) return copyOf(read(unit.value, phase), phase, reading);
  if (unit.kind == UnitKind::kConvolution) return computeConvolution(unit, phase, reading);
  const bool halves = unit.kind == UnitKind::kJoin &&
                      std::all_of(unit.terms.begin(), unit.terms.end(),
                                  [&](auto& term) { return values_.format(term.value) == Format::kChannelPairs; });
  std::vector<const Buffer*> in;
  for (const Term& term : unit.terms)
    in.push_back(read(term.value, phase, {0, halves ? Format::kChannelPairs : Format::kFloats}));
  const Buffer* out = builder_.newBuffer(unit.shape, values_[unit.value].slabImages, reading.border, reading.format);
  std::vector<const Buffer*> used = in;
  used.push_back(out);
  builder_.emit(phase, used, stepOf(unit, in, *out));
  return out;
}

const Buffer* Activations::computeConvolution(const Unit& unit, int phase, Reading reading) {
  const Convolution& layer = *unit.convolution;
  const bool training = takesGradients(setting_.purpose);
  const Buffer* x = read(unit.terms[0].value, phase, layer.forwardReading(training));
  const Buffer* out = builder_.newBuffer(unit.shape, values_[unit.value].slabImages, reading.border, reading.format);
  const AlignedFloats& weights = training ? layer.trainedWeights() : layer.inferenceWeights();
  emitForward(unit, {weights.data(), unit.bias ? unit.bias->bias.value.data() : nullptr}, x, out, phase);
  return out;
}

void Activations::emitForward(const Unit& unit, const Filter& filter, const Buffer* x, const Buffer* out, int phase) {
  const Convolution& layer = *unit.convolution;
  const Buffer* work = builder_.newWork(layer, out->slabImages);
  builder_.emitConvolution(phase, {x, out, work}, layer, layer.forward(filter, *x, *out, work));
  finished_.insert(unit.value);
}

Step Activations::stepOf(const Unit& unit, const std::vector<const Buffer*>& in, const Buffer& out) const {
  switch (unit.kind) {
    case UnitKind::kInput: return steps::loadImages(setting_.kernels, out);
    case UnitKind::kScale: return steps::scale(setting_.kernels, *in[0], *in[1], out);
    case UnitKind::kSigmoid: return steps::sigmoid(*in[0], out);
    case UnitKind::kAveragePool: return steps::averagePool(setting_.kernels, *in[0], out);
    case UnitKind::kMaxPool: return steps::maxPool(setting_.kernels, unit, *in[0], out);
    case UnitKind::kConvolution:
    case UnitKind::kJoin: break;
  }
  std::vector<steps::Source> terms;
  for (size_t t = 0; t < in.size(); t++) terms.push_back(sourceOf(unit.terms[t], in[t]));
  return steps::join(setting_.kernels, terms, unit.relu, out);
}

}  // namespace netspace
