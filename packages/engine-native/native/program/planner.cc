#include "planner.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

#include "steps.h"

namespace netspace {

namespace {

constexpr int kSlabPixels = 1024;
constexpr size_t kSlabFloats = 48 * 1024;  // of a value: several of them fit the second-level cache
constexpr int kMostSlabImages = 16;
constexpr int kMostSteps = 1 << 16;  // in a phase

// Into how many parts a phase cuts the batch, and how few images they have at least: adding up the sums of a part costs
// the more the shorter it is.
constexpr int kMostParts = 8;
constexpr int kLeastPartImages = 8;

class Planner {
 public:
  Planner(const Graph& graph, const std::vector<Unit>& units, const KernelTable& kernels, Purpose purpose,
          int batchSize, int threads)
      : graph_(graph),
        units_(units),
        kernels_(kernels),
        purpose_(purpose),
        batchSize_(batchSize),
        threads_(threads),
        program_(std::make_unique<Program>()),
        values_(graph.nodes.size()) {
    for (const Unit& unit : units)
      for (size_t t = 0; t < unit.terms.size(); t++)
        values_[unit.terms[t].value].readers.push_back({&unit, static_cast<int>(t)});
    for (const Unit& unit : units) {
      values_[unit.value].unit = &unit;
      int& most = mostBlocks_[unit.shape.pixels()];
      most = std::max(most, unit.shape.blocks());
    }
    for (size_t i = units.size(); i-- > 0;) values_[units[i].value].head = inHead(units[i]);
  }

  std::unique_ptr<Program> plan() {
    for (const Unit& unit : units_) planForward(unit);
    planOutput();
    if (differentiating())
      for (size_t i = units_.size(); i-- > 0;) planBackward(units_[i]);
    placeBuffers();
    return std::move(program_);
  }

 private:
  struct Reader {
    const Unit* unit;
    int term;
  };

  // What is known of a node's output.
  struct Value {
    const Unit* unit = nullptr;
    std::vector<Reader> readers;
    bool head = false;  // of one pixel, and nothing larger depends on it: computed in phases of its own
    int slabImages = 1;
    int phase = 0;                     // from which it can be had
    const Buffer* buffer = nullptr;    // where it is kept; null: computed where it is read
    bool differentiable = false;       // whether a gradient is wanted
    int gradientPhase = 0;             // from which its gradient can be had
    const Buffer* gradient = nullptr;  // for a join, of the sum before the ReLU
  };

  bool training() const { return purpose_ != Purpose::kEvaluate; }
  bool differentiating() const { return purpose_ == Purpose::kTrain || purpose_ == Purpose::kDifferentiate; }
  Value& value(int id) { return values_[id]; }

  // --- slabs: so many images that short maps make long loops ---

  bool inHead(const Unit& unit) {
    const std::vector<Reader>& readers = values_[unit.value].readers;
    return unit.shape.pixels() == 1 && std::all_of(readers.begin(), readers.end(), [&](const Reader& reader) {
             return values_[reader.unit->value].head;
           });
  }

  bool entersHead(int id) { return value(id).head && value(id).unit->kind == UnitKind::kAveragePool; }

  // Values of one size have the same; between large maps, those of one pixel have that of the map they come from.
  int slabImagesOf(const Unit& unit) {
    if (unit.shape.pixels() == 1 && !value(unit.value).head && unit.kind != UnitKind::kInput)
      return value(unit.terms[0].value).slabImages;
    const size_t floats = static_cast<size_t>(mostBlocks_[unit.shape.pixels()]) * kLanes * unit.shape.pixels();
    int images = 1;
    while (images < kMostSlabImages && images < batchSize_ && images * unit.shape.pixels() < kSlabPixels &&
           2 * images * floats <= kSlabFloats)
      images *= 2;
    return images;
  }

  // --- steps and buffers ---

  Phase& phaseAt(int phase) {
    if (static_cast<int>(program_->phases.size()) <= phase) program_->phases.resize(phase + 1);
    return program_->phases[phase];
  }

  const Buffer* newBuffer(const Shape& shape, int slabImages, int border = 0, Format format = Format::kFloats) {
    program_->buffers.emplace_back();
    Buffer& buffer = program_->buffers.back();
    buffer.shape = shape;
    buffer.border = border;
    buffer.format = format;
    buffer.slabImages = slabImages;
    return &buffer;
  }

