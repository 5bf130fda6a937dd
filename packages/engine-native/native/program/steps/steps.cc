#include "steps.h"

#include <algorithm>
#include <cmath>

#include "images.h"

namespace netspace::steps {

Step loadImages(const KernelTable& k, B out) {
  return [&k, &out](const Context& context) {
    const Shape& s = out.shape;
    const bool whole = out.border == 0;
    LoadImageArgs a{};
    a.xChannel = s.pixels();
    a.channels = s.channels;
    a.rows = whole ? 1 : s.height;
    a.columns = whole ? s.pixels() : s.width;
    a.outBlock = out.blockStride();
    a.outRow = out.rowStride();
    forEachImage(context, [&](int n) {
      a.x = context.inputs + n * s.elements();
      a.out = out.image(context, n);
      k.loadImage(a);
    });
  };
}

Step storeOutput(B value, float* Context::* target) {
  return [&value, target](const Context& context) {
    if (!(context.*target)) return;
    const Shape& s = value.shape;
    forEachImage(context, [&](int n) {
      const float* source = value.image(context, n);
      float* out = context.*target + n * s.elements();
      for (int c = 0; c < s.channels; c++)
        for (int r = 0; r < s.height; r++)
          for (int w = 0; w < s.width; w++)
            *out++ = source[c / kLanes * value.blockStride() + r * value.rowStride() + w * kLanes + c % kLanes];
    });
  };
}

Step loadGradient(const KernelTable& k, B out) {
  return [load = loadImages(k, out)](const Context& context) {
    Context from = context;
    from.inputs = context.outputGradient;
    load(from);
  };
}

Step sigmoid(B x, B out) {
  return [&x, &out](const Context& context) {
    forEachBlock(context, out, [&](int n, int b) {
      const float* from = x.image(context, n) + b * x.blockStride();
      float* to = out.image(context, n) + b * out.blockStride();
      const int channels = std::min(kLanes, out.shape.channels - b * kLanes);
      for (int p = 0; p < out.shape.pixels(); p++)
        for (int l = 0; l < kLanes; l++)
          to[p * kLanes + l] = l < channels ? 1.0f / (1.0f + std::exp(-from[p * kLanes + l])) : 0.0f;
    });
  };
}

Step sigmoidGradient(B y, B dy, B dx, bool accumulate) {
  return [&y, &dy, &dx, accumulate](const Context& context) {
    forEachBlock(context, dx, [&](int n, int b) {
      const float* value = y.image(context, n) + b * y.blockStride();
      const float* gradient = dy.image(context, n) + b * dy.blockStride();
      float* to = dx.image(context, n) + b * dx.blockStride();
      for (int i = 0; i < dx.shape.pixels() * kLanes; i++) {
        const float product = gradient[i] * value[i] * (1.0f - value[i]);
        to[i] = accumulate ? to[i] + product : product;
      }
    });
  };
}

namespace {

// The logits of an image side by side, or their gradient.
struct Logits {
  float* first;
  ptrdiff_t blockStride;
  float& operator[](int k) const { return first[k / kLanes * blockStride + k % kLanes]; }
};

// How many logits are larger than the label's, or as large with a lower index; a NaN counts as larger.
int rankOf(const Logits& logits, int classes, int label) {
  const float own = logits[label];
  if (std::isnan(own)) return classes;
  int rank = 0;
  for (int k = 0; k < classes; k++) {
    if (k == label) continue;
    const float other = logits[k];
    rank += !(k < label ? other < own : other <= own);
  }
  return rank;
}

}  // namespace

Step loss(B logits, const Buffer* gradient, Partial<Metrics> partialMetrics) {
  return [&logits, gradient, partialMetrics](const Context& context) {
    if (!context.labels) return;
    Metrics& metrics = *partialMetrics.of(context);
    const int classes = logits.shape.channels;
    const double smoothing = context.labelSmoothing, background = smoothing / classes;
    std::vector<double> powers(classes);
    forEachImage(context, [&](int n) {
      const Logits z = {logits.image(context, n), logits.blockStride()};
      const int label = context.labels[n];
      double most = z[0], sum = 0, total = 0;
      for (int k = 1; k < classes; k++) most = std::max<double>(most, z[k]);
      for (int k = 0; k < classes; k++) {
        sum += powers[k] = std::exp(z[k] - most);
        total += z[k];
      }
      const double logSum = std::log(sum) + most;
      const int rank = rankOf(z, classes, label);
      metrics.images += 1;
      metrics.lossSum += logSum - (1 - smoothing) * z[label] - background * total;
      metrics.top1Errors += rank >= 1;
      metrics.top5Errors += classes > 5 && rank >= 5;
      if (!gradient) return;
      const Logits dz = {gradient->image(context, n), gradient->blockStride()};
      for (int k = 0; k < gradient->shape.blocks() * kLanes; k++) {
        const double target = background + (k == label ? 1 - smoothing : 0);
        dz[k] = k < classes ? static_cast<float>((powers[k] / sum - target) / context.batchImages) : 0.0f;
      }
    });
  };
}

}  // namespace netspace::steps
