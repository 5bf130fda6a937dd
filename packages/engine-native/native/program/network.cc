#include "network.h"

#include <algorithm>
#include <cstdio>

#include "instruction_set.h"

namespace netspace {

namespace {

// Multiply-adds in bfloat16 must be so many times as fast as those in float32 for training to gain: conversions and
// twice as many values a multiply-add cost some of it.
constexpr double kLeastPairSpeed = 1.5;

const KernelTable& kernelsFor(const Options& options, const KernelTable& kernels) {
  if (!options.bfloat16) return kernels;
  if (!kernels.pairs)
    throw InvalidInput("options.precision",
                       "bfloat16 needs a processor with AVX512_BF16 and the instruction set avx512, but this is " +
                           std::string(kernels.name));
  const double speed = pairSpeed(kernels);
  if (speed >= kLeastPairSpeed) return kernels;
  char text[160];
  std::snprintf(text, sizeof text,
                "bfloat16 would be slower than float32 here: its multiply-adds are %.2f times as fast on this "
                "processor, and must be at least %.1f times; use float32",
                speed, kLeastPairSpeed);
  throw InvalidInput("options.precision", text);
}

}  // namespace

Network::Network(Graph graph, const Options& options, const KernelTable& kernels)
    : graph_(std::move(graph)),
      options_(options),
      kernels_(kernelsFor(options, kernels)),
      layers_(graph_, {kernels, options.bfloat16, tally_}),
      units_(unitsOf(graph_, layers_)),
      threadMemory_(options.threads),
      team_(options.threads) {
  bindTensors();
  train_ = plan(Purpose::kTrain);
  statistics_ = plan(Purpose::kStatistics);
  evaluate_ = plan(Purpose::kEvaluate);
}

Network::Tensor& Network::bind(const std::string& name, size_t elements) {
  const auto found = indices_.find(name);
  if (found == indices_.end())
    throw InvalidInput("graph.parameters", "a node reads \"" + name + "\", which is not there");
  Tensor& tensor = tensors_[found->second];
  if (tensor.elements > 0) throw InvalidInput("graph.parameters", "\"" + name + "\" is read by two nodes");
  size_t declared = 1;
  for (const int size : graph_.tensors[found->second].shape) declared *= size;
  if (declared != elements)
    throw InvalidInput("graph.parameters", "\"" + name + "\" must have " + std::to_string(elements) +
                                               " elements, but has " + std::to_string(declared));
  tensor.elements = elements;
  return tensor;
}

void Network::bindTensors() {
  const Optimizer& optimizer = options_.optimizer;
  tensors_.resize(graph_.tensors.size());
  for (size_t i = 0; i < graph_.tensors.size(); i++) indices_[graph_.tensors[i].name] = i;
  for (auto& [id, layer] : layers_.convolutions) {
    bind(graph_.nodes[id].weight, layer->shape.weights()).layer = layer.get();
    layer->weights.decay = optimizer.weightDecay;
  }
  for (auto& [id, layer] : layers_.biases) {
    bind(graph_.nodes[id].bias, layer->channels).parameter = &layer->bias;
    layer->bias.decay = optimizer.biasWeightDecay;
  }
  for (auto& [id, layer] : layers_.norms) {
    const Node& node = graph_.nodes[id];
    bind(node.gamma, layer->channels).parameter = &layer->gamma;
    bind(node.beta, layer->channels).parameter = &layer->beta;
    bind(node.runningMean, layer->channels).buffer = &layer->runningMean;
    bind(node.runningVariance, layer->channels).buffer = &layer->runningVariance;
    layer->gamma.decay = layer->beta.decay = optimizer.batchNormWeightDecay;
  }
  for (size_t i = 0; i < tensors_.size(); i++)
    if (tensors_[i].elements == 0)
      throw InvalidInput("graph.parameters", "no node reads \"" + graph_.tensors[i].name + "\"");
}

std::unique_ptr<Program> Network::plan(Purpose purpose) {
  std::unique_ptr<Program> program = planProgram(
      graph_, units_, {kernels_, purpose, options_.batchSize, options_.threads, options_.bfloat16Storage}, tally_);
  reserve(*program);
  return program;
}

void Network::reserve(const Program& program) {
  const auto atLeast = [this](AlignedFloats& memory, size_t floats) {
    if (memory.size() >= floats) return;
    memory = AlignedFloats();  // before there is more
    memory = AlignedFloats(tally_, floats);
  };
  atLeast(stored_, program.storedFloats);
  for (ThreadMemory& own : threadMemory_) {
    atLeast(own.scratch, program.scratchFloats);
    atLeast(own.partials, program.partialBytes / sizeof(float));
  }
}

template <typename F>
void Network::forEachParameter(F f) {
  for (auto& [id, layer] : layers_.convolutions) f(layer->weights);
  for (auto& [id, layer] : layers_.biases) f(layer->bias);
  for (auto& [id, layer] : layers_.norms) f(layer->gamma), f(layer->beta);
}

const ConvolutionPlan* Network::planOf(int node) const {
  const auto found = layers_.convolutions.find(node);
  return found == layers_.convolutions.end() ? nullptr : &found->second->plan();
}

void Network::getTensor(size_t index, float* to) const {
  const Tensor& tensor = tensors_[index];
  if (tensor.layer) tensor.layer->unpack(tensor.layer->weights.value, to);
  else std::copy_n((tensor.parameter ? tensor.parameter->value : *tensor.buffer).data(), tensor.elements, to);
}

void Network::setTensor(size_t index, const float* from) {
  const Tensor& tensor = tensors_[index];
  if (tensor.layer) tensor.layer->pack(from, tensor.layer->weights.value);
  else std::copy_n(from, tensor.elements, (tensor.parameter ? tensor.parameter->value : *tensor.buffer).data());
  weightsChanged_ = evaluationChanged_ = true;
}

void Network::getGradient(size_t index, float* to) const {
  const Tensor& tensor = tensors_[index];
  if (tensor.layer) tensor.layer->unpack(tensor.layer->weights.gradient, to);
  else std::copy_n(tensor.parameter->gradient.data(), tensor.elements, to);
}

void Network::getMomentum(size_t index, float* to) const {
  const Tensor& tensor = tensors_[index];
  if (tensor.layer) tensor.layer->unpack(tensor.layer->weights.momentum, to);
  else std::copy_n(tensor.parameter->momentum.data(), tensor.elements, to);
}

void Network::setMomentum(size_t index, const float* from) {
  const Tensor& tensor = tensors_[index];
  if (tensor.layer) tensor.layer->pack(from, tensor.layer->weights.momentum);
  else std::copy_n(from, tensor.elements, tensor.parameter->momentum.data());
}

void Network::prepareWeights() {
  if (!weightsChanged_) return;
  for (auto& [id, layer] : layers_.convolutions) layer->prepareWeights();
  weightsChanged_ = false;
}

void Network::prepareEvaluation() {
  if (!evaluationChanged_) return;
  for (const auto& step : evaluate_->prepare) step();
  evaluationChanged_ = false;
}

void Network::run(const Program& program, Context context) {
  if (&program == evaluate_.get()) prepareEvaluation();
  else evaluationChanged_ = true;
  context.memory[static_cast<int>(Place::kStored)] = stored_.data();
  context.metrics = &metrics_;
  program.run(context, threadMemory_, team_);
}

namespace {

Context contextOf(const Images& batch) {
  Context context;
  context.inputs = batch.images;
  context.labels = batch.labels;
  context.batchImages = batch.count;
  return context;
}

}  // namespace

void Network::trainStep(const Images& batch, float rate, float labelSmoothing) {
  const FlushToZero flush;
  prepareWeights();
  clearGradients();
  Context context = contextOf(batch);
  context.labelSmoothing = labelSmoothing;
  run(*train_, context);
  updateParameters(rate);
}

void Network::updateParameters(float rate) {
  const Optimizer& o = options_.optimizer;
  forEachParameter([&](Parameter& p) {
    kernels_.update({p.value.data(), p.gradient.data(), p.momentum.data(), p.valid.data(), p.size, rate, o.momentum,
                     p.decay, o.nesterov});
  });
  weightsChanged_ = true;
}

void Network::evaluate(const Images& batch) {
  const FlushToZero flush;
  prepareWeights();
  run(*evaluate_, contextOf(batch));
}

void Network::updateStatistics(const Images& batch, float newWeight) {
  const FlushToZero flush;
  prepareWeights();
  Context context = contextOf(batch);
  context.newWeight = newWeight;
  run(*statistics_, context);
}

void Network::infer(const Images& batch, float* output) {
  const FlushToZero flush;
  prepareWeights();
  Context context = contextOf(batch);
  context.labels = nullptr;
  context.output = output;
  run(*evaluate_, context);
}

void Network::differentiate(const Images& batch, const float* outputGradient, float* output, float* inputGradient) {
  const FlushToZero flush;
  if (!differentiate_) differentiate_ = plan(Purpose::kDifferentiate);
  prepareWeights();
  clearGradients();
  Context context = contextOf(batch);
  context.labels = nullptr;
  context.outputGradient = outputGradient;
  context.output = output;
  context.inputGradient = inputGradient;
  run(*differentiate_, context);
  gradientsLeft_ = true;
}

// The update leaves none behind.
void Network::clearGradients() {
  if (!gradientsLeft_) return;
  forEachParameter([](Parameter& p) { std::fill_n(p.gradient.data(), p.size, 0.0f); });
  gradientsLeft_ = false;
}

}  // namespace netspace