  // What the steps of a layer need besides their operands, null: nothing.
  const Buffer* newWork(const ConvolutionLayer& layer, int slabImages) {
    const size_t floats = steps::workFloats(layer);
    return floats == 0
               ? nullptr
               : newBuffer({kLanes, 1, static_cast<int>(floats / (static_cast<size_t>(kLanes) * slabImages)) + 1},
                           slabImages);
  }

  void emit(int phase, std::initializer_list<const Buffer*> used, Step step) {
    emit(phase, std::vector<const Buffer*>(used), std::move(step));
  }

  void emit(int phase, const std::vector<const Buffer*>& used, Step step) {
    Phase& target = phaseAt(phase);
    for (const Buffer* buffer : used)
      if (buffer) const_cast<Buffer*>(buffer)->uses.push_back({phase, static_cast<int>(target.steps.size())});
    target.steps.push_back(std::move(step));
  }

  // Zeros for each part to sum up in; the step that adds them to the total must leave zeros.
  template <typename T>
  Partial<T> newPartial(int phase, size_t count) {
    constexpr size_t line = 64;
    size_t& bytes = phaseAt(phase).partialBytes;
    const Partial<T> partial = {bytes, nullptr};
    bytes += (count * sizeof(T) + line - 1) / line * line;
    return partial;
  }

  // As newPartial(), and added to the total after each part. Nothing else may have been added to the total before.
  template <typename T>
  Partial<T> newSum(int phase, T* total, size_t count) {
    Partial<T> partial = newPartial<T>(phase, count);
    partial.total = total;
    phaseAt(phase).add.push_back([partial, total, count](const Context& context) {
      if (partial.isTotal(context)) return;
      T* part = partial.of(context);
      for (size_t i = 0; i < count; i++) {
        total[i] += part[i];
        part[i] = 0;
      }
    });
    return partial;
  }

  // --- forward ---

  void planForward(const Unit& unit) {
    Value& own = value(unit.value);
    own.slabImages = slabImagesOf(unit);
    for (const Term& term : unit.terms) {
      if (term.norm && training()) planStatistics(term);
      const int wait = (term.norm && training()) || entersHead(term.value) ? 1 : 0;
      own.phase = std::max(own.phase, value(term.value).phase + wait);
      own.differentiable |= term.norm || unit.convolution || value(term.value).differentiable;
    }
    if (unit.kind == UnitKind::kInput) own.differentiable = purpose_ == Purpose::kDifferentiate;
    if (unit.kind == UnitKind::kInput || unit.kind == UnitKind::kScale) return;
    if (unit.kind == UnitKind::kJoin && unit.terms.size() == 1) return;
    if (isFolded(unit.value)) return;
    own.buffer = compute(unit, own.phase, 0);
  }

  void planStatistics(const Term& term) {
    const int phase = value(term.value).phase;
    const Buffer* y = read(term.value, phase, 0);
    BatchNormLayer& norm = *term.norm;
    const Partial<float> origin = newPartial<float>(phase, norm.padded);
    const Partial<double> sums = newPartial<double>(phase, 2 * static_cast<size_t>(norm.padded));
    emit(phase, {y}, steps::takeOrigin(*y, origin));
    emit(phase, {y}, steps::channelSums(kernels_, *y, origin, sums, true));
    phaseAt(phase).add.push_back([&norm, origin, sums, pixels = y->shape.pixels()](const Context& context) {
      norm.addStatistics(origin.of(context), sums.of(context), static_cast<double>(pixels) * context.partImages);
      std::fill_n(origin.of(context), norm.padded, 0.0f);
      std::fill_n(sums.of(context), 2 * static_cast<size_t>(norm.padded), 0.0);
    });
    phaseAt(phase).finish.push_back([&norm](const Context& context) {
      norm.finishStatistics(context.newWeight < 0 ? norm.momentum : context.newWeight);
    });
  }

  // A value with a border of zeros, in a buffer that the phase may read.
  const Buffer* read(int id, int phase, int border, Format format = Format::kFloats) {
    Value& source = value(id);
    if (source.buffer && border == 0 && format == Format::kFloats) return source.buffer;
    const Buffer*& known = read_[{id, phase, border, format}];
    if (!known)
      known =
          source.buffer ? copyOf(source.buffer, phase, border, format) : compute(*source.unit, phase, border, format);
    return known;
  }

  const Buffer* copyOf(const Buffer* buffer, int phase, int border, Format format) {
    const Buffer* out = newBuffer(buffer->shape, buffer->slabImages, border, format);
    emit(phase, {buffer, out}, steps::join(kernels_, {{buffer}}, false, *out));
    return out;
  }

