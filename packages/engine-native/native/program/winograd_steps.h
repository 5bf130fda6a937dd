// The steps of convolutions that use Winograd's algorithm.
#pragma once

#include "steps.h"

namespace netspace::steps {

size_t winogradWorkFloats(const ConvolutionLayer& layer);
Step winogradConvolution(const KernelTable& k, const ConvolutionLayer& layer, Filter filter, B x, B y, B work);
Step winogradInputGradient(const KernelTable& k, const ConvolutionLayer& layer, B dy, B dx, bool accumulate, B work);
Step winogradWeightGradient(const KernelTable& k, const ConvolutionLayer& layer, B x, B dy, Partial<float> gradient,
                            B work);

}  // namespace netspace::steps
