// A network compiled for one batch size: layers, optimiser, programs, their memory and threads. Instances share
// nothing, so that each caller may have its own on a thread of its own.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>

#include "layers.h"
#include "plan/planner.h"

namespace netspace {

struct Optimizer {
  float momentum = 0;
  bool nesterov = false;
  float weightDecay = 0, batchNormWeightDecay = 0, biasWeightDecay = 0;
};

struct Options {
  bool bfloat16 = false;         // training multiplies in bfloat16
  bool bfloat16Storage = false;  // and keeps maps in it between phases
  int batchSize = 1;
  int threads = 1;
  Optimizer optimizer;
};

// Images [count, C, H, W] and labels [count].
struct Images {
  const float* images;
  const int32_t* labels;
  int count;
};

class Network {
 public:
  // Throws InvalidInput where the graph is not one.
  Network(Graph graph, const Options& options, const KernelTable& kernels);

  const Graph& graph() const { return graph_; }
  const Options& options() const { return options_; }
  size_t memoryBytes() const { return tally_.bytes(); }
  // How the convolution of a node is computed; null where the node is none.
  const ConvolutionPlan* planOf(int node) const;

  // By index in graph().tensors, in PyTorch's layout.
  void getTensor(size_t index, float* to) const;
  void setTensor(size_t index, const float* from);
  // Of the last differentiate(); parameters only.
  void getGradient(size_t index, float* to) const;
  // Parameters only.
  void getMomentum(size_t index, float* to) const;
  void setMomentum(size_t index, const float* from);

  void trainStep(const Images& batch, float rate, float labelSmoothing);
  void evaluate(const Images& batch);
  void updateStatistics(const Images& batch, float newWeight);
  void infer(const Images& batch, float* output);
  void differentiate(const Images& batch, const float* outputGradient, float* output, float* inputGradient);

  // Since they were last set.
  const Metrics& metrics() const { return metrics_; }
  void setMetrics(const Metrics& metrics) { metrics_ = metrics; }

 private:
  // Where a tensor of the graph lives.
  struct Tensor {
    Convolution* layer = nullptr;     // its weights, or
    Parameter* parameter = nullptr;   // a vector that is trained, or
    AlignedFloats* buffer = nullptr;  // one that is not
    size_t elements = 0;
  };

  void bindTensors();
  Tensor& bind(const std::string& name, size_t elements);
  std::unique_ptr<Program> plan(Purpose purpose);
  void reserve(const Program& program);
  void prepareWeights();
  void prepareEvaluation();
  void run(const Program& program, Context context);
  void updateParameters(float rate);
  void clearGradients();
  template <typename F>
  void forEachParameter(F f);

  Tally tally_;  // of the memory below
  const Graph graph_;
  const Options options_;
  const KernelTable& kernels_;
  Layers layers_;
  std::vector<Unit> units_;
  std::unordered_map<std::string, size_t> indices_;
  std::vector<Tensor> tensors_;
  std::unique_ptr<Program> train_, statistics_, evaluate_, differentiate_;
  AlignedFloats stored_;
  std::vector<ThreadMemory> threadMemory_;
  Team team_;
  bool weightsChanged_ = true;     // since `transposed` was made of them
  bool evaluationChanged_ = true;  // parameters or running statistics, since evaluation was prepared
  bool gradientsLeft_ = false;     // by differentiate(), to be read
  Metrics metrics_;
};

}  // namespace netspace