  // Joins write any format; the one that has a slab in a row, if their terms have the same slabs.
  bool writes(const Unit& unit, int border, Format format) {
    if (unit.kind != UnitKind::kJoin)
      return format == Format::kFloats && (unit.kind != UnitKind::kScale || border == 0);
    return format != Format::kFlatPairs || std::all_of(unit.terms.begin(), unit.terms.end(), [&](const Term& term) {
             return value(term.value).slabImages == value(unit.value).slabImages;
           });
  }

  const Buffer* compute(const Unit& unit, int phase, int border, Format format = Format::kFloats) {
    if (unit.kind == UnitKind::kJoin && hasFolded(unit)) return computeFolded(unit, phase);
    if (!writes(unit, border, format)) return copyOf(read(unit.value, phase, 0), phase, border, format);
    std::vector<const Buffer*> in;
    for (const Term& term : unit.terms)
      in.push_back(read(term.value, phase, unit.convolution ? unit.convolution->forwardBorder() : 0,
                        multipliesPairs(unit) ? Format::kChannelPairs : Format::kFloats));
    const Buffer* out = newBuffer(unit.shape, value(unit.value).slabImages, border, format);
    const Buffer* work = unit.convolution ? newWork(*unit.convolution, out->slabImages) : nullptr;
    std::vector<const Buffer*> used = in;
    used.insert(used.end(), {out, work});
    emit(phase, used, forwardStep(unit, in, *out, work));
    if (unit.convolution) {
      phaseAt(phase).multiplyAdds += unit.convolution->multiplyAdds();
      finished_.insert(unit.value);
    }
    return out;
  }

  Step forwardStep(const Unit& unit, const std::vector<const Buffer*>& in, const Buffer& out, const Buffer* work) {
    switch (unit.kind) {
      case UnitKind::kInput: return steps::loadImages(kernels_, out);
      case UnitKind::kConvolution:
        return steps::convolution(kernels_, *unit.convolution, filterOf(unit), *in[0], out, work);
      case UnitKind::kScale: return steps::scale(*in[0], *in[1], out);
      case UnitKind::kSigmoid: return steps::sigmoid(*in[0], out);
      case UnitKind::kAveragePool: return steps::averagePool(*in[0], out);
      case UnitKind::kMaxPool: return steps::maxPool(unit, *in[0], out);
      case UnitKind::kJoin: break;
    }
    std::vector<steps::Source> terms;
    for (size_t t = 0; t < in.size(); t++) terms.push_back(sourceOf(unit.terms[t], in[t]));
    return steps::join(kernels_, terms, unit.relu, out);
  }

  bool multipliesPairs(const Unit& unit) { return unit.convolution && unit.convolution->pairs && differentiating(); }

  steps::Filter filterOf(const Unit& unit) {
    const ConvolutionLayer& layer = *unit.convolution;
    const AlignedFloats& weights = multipliesPairs(unit) ? layer.weightPairs : layer.forwardWeights();
    return {weights.data(), unit.bias ? unit.bias->bias.value.data() : nullptr};
  }

  static steps::Source sourceOf(const Term& term, const Buffer* buffer) {
    if (!term.norm) return {buffer};
    return {buffer, term.norm->scale.data(), term.norm->shift.data()};
  }

  // --- inference: convolutions with the batch normalisation, addition and ReLU after them folded in ---

  // Where the join must make borders of zeros, it needs a pass of its own anyway.
  bool isFolded(int id) {
    if (training() || !onlyNormalised(id)) return false;
    const Unit& join = *value(id).readers[0].unit;
    const std::vector<Reader>& readers = value(join.value).readers;
    return join.terms.size() > 1 || std::all_of(readers.begin(), readers.end(), [](const Reader& reader) {
             return !reader.unit->convolution || reader.unit->convolution->forwardBorder() == 0;
           });
  }

  bool hasFolded(const Unit& join) {
    return std::any_of(join.terms.begin(), join.terms.end(), [&](const Term& term) { return isFolded(term.value); });
  }

  // The folded convolution adds to the other term, if there is one.
  const Buffer* computeFolded(const Unit& join, int phase) {
    const bool first = isFolded(join.terms[0].value);
    const Term& term = join.terms[first ? 0 : 1];
    const Unit& unit = *value(term.value).unit;
    const Buffer* x = read(unit.terms[0].value, phase, unit.convolution->forwardBorder());
    const Buffer* out = join.terms.size() == 1 ? newBuffer(join.shape, value(join.value).slabImages)
                                               : startSum(join, join.terms[first ? 1 : 0], phase);
    emitFolded(unit, *term.norm, x, out, join.terms.size() > 1, join.relu, phase);
    return out;
  }

