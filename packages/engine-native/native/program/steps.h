// The steps of a program: each binds a kernel to buffers and layers. All write over their output, or add to it where
// they have `accumulate`. Buffers and layers must outlive the step.
#pragma once

#include "../kernels/kernels.h"
#include "layers.h"
#include "program.h"
#include "units.h"

namespace netspace::steps {

using B = const Buffer&;

struct Source {
  const Buffer* buffer;
  const float* scale = nullptr;  // per channel; null: the buffer as it is
  const float* shift = nullptr;
};

// The block that is not full, -1 where all are, and how many channels it has.
int lastBlock(const Shape& shape);
int lastChannels(const Shape& shape);

Step loadImages(const KernelTable& k, B out);
Step storeOutput(B value, float* Context::* target);
Step loadGradient(const KernelTable& k, B out);

// What a convolution multiplies with, and what becomes of its sums.
struct Filter {
  const float* weights;         // as ConvolutionLayer::forwardWeights()
  const float* bias = nullptr;  // [B * 8]; null: none
  bool accumulate = false, relu = false;
};
// Memory that the three steps of a layer need for themselves, in `work`: null where there is none.
size_t workFloats(const ConvolutionLayer& layer);
Step convolution(const KernelTable& k, const ConvolutionLayer& layer, Filter filter, B x, B y, const Buffer* work);
Step convolutionInputGradient(const KernelTable& k, const ConvolutionLayer& layer, B dy, B dx, bool accumulate,
                              const Buffer* work);
// gradient: as ConvolutionLayer::gradientTotal().
Step convolutionWeightGradient(const KernelTable& k, const ConvolutionLayer& layer, B x, B dy, Partial<float> gradient,
                               const Buffer* work);

// sums [2][B * 8] += x - origin and, where `squares`, its square.
Step channelSums(const KernelTable& k, B x, Partial<float> origin, Partial<double> sums, bool squares);
// At the part's first image: origin[c] = the first pixel of each channel.
Step takeOrigin(B x, Partial<float> origin);

Step join(const KernelTable& k, std::vector<Source> terms, bool relu, B out);

struct JoinGradient {
  std::vector<const Buffer*> gradients;  // one or two
  Mask mask = Mask::kNone;
  Source maskSource{};
  std::vector<std::pair<const Buffer*, const float*>> normalised;  // y and its mean
  Partial<double> sums{};
};
Step joinGradient(const KernelTable& k, JoinGradient join, B m);

Step scale(B x, B s, B out);
Step scaleInputGradient(B dy, B s, B dx, bool accumulate);
Step scaleFactorGradient(B dy, B x, B ds, bool accumulate);
Step sigmoid(B x, B out);
Step sigmoidGradient(B y, B dy, B dx, bool accumulate);
Step averagePool(B x, B out);
Step averagePoolGradient(B dy, B dx, bool accumulate);
Step maxPool(const Unit& unit, B x, B out);
Step maxPoolGradient(const Unit& unit, B x, B dy, B dx, bool accumulate);

// Softmax cross-entropy with label smoothing: adds to the metrics, and where there is a gradient sets it to that of the
// batch's mean loss.
Step loss(B logits, const Buffer* gradient, Partial<Metrics> metrics);

}  // namespace netspace::steps
