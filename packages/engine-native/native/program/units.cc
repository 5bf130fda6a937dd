#include "units.h"

namespace netspace {

namespace {

class Joiner {
 public:
  Joiner(const Graph& graph, const Layers& layers) : graph_(graph), layers_(layers), consumers_(graph.nodes.size()) {
    for (size_t id = 0; id < graph.nodes.size(); id++)
      for (const int input : graph.nodes[id].inputs) consumers_[input].push_back(static_cast<int>(id));
  }

  std::vector<Unit> units() const {
    std::vector<Unit> units;
    for (size_t id = 0; id < graph_.nodes.size(); id++)
      if (!absorbed(static_cast<int>(id))) units.push_back(unitOf(static_cast<int>(id)));
    return units;
  }

 private:
  bool is(int id, Operation operation) const { return graph_.nodes[id].operation == operation; }

  // Whether the node's one reader takes it over: batch normalisation by an addition or ReLU, an addition by a ReLU.
  bool absorbed(int id) const {
    if (id == graph_.output || consumers_[id].size() != 1) return false;
    const int reader = consumers_[id][0];
    if (is(id, Operation::kBatchNorm)) return is(reader, Operation::kAdd) || is(reader, Operation::kRelu);
    return is(id, Operation::kAdd) && is(reader, Operation::kRelu);
  }

  Term termOf(int id) const {
    if (is(id, Operation::kBatchNorm) && absorbed(id)) return {graph_.nodes[id].inputs[0], layers_.norms.at(id).get()};
    return {id, nullptr};
  }

  std::vector<Term> joinTerms(int id) const {
    const Node& node = graph_.nodes[id];
    if (node.operation == Operation::kBatchNorm) return {{node.inputs[0], layers_.norms.at(id).get()}};
    if (node.operation == Operation::kAdd) return {termOf(node.inputs[0]), termOf(node.inputs[1])};
    const int input = node.inputs[0];
    if (is(input, Operation::kAdd) && absorbed(input)) return joinTerms(input);
    return {termOf(input)};
  }

  Unit unitOf(int id) const {
    const Node& node = graph_.nodes[id];
    Unit unit;
    unit.value = id;
    unit.shape = node.shape;
    for (const int input : node.inputs) unit.terms.push_back({input, nullptr});
    switch (node.operation) {
      case Operation::kInput: unit.kind = UnitKind::kInput; break;
      case Operation::kConv:
      case Operation::kLinear: {
        unit.kind = UnitKind::kConvolution;
        unit.convolution = layers_.convolutions.at(id).get();
        const auto bias = layers_.biases.find(id);
        if (bias != layers_.biases.end()) unit.bias = bias->second.get();
        break;
      }
      case Operation::kBatchNorm:
      case Operation::kAdd:
      case Operation::kRelu:
        unit.kind = UnitKind::kJoin;
        unit.terms = joinTerms(id);
        unit.relu = node.operation == Operation::kRelu;
        break;
      case Operation::kScale: unit.kind = UnitKind::kScale; break;
      case Operation::kSigmoid: unit.kind = UnitKind::kSigmoid; break;
      case Operation::kGlobalAveragePool: unit.kind = UnitKind::kAveragePool; break;
      case Operation::kMaxPool:
        unit.kind = UnitKind::kMaxPool;
        unit.kernel = node.kernel;
        unit.stride = node.stride;
        unit.padding = node.padding;
        break;
    }
    return unit;
  }

  const Graph& graph_;
  const Layers& layers_;
  std::vector<std::vector<int>> consumers_;
};

}  // namespace

std::vector<Unit> unitsOf(const Graph& graph, const Layers& layers) { return Joiner(graph, layers).units(); }

}  // namespace netspace