  void emitFolded(const Unit& unit, const BatchNormLayer& norm, const Buffer* x, const Buffer* out, bool accumulate,
                  bool relu, int phase) {
    program_->folded.emplace_back(*unit.convolution, unit.bias, norm);
    const FoldedConvolution& folded = program_->folded.back();
    const Buffer* work = newWork(*unit.convolution, out->slabImages);
    const steps::Filter filter = {folded.weights(), folded.bias(), accumulate, relu};
    emit(phase, {x, out, work}, steps::convolution(kernels_, *unit.convolution, filter, *x, *out, work));
    phaseAt(phase).multiplyAdds += unit.convolution->multiplyAdds();
    finished_.insert(unit.value);
  }

  // A buffer with the term's value, to be added to.
  const Buffer* startSum(const Unit& join, const Term& term, int phase) {
    const Value& other = value(term.value);
    if (!term.norm && other.buffer && isReadNoMore(term.value, join)) return other.buffer;
    const Buffer* out = newBuffer(join.shape, value(join.value).slabImages);
    if (isFolded(term.value)) {
      const Buffer* x = read(other.unit->terms[0].value, phase, other.unit->convolution->forwardBorder());
      emitFolded(*other.unit, *term.norm, x, out, false, false, phase);
      return out;
    }
    const Buffer* y = read(term.value, phase, 0);
    emit(phase, {y, out}, steps::join(kernels_, {sourceOf(term, y)}, false, *out));
    return out;
  }

  // Whether all other readers are convolutions that have been computed.
  bool isReadNoMore(int id, const Unit& join) {
    const std::vector<Reader>& readers = value(id).readers;
    return id != graph_.output && std::all_of(readers.begin(), readers.end(), [&](const Reader& reader) {
             return reader.unit == &join || finished_.count(reader.unit->value) > 0;
           });
  }

  void planOutput() {
    Value& output = value(graph_.output);
    const Buffer* result = read(graph_.output, output.phase, 0);
    if (purpose_ == Purpose::kEvaluate || purpose_ == Purpose::kDifferentiate)
      emit(output.phase, {result}, steps::storeOutput(*result, &Context::output));
    if (purpose_ == Purpose::kStatistics) return;
    const Buffer* gradient = purpose_ == Purpose::kEvaluate ? nullptr : newBuffer(result->shape, output.slabImages);
    if (purpose_ == Purpose::kDifferentiate) emit(output.phase, {gradient}, steps::loadGradient(kernels_, *gradient));
    else if (result->shape.pixels() == 1) planLoss(result, gradient, output.phase);
    output.gradient = gradient;
    if (training()) return;
    for (const Unit& unit : units_)
      for (const Term& term : unit.terms)
        if (term.norm) program_->prepare.push_back([norm = term.norm] { norm->useRunningStatistics(); });
    for (FoldedConvolution& folded : program_->folded) program_->prepare.push_back([&folded] { folded.fold(); });
  }

  void planLoss(const Buffer* logits, const Buffer* gradient, int phase) {
    const Partial<Metrics> metrics = newPartial<Metrics>(phase, 1);
    emit(phase, {logits, gradient}, steps::loss(*logits, gradient, metrics));
    phaseAt(phase).add.push_back([metrics](const Context& context) {
      *context.metrics += *metrics.of(context);
      *metrics.of(context) = {};
    });
  }

  // --- backward ---

  // Whether a convolution's value is read by batch normalisation alone: its gradient is computed where it is read.
  bool onlyNormalised(int id) {
    const Value& v = value(id);
    return v.unit->convolution && id != graph_.output && v.readers.size() == 1 &&
           v.readers[0].unit->terms[v.readers[0].term].norm;
  }

  // From when on a reader can give its share of the gradient.
  int sharePhase(const Reader& reader) {
    const bool wait = reader.unit->terms[reader.term].norm || entersHead(reader.unit->value);
    return value(reader.unit->value).gradientPhase + (wait ? 1 : 0);
  }

  bool reachesOutput(const Unit& unit) {
    if (unit.value == graph_.output) return true;
    const Value& own = value(unit.value);
    return std::any_of(own.readers.begin(), own.readers.end(),
                       [&](const Reader& r) { return live_.count(r.unit->value) > 0; });
  }

