// A network as primitive operations in topological order: the C++ twin of contracts' NetworkGraph.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

namespace netspace {

struct Shape {
  int channels = 0, height = 0, width = 0;

  int pixels() const { return height * width; }
  int blocks() const { return (channels + 7) / 8; }
  size_t elements() const { return static_cast<size_t>(channels) * height * width; }
};

inline bool operator==(const Shape& a, const Shape& b) {
  return a.channels == b.channels && a.height == b.height && a.width == b.width;
}

enum class Operation {
  kInput,
  kConv,
  kBatchNorm,
  kRelu,
  kSigmoid,
  kAdd,
  kScale,
  kGlobalAveragePool,
  kMaxPool,
  kLinear
};

struct Node {
  Operation operation = Operation::kInput;
  std::vector<int> inputs;
  Shape shape;
  int kernel = 1, stride = 1, padding = 0, groups = 1;  // conv and max pool
  std::string weight, bias;                             // conv and linear; no bias: empty
  float epsilon = 0, momentum = 0;                      // batch norm, as the next two lines
  std::string gamma, beta;
  std::string runningMean, runningVariance;
};

enum class Role { kConvWeight, kLinearWeight, kBias, kGamma, kBeta, kRunningMean, kRunningVariance };

// A parameter or a buffer.
struct TensorSpec {
  std::string name;
  std::vector<int> shape;
  Role role = Role::kConvWeight;
};

struct Graph {
  std::vector<Node> nodes;
  int output = 0;
  std::vector<TensorSpec> tensors;  // parameters, then buffers
};

// An input that the caller can mend: `key` names it.
class InvalidInput : public std::runtime_error {
 public:
  InvalidInput(std::string key, const std::string& problem) : std::runtime_error(problem), key_(std::move(key)) {}
  const std::string& key() const { return key_; }

 private:
  std::string key_;
};

}  // namespace netspace
