#include "algorithms.h"

namespace netspace {

// Each in the file of its name.
extern const Algorithm narrow, lanes, pairs, interleaved, oneBlock, winograd, direct;

const std::vector<const Algorithm*>& algorithms() {
  static const std::vector<const Algorithm*> table = {&narrow,   &lanes,    &pairs, &interleaved,
                                                      &oneBlock, &winograd, &direct};
  return table;
}

std::unique_ptr<Convolution> chooseConvolution(const ConvolutionShape& shape, const ConvolutionSetting& setting) {
  for (const Algorithm* algorithm : algorithms())
    if (algorithm->serves(shape, setting) && algorithm->pays(shape, setting)) return algorithm->make(shape, setting);
  return direct.make(shape, setting);
}

}  // namespace netspace