  void planBackward(const Unit& unit) {
    if (!reachesOutput(unit)) return;
    live_.insert({unit.value, true});
    Value& own = value(unit.value);
    own.gradientPhase = unit.value == graph_.output ? own.phase : 0;
    std::vector<Reader> readers;
    for (const Reader& reader : own.readers)
      if (live_.count(reader.unit->value)) readers.push_back(reader);
    // Those that leave pixels out come last: they can add to what is there.
    std::stable_partition(readers.begin(), readers.end(),
                          [](const Reader& r) { return !r.unit->convolution || r.unit->convolution->coversInput(); });
    for (const Reader& reader : readers) own.gradientPhase = std::max(own.gradientPhase, sharePhase(reader));
    if (onlyNormalised(unit.value)) return;
    std::vector<const Buffer*> parts;
    if (own.gradient) parts.push_back(own.gradient);
    const Buffer* sum = nullptr;  // of the shares that are computed here
    for (const Reader& reader : readers) addShare(own, reader, sum, parts);
    if (!own.differentiable) return;
    if (sum) parts.push_back(sum);
    finishGradient(unit, own, parts);
  }

  // A reader's share: its own gradient where it passes it on as it is, else a step that adds to `sum`.
  void addShare(Value& own, const Reader& reader, const Buffer*& sum, std::vector<const Buffer*>& parts) {
    const Unit& unit = *reader.unit;
    const int phase = own.gradientPhase;
    const Term& term = unit.terms[reader.term];
    if (unit.kind == UnitKind::kConvolution) return addConvolutionShare(own, unit, sum);
    if (!own.differentiable) return;
    if (unit.kind == UnitKind::kJoin && !term.norm) return parts.push_back(gradientOf(unit.value, phase, 0));
    if (unit.kind == UnitKind::kJoin) return parts.push_back(normGradient(term, unit, phase, 0));
    const bool accumulate = sum != nullptr;
    const Buffer* dy = gradientOf(unit.value, phase, 0);
    if (!sum) sum = newBuffer(own.unit->shape, own.slabImages);
    const auto in = [&](int t) { return read(unit.terms[t].value, phase, 0); };
    if (unit.kind == UnitKind::kScale && reader.term == 0)
      emit(phase, {dy, in(1), sum}, steps::scaleInputGradient(*dy, *in(1), *sum, accumulate));
    if (unit.kind == UnitKind::kScale && reader.term == 1)
      emit(phase, {dy, in(0), sum}, steps::scaleFactorGradient(*dy, *in(0), *sum, accumulate));
    if (unit.kind == UnitKind::kAveragePool) emit(phase, {dy, sum}, steps::averagePoolGradient(*dy, *sum, accumulate));
    if (unit.kind == UnitKind::kMaxPool)
      emit(phase, {in(0), dy, sum}, steps::maxPoolGradient(unit, *in(0), *dy, *sum, accumulate));
    if (unit.kind == UnitKind::kSigmoid) {
      const Buffer* y = read(unit.value, phase, 0);
      emit(phase, {y, dy, sum}, steps::sigmoidGradient(*y, *dy, *sum, accumulate));
    }
  }

  void addConvolutionShare(Value& own, const Unit& unit, const Buffer*& sum) {
    const int phase = own.gradientPhase;
    ConvolutionLayer& layer = *unit.convolution;
    const Buffer* work = newWork(layer, own.slabImages);
    planWeightGradient(own, unit, work, phase);
    if (unit.bias) planBiasGradient(*unit.bias, gradientOf(unit.value, phase, 0), phase);
    if (!own.differentiable) return;
    const bool accumulate = sum != nullptr;
    if (!sum) sum = newBuffer(own.unit->shape, own.slabImages);
    const Buffer* dy = layer.pairs ? gradientOf(unit.value, phase, layer.inputGradientBorder(), Format::kChannelPairs)
                                   : gradientOf(unit.value, phase, outputBorder(own, layer));
    emit(phase, {dy, sum, work}, steps::convolutionInputGradient(kernels_, layer, *dy, *sum, accumulate, work));
    phaseAt(phase).multiplyAdds += layer.multiplyAdds();
  }

  // The zeros that both gradients in float32, which read one buffer, need around the output's.
  static int outputBorder(const Value& input, const ConvolutionLayer& layer) {
    const int ofInput = input.differentiable || layer.winograd ? layer.inputGradientBorder() : 0;
    return std::max(ofInput, layer.weightGradientOutputBorder());
  }

