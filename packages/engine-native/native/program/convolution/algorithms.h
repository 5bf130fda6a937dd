// The ways to compute a convolution. A new one is a file of its own and a line in the table of algorithms.cc.
#pragma once

#include <memory>
#include <vector>

#include "convolution.h"

namespace netspace {

struct Algorithm {
  // Whether it can compute the convolution.
  bool (*serves)(const ConvolutionShape&, const ConvolutionSetting&);
  // Whether it is faster then than those after it in the table.
  bool (*pays)(const ConvolutionShape&, const ConvolutionSetting&);
  std::unique_ptr<Convolution> (*make)(const ConvolutionShape&, const ConvolutionSetting&);
};

template <typename Kind>
std::unique_ptr<Convolution> makeConvolution(const ConvolutionShape& shape, const ConvolutionSetting& setting) {
  return std::make_unique<Kind>(shape, setting);
}

// In the order in which they are asked; the last one serves every convolution.
const std::vector<const Algorithm*>& algorithms();

// By the first algorithm that serves and pays.
std::unique_ptr<Convolution> chooseConvolution(const ConvolutionShape& shape, const ConvolutionSetting& setting);

}  // namespace netspace
