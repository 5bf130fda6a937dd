// The layers of a graph that have parameters, by node.
#pragma once

#include <map>
#include <memory>

#include "batch_norm_layer.h"
#include "bias_layer.h"
#include "convolution/convolution.h"

namespace netspace {

struct Layers {
  std::map<int, std::unique_ptr<Convolution>> convolutions;
  std::map<int, std::unique_ptr<BiasLayer>> biases;
  std::map<int, std::unique_ptr<BatchNormLayer>> norms;

  Layers(const Graph& graph, const ConvolutionSetting& setting);
};

}  // namespace netspace