  // In bfloat16 two pixels are summed up at once: of the whole slab where only its order counts.
  void planWeightGradient(const Value& input, const Unit& unit, const Buffer* work, int phase) {
    ConvolutionLayer& layer = *unit.convolution;
    const bool flat = layer.kernel == 1 && layer.stride == 1 && input.slabImages == value(unit.value).slabImages;
    const Format ofDy = !layer.pairs ? Format::kFloats : flat ? Format::kFlatPairs : Format::kPixelPairs;
    const Format ofX = layer.pairs && layer.stride == 2 ? Format::kStridedPairs : ofDy;
    const int border = layer.pairs ? layer.kernel / 2 : outputBorder(input, layer);
    const Buffer* dy = gradientOf(unit.value, phase, border, ofDy);
    const Buffer* x = read(input.unit->value, phase, layer.weightGradientBorder(), ofX);
    const AlignedFloats& total = layer.gradientTotal();
    const Partial<float> gradient = newSum(phase, total.data(), total.size());
    emit(phase, {x, dy, work}, steps::convolutionWeightGradient(kernels_, layer, *x, *dy, gradient, work));
    if (layer.winograd)
      phaseAt(phase).finish.push_back([&layer, &kernels = kernels_](const Context&) { layer.finishGradient(kernels); });
    phaseAt(phase).multiplyAdds += layer.multiplyAdds();
  }

  void planBiasGradient(BiasLayer& layer, const Buffer* dy, int phase) {
    const Partial<float> zeros = newPartial<float>(phase, layer.bias.size);
    const Partial<double> sums = newSum(phase, layer.sums.data(), layer.sums.size());
    emit(phase, {dy}, steps::channelSums(kernels_, *dy, zeros, sums, false));
    phaseAt(phase).finish.push_back([&layer](const Context&) { layer.finishGradient(); });
  }

  // The gradient of a value in a buffer that the phase may read.
  const Buffer* gradientOf(int id, int phase, int border, Format format = Format::kFloats) {
    Value& v = value(id);
    if (!onlyNormalised(id) && border == 0 && format == Format::kFloats) return v.gradient;
    const Buffer*& known = gradients_[{id, phase, border, format}];
    if (known) return known;
    if (!onlyNormalised(id)) return known = copyOf(v.gradient, phase, border, format);
    const Reader& reader = v.readers[0];
    return known = normGradient(reader.unit->terms[reader.term], *reader.unit, phase, border, format);
  }

  // dy = gradientScale * m + outputScale * y + gradientShift.
  const Buffer* normGradient(const Term& term, const Unit& join, int phase, int border,
                             Format format = Format::kFloats) {
    const Buffer* m = value(join.value).gradient;
    const Buffer* y = read(term.value, phase, 0);
    const Buffer* out = newBuffer(m->shape, m->slabImages, border, format);
    const BatchNormLayer& norm = *term.norm;
    const steps::Source ofM = {m, norm.gradientScale.data(), norm.gradientShift.data()};
    const steps::Source ofY = {y, norm.outputScale.data(), nullptr};
    emit(phase, {m, y, out}, steps::join(kernels_, {ofM, ofY}, false, *out));
    return out;
  }

  void sumUpTo(size_t most, std::vector<const Buffer*>& parts, int phase) {
    while (parts.size() > most) {
      const Buffer* sum = newBuffer(parts[0]->shape, parts[0]->slabImages);
      emit(phase, {parts[0], parts[1], sum}, steps::join(kernels_, {{parts[0]}, {parts[1]}}, false, *sum));
      parts.erase(parts.begin(), parts.begin() + 2);
      parts.push_back(sum);
    }
  }

  void finishGradient(const Unit& unit, Value& own, std::vector<const Buffer*>& parts) {
    const int phase = own.gradientPhase;
    const bool normalised = std::any_of(unit.terms.begin(), unit.terms.end(), [](const Term& t) { return t.norm; });
    if (unit.kind == UnitKind::kJoin && (unit.relu || normalised)) {
      sumUpTo(2, parts, phase);
      own.gradient = joinGradient(unit, parts, phase);
      return;
    }
    sumUpTo(1, parts, phase);
    own.gradient = parts[0];
    if (unit.kind == UnitKind::kInput)
      emit(phase, {own.gradient}, steps::storeOutput(*own.gradient, &Context::inputGradient));
  }

