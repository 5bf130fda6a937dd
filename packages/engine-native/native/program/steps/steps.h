// The steps of a program but for convolutions': each binds a kernel to buffers and layers. All write over their output,
// or add to it where they have `accumulate`. Buffers and layers must outlive the step.
#pragma once

#include "../../kernels/kernels.h"
#include "../buffer.h"
#include "../units.h"

namespace netspace::steps {

struct Source {
  const Buffer* buffer;
  const float* scale = nullptr;  // per channel; null: the buffer as it is
  const float* shift = nullptr;
};

Step loadImages(const KernelTable& k, B out);
Step storeOutput(B value, float* Context::* target);
Step loadGradient(const KernelTable& k, B out);

// sums [2][B * 8] += x - origin and, where `squares`, its square. Where there is `stored`, in bfloat16 and without a
// border, x is stored there, and the sums are of what is stored.
Step channelSums(const KernelTable& k, B x, Partial<float> origin, Partial<double> sums, bool squares,
                 const Buffer* stored = nullptr);
// At the part's first image: origin[c] = the first pixel of each channel.
Step takeOrigin(B x, Partial<float> origin);

// The terms are of one format, floats or pairs of channels; `out` of any.
Step join(const KernelTable& k, std::vector<Source> terms, bool relu, B out);

// Mask, y and m are of one format, floats or pairs of channels. The first gradient is of floats; the second may be of
// pairs where m is.
struct JoinGradient {
  std::vector<const Buffer*> gradients;  // one or two
  Mask mask = Mask::kNone;
  Source maskSource{};
  std::vector<std::pair<const Buffer*, const float*>> normalised;  // y and its mean
  Partial<double> sums{};
};
Step joinGradient(const KernelTable& k, JoinGradient join, B m);

Step scale(const KernelTable& k, B x, B s, B out);
Step scaleInputGradient(const KernelTable& k, B dy, B s, B dx, bool accumulate);
Step scaleFactorGradient(const KernelTable& k, B dy, B x, B ds, bool accumulate);
Step sigmoid(B x, B out);
Step sigmoidGradient(B y, B dy, B dx, bool accumulate);
Step averagePool(const KernelTable& k, B x, B out);
Step averagePoolGradient(const KernelTable& k, B dy, B dx, bool accumulate);
Step maxPool(const KernelTable& k, const Unit& unit, B x, B out);
Step maxPoolGradient(const KernelTable& k, const Unit& unit, B x, B dy, B dx, bool accumulate);

// Softmax cross-entropy with label smoothing: adds to the metrics, and where there is a gradient sets it to that of the
// batch's mean loss.
Step loss(B logits, const Buffer* gradient, Partial<Metrics> metrics);

}  // namespace netspace::steps
