#include "read_graph.h"

#include <map>

namespace netspace {

namespace {

// A property of an object, with the path to it for errors.
struct Field {
  Napi::Value value;
  std::string path;

  [[noreturn]] void fail(const std::string& expected) const { throw InvalidInput(path, "must be " + expected); }

  Field operator[](const char* name) const {
    if (!value.IsObject()) fail("an object");
    return {value.As<Napi::Object>().Get(name), path + "." + name};
  }
  Field operator[](uint32_t index) const {
    return {value.As<Napi::Array>().Get(index), path + "[" + std::to_string(index) + "]"};
  }
  uint32_t length() const {
    if (!value.IsArray()) fail("an array");
    return value.As<Napi::Array>().Length();
  }
  int integer(int least) const {
    const double number = value.IsNumber() ? value.As<Napi::Number>().DoubleValue() : -1;
    if (!(number >= least && number <= 0x7fffffff) || number != static_cast<int>(number))
      fail("an integer >= " + std::to_string(least));
    return static_cast<int>(number);
  }
  float number() const {
    if (!value.IsNumber()) fail("a number");
    return value.As<Napi::Number>().FloatValue();
  }
  bool boolean() const {
    if (!value.IsBoolean()) fail("a boolean");
    return value.As<Napi::Boolean>().Value();
  }
  std::string text() const {
    if (!value.IsString()) fail("a string");
    return value.As<Napi::String>().Utf8Value();
  }
};

// Must match contracts' GraphNode, ParameterRole and BufferSpec.
const std::map<std::string, Operation>& operations() {
  static const std::map<std::string, Operation> byName = {
      {"input", Operation::kInput},          {"conv", Operation::kConv},
      {"batch_norm", Operation::kBatchNorm}, {"relu", Operation::kRelu},
      {"sigmoid", Operation::kSigmoid},      {"add", Operation::kAdd},
      {"scale", Operation::kScale},          {"global_average_pool", Operation::kGlobalAveragePool},
      {"max_pool", Operation::kMaxPool},     {"linear", Operation::kLinear},
  };
  return byName;
}

const std::map<std::string, Role>& roles() {
  static const std::map<std::string, Role> byName = {
      {"conv_weight", Role::kConvWeight},
      {"linear_weight", Role::kLinearWeight},
      {"bias", Role::kBias},
      {"batch_norm_gamma", Role::kGamma},
      {"batch_norm_beta", Role::kBeta},
      {"running_mean", Role::kRunningMean},
      {"running_variance", Role::kRunningVariance},
  };
  return byName;
}

template <typename T>
T named(const std::map<std::string, T>& byName, const Field& field) {
  const auto found = byName.find(field.text());
  if (found != byName.end()) return found->second;
  std::string names;
  for (const auto& [name, value] : byName) names += (names.empty() ? "" : ", ") + name;
  field.fail("one of " + names);
}

Shape readShape(const Field& shape) {
  return {shape["channels"].integer(1), shape["height"].integer(1), shape["width"].integer(1)};
}

Node readNode(const Field& field, uint32_t id) {
  Node node;
  node.operation = named(operations(), field["op"]);
  node.shape = readShape(field["shape"]);
  for (uint32_t i = 0; i < field["inputs"].length(); i++) {
    node.inputs.push_back(field["inputs"][i].integer(0));
    if (static_cast<uint32_t>(node.inputs.back()) >= id) field["inputs"][i].fail("the id of an earlier node");
  }
  if (node.operation == Operation::kConv || node.operation == Operation::kMaxPool) {
    node.kernel = field["kernel"].integer(1);
    node.stride = field["stride"].integer(1);
    node.padding = field["padding"].integer(0);
  }
  if (node.operation == Operation::kConv) node.groups = field["groups"].integer(1);
  if (node.operation == Operation::kConv || node.operation == Operation::kLinear) {
    node.weight = field["weight"].text();
    if (!field["bias"].value.IsUndefined()) node.bias = field["bias"].text();
  }
  if (node.operation == Operation::kBatchNorm) {
    node.epsilon = field["epsilon"].number();
    node.momentum = field["momentum"].number();
    node.gamma = field["gamma"].text();
    node.beta = field["beta"].text();
    node.runningMean = field["runningMean"].text();
    node.runningVariance = field["runningVariance"].text();
  }
  return node;
}

void readTensors(const Field& list, std::vector<TensorSpec>& tensors) {
  for (uint32_t i = 0; i < list.length(); i++) {
    TensorSpec spec;
    spec.name = list[i]["name"].text();
    spec.role = named(roles(), list[i]["role"]);
    for (uint32_t d = 0; d < list[i]["shape"].length(); d++) spec.shape.push_back(list[i]["shape"][d].integer(1));
    tensors.push_back(std::move(spec));
  }
}

size_t inputsOf(Operation operation) {
  if (operation == Operation::kInput) return 0;
  return operation == Operation::kAdd || operation == Operation::kScale ? 2 : 1;
}

// The shape that the operation makes of its inputs.
Shape shapeOf(const Node& node, const std::vector<Node>& nodes, const Field& field) {
  if (node.operation == Operation::kInput) return node.shape;
  const Shape& input = nodes[node.inputs[0]].shape;
  const auto windows = [&](int size) {
    const int room = size + 2 * node.padding - node.kernel;
    if (room < 0) field["kernel"].fail("at most the padded input");
    return room / node.stride + 1;
  };
  switch (node.operation) {
    case Operation::kConv:
      if (input.channels % node.groups != 0 || node.shape.channels % node.groups != 0)
        field["groups"].fail("a divisor of the channels");
      return {node.shape.channels, windows(input.height), windows(input.width)};
    case Operation::kMaxPool:
      if (2 * node.padding > node.kernel) field["padding"].fail("at most half the kernel");
      return {input.channels, windows(input.height), windows(input.width)};
    case Operation::kGlobalAveragePool: return {input.channels, 1, 1};
    case Operation::kLinear:
      if (input.pixels() != 1) field["inputs"].fail("a node of shape [channels, 1, 1]");
      return {node.shape.channels, 1, 1};
    case Operation::kAdd:
      if (!(nodes[node.inputs[1]].shape == input)) field["inputs"].fail("two nodes of one shape");
      return input;
    case Operation::kScale:
      if (!(nodes[node.inputs[1]].shape == Shape{input.channels, 1, 1}))
        field["inputs"].fail("a node and one of its channels' shape");
      return input;
    default: return input;
  }
}

void checkNode(const Node& node, const std::vector<Node>& nodes, const Field& field) {
  if (node.inputs.size() != inputsOf(node.operation)) field["inputs"].fail("as many as the operation takes");
  if ((node.operation == Operation::kInput) != nodes.empty())
    field["op"].fail("input in the first node and nowhere else");
  if (!(shapeOf(node, nodes, field) == node.shape)) field["shape"].fail("what the operation makes of its inputs");
}

}  // namespace

Graph readGraph(const Napi::Object& object) {
  const Field field = {object, "graph"};
  Graph graph;
  for (uint32_t id = 0; id < field["nodes"].length(); id++) {
    Node node = readNode(field["nodes"][id], id);
    checkNode(node, graph.nodes, field["nodes"][id]);
    graph.nodes.push_back(std::move(node));
  }
  if (graph.nodes.empty()) field["nodes"].fail("at least the input");
  graph.output = field["output"].integer(0);
  if (graph.output >= static_cast<int>(graph.nodes.size())) field["output"].fail("the id of a node");
  readTensors(field["parameters"], graph.tensors);
  readTensors(field["buffers"], graph.tensors);
  return graph;
}

namespace {

// float32 where there is nothing.
bool isBfloat16(const Field& precision) {
  if (precision.value.IsUndefined()) return false;
  const bool bfloat16 = precision.text() == "bfloat16";
  if (!bfloat16 && precision.text() != "float32") precision.fail("float32 or bfloat16");
  return bfloat16;
}

}  // namespace

Options readOptions(const Napi::Object& object) {
  const Field field = {object, "options"};
  Options options;
  options.batchSize = field["batchSize"].integer(1);
  options.bfloat16 = isBfloat16(field["precision"]);
  options.bfloat16Storage = isBfloat16(field["storage"]);
  const Field optimizer = field["optimizer"];
  options.optimizer.momentum = optimizer["momentum"].number();
  if (!(options.optimizer.momentum >= 0 && options.optimizer.momentum < 1)) optimizer["momentum"].fail("in [0, 1)");
  options.optimizer.nesterov = optimizer["nesterov"].boolean();
  const auto decay = [&](const char* name) {
    const float value = optimizer[name].number();
    if (!(value >= 0)) optimizer[name].fail(">= 0");
    return value;
  };
  options.optimizer.weightDecay = decay("weightDecay");
  options.optimizer.batchNormWeightDecay = decay("batchNormWeightDecay");
  options.optimizer.biasWeightDecay = decay("biasWeightDecay");
  return options;
}

}  // namespace netspace