  const Buffer* joinGradient(const Unit& unit, const std::vector<const Buffer*>& parts, int phase) {
    steps::JoinGradient join;
    join.gradients = parts;
    std::vector<const Buffer*> used = parts;
    if (unit.relu) {
      const bool single = unit.terms.size() == 1;
      const Buffer* source = read(single ? unit.terms[0].value : unit.value, phase, 0);
      join.maskSource = single ? sourceOf(unit.terms[0], source) : steps::Source{source};
      join.mask = join.maskSource.scale ? Mask::kPositiveAffine : Mask::kPositive;
      used.push_back(source);
    }
    std::vector<BatchNormLayer*> norms;
    for (const Term& term : unit.terms) {
      if (!term.norm) continue;
      const Buffer* y = read(term.value, phase, 0);
      join.normalised.push_back({y, term.norm->mean.data()});
      norms.push_back(term.norm);
      used.push_back(y);
    }
    if (!norms.empty()) join.sums = planNormGradients(unit, norms, phase);
    const Buffer* m = newBuffer(unit.shape, value(unit.value).slabImages);
    used.push_back(m);
    emit(phase, used, steps::joinGradient(kernels_, join, *m));
    inPlace_.insert({phase, static_cast<int>(phaseAt(phase).steps.size()) - 1});
    return m;
  }

  // Where a part's sums go, and what is made of them at the end of the phase.
  Partial<double> planNormGradients(const Unit& unit, const std::vector<BatchNormLayer*>& norms, int phase) {
    const size_t padded = norms[0]->padded;
    program_->sums.emplace_back(padded * (1 + norms.size()));
    std::vector<double>& sums = program_->sums.back();
    const Partial<double> partial = newSum(phase, sums.data(), sums.size());
    phaseAt(phase).finish.push_back([&sums, norms, padded, pixels = unit.shape.pixels()](const Context& context) {
      for (size_t i = 0; i < norms.size(); i++)
        norms[i]->finishGradient(sums.data(), sums.data() + (1 + i) * padded,
                                 static_cast<double>(pixels) * context.batchImages);
      std::fill(sums.begin(), sums.end(), 0.0);
    });
    return partial;
  }

  // --- memory ---

  void placeBuffers() {
    for (size_t p = 0; p < program_->phases.size(); p++) {
      setTurn(static_cast<int>(p));
      setParts(program_->phases[p]);
    }
    std::vector<Buffer*> stored;
    std::map<int, std::vector<Placement*>> scratch;                  // by phase
    std::map<std::array<int, 5>, std::vector<Placement*>> bordered;  // by shape, border and format
    for (Buffer& buffer : program_->buffers) {
      if (buffer.uses.empty()) continue;
      const auto [first, last] = std::minmax_element(buffer.uses.begin(), buffer.uses.end(), earlier);
      const int phase = first->phase, begin = buffer.uses.front().step, end = buffer.uses.back().step;
      if (phase != last->phase) {
        buffer.place = Place::kStored;
        buffer.placement = {buffer.floats(batchSize_), phase, last->phase};
        stored.push_back(&buffer);
      } else if (buffer.border == 0) {
        buffer.placement = {buffer.floats(program_->phases[phase].turn), begin, end};
        scratch[phase].push_back(&buffer.placement);
      } else {
        buffer.place = Place::kBordered;
        buffer.placement = {buffer.floats(program_->phases[phase].turn), phase * kMostSteps + begin,
                            phase * kMostSteps + end};
        const Shape& s = buffer.shape;
        bordered[{s.channels, s.height, s.width, buffer.border, static_cast<int>(buffer.format)}].push_back(
            &buffer.placement);
      }
    }
    placeStored(stored);
    fetchStored(stored);
    for (auto& [phase, placements] : scratch)
      program_->scratchFloats = std::max(program_->scratchFloats, placeAll(placements));
    placeBordered(bordered);
  }

