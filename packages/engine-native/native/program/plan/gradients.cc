#include "gradients.h"

#include <algorithm>

namespace netspace {

Gradients::Gradients(Values& values, Activations& activations, ProgramBuilder& builder, const PlanSetting& setting)
    : values_(values), activations_(activations), builder_(builder), setting_(setting) {}

void Gradients::plan(const Unit& unit) {
  Value& own = values_[unit.value];
  const std::vector<Reader> readers = liveReadersOf(own);
  if (readers.empty() && !values_.isOutput(unit.value)) return;
  live_.insert(unit.value);
  own.gradientPhase = values_.isOutput(unit.value) ? own.phase : 0;
  for (const Reader& reader : readers) own.gradientPhase = std::max(own.gradientPhase, sharePhase(reader));
  if (values_.onlyNormalised(unit.value)) return;
  std::vector<const Buffer*> parts;
  if (own.gradient) parts.push_back(own.gradient);
  const Buffer* sum = nullptr;  // of the shares that are computed here
  for (const Reader& reader : readers) addShare(own, reader, sum, parts);
  if (!own.differentiable) return;
  if (sum) parts.push_back(sum);
  finish(unit, own, parts);
}

// Those that leave pixels out come last: they can add to what is there.
std::vector<Reader> Gradients::liveReadersOf(const Value& value) const {
  std::vector<Reader> readers;
  for (const Reader& reader : value.readers)
    if (live_.count(reader.unit->value)) readers.push_back(reader);
  std::stable_partition(readers.begin(), readers.end(), [](const Reader& reader) {
    return !reader.unit->convolution || reader.unit->convolution->shape.coversInput();
  });
  return readers;
}

// From when on a reader can give its share of the gradient.
int Gradients::sharePhase(const Reader& reader) const {
  const bool wait = reader.unit->terms[reader.term].norm || values_.entersHead(reader.unit->value);
  return values_[reader.unit->value].gradientPhase + (wait ? 1 : 0);
}

// A reader's share: its own gradient where it passes it on as it is, else a step that adds to `sum`.
void Gradients::addShare(Value& own, const Reader& reader, const Buffer*& sum, std::vector<const Buffer*>& parts) {
  const Unit& unit = *reader.unit;
  const Term& term = unit.terms[reader.term];
  if (unit.kind == UnitKind::kConvolution) return addConvolutionShare(own, unit, sum);
  if (!own.differentiable) return;
  if (unit.kind != UnitKind::kJoin) return addShareOfStep(own, reader, sum);
  parts.push_back(term.norm ? normGradient(term, unit, own.gradientPhase, {}) : values_[unit.value].gradient);
}

void Gradients::addShareOfStep(Value& own, const Reader& reader, const Buffer*& sum) {
  const Unit& unit = *reader.unit;
  const int phase = own.gradientPhase;
  const bool accumulate = sum != nullptr;
  const Buffer* dy = read(unit.value, phase);
  if (!sum) sum = builder_.newBuffer(own.unit->shape, own.slabImages);
  const auto in = [&](int t) { return activations_.read(unit.terms[t].value, phase); };
  if (unit.kind == UnitKind::kScale && reader.term == 0)
    builder_.emit(phase, {dy, in(1), sum}, steps::scaleInputGradient(setting_.kernels, *dy, *in(1), *sum, accumulate));
  if (unit.kind == UnitKind::kScale && reader.term == 1)
    builder_.emit(phase, {dy, in(0), sum}, steps::scaleFactorGradient(setting_.kernels, *dy, *in(0), *sum, accumulate));
  if (unit.kind == UnitKind::kAveragePool)
    builder_.emit(phase, {dy, sum}, steps::averagePoolGradient(setting_.kernels, *dy, *sum, accumulate));
  if (unit.kind == UnitKind::kMaxPool)
    builder_.emit(phase, {in(0), dy, sum},
                  steps::maxPoolGradient(setting_.kernels, unit, *in(0), *dy, *sum, accumulate));
  if (unit.kind == UnitKind::kSigmoid) {
    const Buffer* y = activations_.read(unit.value, phase);
    builder_.emit(phase, {y, dy, sum}, steps::sigmoidGradient(*y, *dy, *sum, accumulate));
  }
}

void Gradients::addConvolutionShare(Value& own, const Unit& unit, const Buffer*& sum) {
  const int phase = own.gradientPhase;
  const Convolution& layer = *unit.convolution;
  const Buffer* work = builder_.newWork(layer, own.slabImages);
  const bool sameSlabs = own.slabImages == values_[unit.value].slabImages;
  const GradientReadings readings = layer.gradientReadings(own.differentiable, sameSlabs);
  const Buffer* dy = read(unit.value, phase, readings.ofWeights);
  const Buffer* x = activations_.read(own.unit->value, phase, readings.input);
  planWeightGradient(unit, x, dy, work, phase);
  if (unit.bias) planBiasGradient(*unit.bias, read(unit.value, phase), phase);
  if (!own.differentiable) return;
  const bool accumulate = sum != nullptr;
  if (!sum) sum = builder_.newBuffer(own.unit->shape, own.slabImages);
  dy = read(unit.value, phase, readings.ofInput);
  builder_.emitConvolution(phase, {dy, sum, work}, layer, layer.inputGradient(*dy, *sum, accumulate, work));
}

void Gradients::planWeightGradient(const Unit& unit, const Buffer* x, const Buffer* dy, const Buffer* work, int phase) {
  Convolution& layer = *unit.convolution;
  const AlignedFloats& total = layer.gradientTotal();
  const Partial<float> gradient = builder_.newSum(phase, total.data(), total.size());
  builder_.emitConvolution(phase, {x, dy, work}, layer, layer.weightGradient(*x, *dy, gradient, work));
  if (layer.finishesGradient())
    builder_.phaseAt(phase).finish.push_back([&layer](const Context&) { layer.finishGradient(); });
}

void Gradients::planBiasGradient(BiasLayer& layer, const Buffer* dy, int phase) {
  const Partial<float> zeros = builder_.newPartial<float>(phase, layer.bias.size);
  const Partial<double> sums = builder_.newSum(phase, layer.sums.data(), layer.sums.size());
  builder_.emit(phase, {dy}, steps::channelSums(setting_.kernels, *dy, zeros, sums, false));
  builder_.phaseAt(phase).finish.push_back([&layer](const Context&) { layer.finishGradient(); });
}

// The gradient of a value in a buffer that the phase may read.
const Buffer* Gradients::read(int id, int phase, Reading reading) {
  const Value& value = values_[id];
  const bool kept = !values_.onlyNormalised(id);
  if (kept && reading.border == 0 && reading.format == value.gradient->format) return value.gradient;
  const Buffer*& known = read_[{id, phase, reading.border, reading.format}];
  if (known) return known;
  if (kept) return known = activations_.copyOf(value.gradient, phase, reading);
  const Reader& reader = value.readers[0];
  return known = normGradient(reader.unit->terms[reader.term], *reader.unit, phase, reading);
}

// dy = gradientScale * m + outputScale * y + gradientShift.
const Buffer* Gradients::normGradient(const Term& term, const Unit& join, int phase, Reading reading) {
  const bool halves = values_.gradientFormat(join) == Format::kChannelPairs;
  const Reading kept = {0, halves ? Format::kChannelPairs : Format::kFloats};
  const Buffer* m = values_[join.value].gradient;
  const Buffer* y = activations_.read(term.value, phase, kept);
  const Buffer* out = builder_.newBuffer(m->shape, m->slabImages, reading.border, reading.format);
  const BatchNormLayer& norm = *term.norm;
  const steps::Source ofM = {m, norm.gradientScale.data(), norm.gradientShift.data()};
  const steps::Source ofY = {y, norm.outputScale.data(), nullptr};
  builder_.emit(phase, {m, y, out}, steps::join(setting_.kernels, {ofM, ofY}, false, *out));
  return out;
}

// The first `count` parts in floats.
void Gradients::expand(std::vector<const Buffer*>& parts, size_t count, int phase) {
  for (size_t i = 0; i < std::min(count, parts.size()); i++)
    if (parts[i]->format != Format::kFloats) parts[i] = activations_.copyOf(parts[i], phase, {});
}

void Gradients::sumUpTo(size_t most, std::vector<const Buffer*>& parts, int phase) {
  if (parts.size() > most) expand(parts, parts.size(), phase);
  while (parts.size() > most) {
    const Buffer* sum = builder_.newBuffer(parts[0]->shape, parts[0]->slabImages);
    builder_.emit(phase, {parts[0], parts[1], sum},
                  steps::join(setting_.kernels, {{parts[0]}, {parts[1]}}, false, *sum));
    parts.erase(parts.begin(), parts.begin() + 2);
    parts.push_back(sum);
  }
}

void Gradients::finish(const Unit& unit, Value& own, std::vector<const Buffer*>& parts) {
  const int phase = own.gradientPhase;
  const bool normalised = std::any_of(unit.terms.begin(), unit.terms.end(), [](const Term& t) { return t.norm; });
  if (unit.kind == UnitKind::kJoin && (unit.relu || normalised)) {
    sumUpTo(2, parts, phase);
    own.gradient = joinGradient(unit, parts, phase);
    return;
  }
  sumUpTo(1, parts, phase);
  expand(parts, 1, phase);
  own.gradient = parts[0];
  if (unit.kind == UnitKind::kInput)
    builder_.emit(phase, {own.gradient}, steps::storeOutput(*own.gradient, &Context::inputGradient));
}

const Buffer* Gradients::joinGradient(const Unit& unit, std::vector<const Buffer*>& parts, int phase) {
  const Format format = values_.gradientFormat(unit);
  std::stable_partition(parts.begin(), parts.end(), [](const Buffer* p) { return p->format == Format::kFloats; });
  expand(parts, format == Format::kFloats ? parts.size() : 1, phase);
  steps::JoinGradient join;
  join.gradients = parts;
  std::vector<const Buffer*> used = parts;
  if (unit.relu) {
    const bool single = unit.terms.size() == 1;
    const Buffer* source = activations_.read(single ? unit.terms[0].value : unit.value, phase, {0, format});
    join.maskSource = single ? sourceOf(unit.terms[0], source) : steps::Source{source};
    join.mask = join.maskSource.scale ? Mask::kPositiveAffine : Mask::kPositive;
    used.push_back(source);
  }
  std::vector<BatchNormLayer*> norms;
  for (const Term& term : unit.terms) {
    if (!term.norm) continue;
    const Buffer* y = activations_.read(term.value, phase, {0, format});
    join.normalised.push_back({y, term.norm->mean.data()});
    norms.push_back(term.norm);
    used.push_back(y);
  }
  if (!norms.empty()) join.sums = planNormGradients(unit, norms, phase);
  const Buffer* m = builder_.newBuffer(unit.shape, values_[unit.value].slabImages, 0, format);
  used.push_back(m);
  builder_.emitInPlace(phase, used, steps::joinGradient(setting_.kernels, join, *m));
  return m;
}

// Where a part's sums go, and what is made of them at the end of the phase.
Partial<double> Gradients::planNormGradients(const Unit& unit, const std::vector<BatchNormLayer*>& norms, int phase) {
  const size_t padded = norms[0]->padded;
  CountedVector<double>& sums = builder_.newTotals(padded * (1 + norms.size()));
  const Partial<double> partial = builder_.newSum(phase, sums.data(), sums.size());
  builder_.phaseAt(phase).finish.push_back(
      [&sums, norms, padded, pixels = unit.shape.pixels()](const Context& context) {
        for (size_t i = 0; i < norms.size(); i++)
          norms[i]->finishGradient(sums.data(), sums.data() + (1 + i) * padded,
                                   static_cast<double>(pixels) * context.batchImages);
        std::fill(sums.begin(), sums.end(), 0.0);
      });
  return partial;
}

}  // namespace netspace
