#include "layers.h"

#include "convolution/algorithms.h"

namespace netspace {

Layers::Layers(const Graph& graph, const ConvolutionSetting& setting) {
  for (size_t id = 0; id < graph.nodes.size(); id++) {
    const Node& node = graph.nodes[id];
    const int key = static_cast<int>(id);
    if (node.operation == Operation::kBatchNorm) norms[key] = std::make_unique<BatchNormLayer>(setting.tally, node);
    if (node.operation != Operation::kConv && node.operation != Operation::kLinear) continue;
    const ConvolutionShape shape = {
        graph.nodes[node.inputs[0]].shape, node.shape, node.kernel, node.stride, node.padding, node.groups};
    convolutions[key] = chooseConvolution(shape, setting);
    if (!node.bias.empty()) biases[key] = std::make_unique<BiasLayer>(setting.tally, node.shape.channels);
  }
}

}  // namespace netspace