  // Where a buffer is read for the last time and another one is written in the same turn, the second takes the memory
  // of the first: it is in the cache.
  void placeStored(std::vector<Buffer*> buffers) {
    std::stable_sort(buffers.begin(), buffers.end(),
                     [](const Buffer* a, const Buffer* b) { return a->placement.first < b->placement.first; });
    std::map<Buffer*, Buffer*> owners;  // of the memory, by the last buffer that uses it
    std::vector<std::pair<Buffer*, Buffer*>> successions;
    std::vector<Placement*> placements;
    for (Buffer* buffer : buffers) {
      const auto before = std::find_if(owners.begin(), owners.end(),
                                       [&](const auto& entry) { return canSucceed(*entry.first, *buffer); });
      Buffer* owner = before == owners.end() ? buffer : before->second;
      if (owner == buffer) {
        placements.push_back(&buffer->placement);
      } else {
        successions.push_back({buffer, owner});
        owner->placement.last = buffer->placement.last;
        owners.erase(before);
      }
      owners[buffer] = owner;
    }
    program_->storedFloats = placeAll(placements);
    for (const auto& [buffer, owner] : successions) buffer->placement.offset = owner->placement.offset;
  }

  // Each phase fetches the stored buffers that it reads.
  void fetchStored(const std::vector<Buffer*>& buffers) {
    for (const Buffer* buffer : buffers) {
      const int written = std::min_element(buffer->uses.begin(), buffer->uses.end(), earlier)->phase;
      std::set<int> phases;
      for (const Buffer::Use& use : buffer->uses)
        if (use.phase != written && buffer->slabImages <= program_->phases[use.phase].turn) phases.insert(use.phase);
      for (const int phase : phases) program_->phases[phase].stored.push_back(buffer);
    }
  }

  static bool earlier(const Buffer::Use& a, const Buffer::Use& b) {
    return std::tie(a.phase, a.step) < std::tie(b.phase, b.step);
  }

  bool canSucceed(const Buffer& before, const Buffer& buffer) {
    const Buffer::Use last = *std::max_element(before.uses.begin(), before.uses.end(), earlier);
    const Buffer::Use first = *std::min_element(buffer.uses.begin(), buffer.uses.end(), earlier);
    return before.shape == buffer.shape && before.slabImages == buffer.slabImages && before.border == buffer.border &&
           last.phase == first.phase &&
           (last.step < first.step || (last.step == first.step && inPlace_.count({first.phase, first.step}) > 0));
  }

  // Buffers of one shape and border lie on one another exactly, or not at all: all get the size of the largest.
  void placeBordered(std::map<std::array<int, 5>, std::vector<Placement*>>& byShape) {
    size_t total = 0;
    for (auto& [shape, placements] : byShape) {
      size_t most = 0;
      for (const Placement* placement : placements) most = std::max(most, placement->floats);
      for (Placement* placement : placements) placement->floats = most;
      const size_t floats = placeAll(placements);
      for (Placement* placement : placements) placement->offset += total;
      total += floats;
    }
    for (int thread = 0; thread < threads_; thread++) program_->bordered.emplace_back(total);
  }

  // A turn is whole slabs. What enters or leaves the head is read and written image by image, and does not count.
  void setTurn(int phase) {
    int pixels = 1;
    for (int pass = 0; pass < 2; pass++)
      for (const Buffer& buffer : program_->buffers)
        for (const Buffer::Use& use : buffer.uses) {
          if (use.phase != phase) continue;
          int& turn = program_->phases[phase].turn;
          if (pass == 0) pixels = std::max(pixels, buffer.shape.pixels());
          else if (pixels == 1 || buffer.shape.pixels() > 1) turn = std::max(turn, buffer.slabImages);
        }
  }

  void setParts(Phase& phase) {
    const int images = std::max(kLeastPartImages, (batchSize_ + kMostParts - 1) / kMostParts);
    phase.partImages = (images + phase.turn - 1) / phase.turn * phase.turn;
    program_->partialBytes = std::max(program_->partialBytes, phase.partialBytes);
  }

  const Graph& graph_;
  const std::vector<Unit>& units_;
  const KernelTable& kernels_;
  const Purpose purpose_;
  const int batchSize_, threads_;
  std::unique_ptr<Program> program_;
  std::vector<Value> values_;
  std::map<int, int> mostBlocks_;          // of the values of so many pixels
  std::set<std::pair<int, int>> inPlace_;  // phases and steps that may write over what they read
  std::set<int> finished_;                 // values of convolutions that are computed
  std::map<int, bool> live_;               // values whose gradient the output depends on
  std::map<std::tuple<int, int, int, Format>, const Buffer*> read_, gradients_;  // by value, phase, border and format
};

}  // namespace

std::unique_ptr<Program> planProgram(const Graph& graph, const std::vector<Unit>& units, const KernelTable& kernels,
                                     Purpose purpose, int batchSize, int threads) {
  return Planner(graph, units, kernels, purpose, batchSize, threads).plan();
}

}  // namespace netspace
