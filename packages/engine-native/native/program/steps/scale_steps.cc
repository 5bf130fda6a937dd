// Scales for each channel, their gradients, and average pooling.
#include "images.h"
#include "steps.h"

namespace netspace::steps {

namespace {

// out (+)= x * factor, image by image.
Step scaled(const KernelTable& k, B x, B factor, B out, bool accumulate) {
  return [&k, &x, &factor, &out, accumulate](const Context& context) {
    ScaleArgs a{};
    a.xBlock = x.blockStride();
    a.factorBlock = factor.blockStride();
    a.outBlock = out.blockStride();
    a.blocks = out.shape.blocks();
    a.pixels = out.shape.pixels();
    a.accumulate = accumulate;
    forEachImage(context, [&](int n) {
      a.x = x.image(context, n);
      a.factor = factor.image(context, n);
      a.out = out.image(context, n);
      k.scale(a);
    });
  };
}

ScaleSumArgs sumArguments(B x, B out) {
  ScaleSumArgs a{};
  a.xBlock = x.blockStride();
  a.outBlock = out.blockStride();
  a.blocks = x.shape.blocks();
  a.pixels = x.shape.pixels();
  return a;
}

}  // namespace

Step scale(const KernelTable& k, B x, B s, B out) { return scaled(k, x, s, out, false); }

Step scaleInputGradient(const KernelTable& k, B dy, B s, B dx, bool accumulate) {
  return scaled(k, dy, s, dx, accumulate);
}

Step scaleFactorGradient(const KernelTable& k, B dy, B x, B ds, bool accumulate) {
  return [&k, &dy, &x, &ds, accumulate](const Context& context) {
    ScaleSumArgs a = sumArguments(dy, ds);
    a.yBlock = x.blockStride();
    a.accumulate = accumulate;
    forEachImage(context, [&](int n) {
      a.x = dy.image(context, n);
      a.y = x.image(context, n);
      a.out = ds.image(context, n);
      k.scaleSums(a);
    });
  };
}

Step averagePool(const KernelTable& k, B x, B out) {
  return [&k, &x, &out](const Context& context) {
    ScaleSumArgs a = sumArguments(x, out);
    a.factor = 1.0f / static_cast<float>(x.shape.pixels());
    forEachImage(context, [&](int n) {
      a.x = x.image(context, n);
      a.out = out.image(context, n);
      k.sumPixels(a);
    });
  };
}

Step averagePoolGradient(const KernelTable& k, B dy, B dx, bool accumulate) {
  return [&k, &dy, &dx, accumulate](const Context& context) {
    const float factor = 1.0f / static_cast<float>(dx.shape.pixels());
    ScaleArgs a{};
    a.xBlock = dy.blockStride();
    a.outBlock = dx.blockStride();
    a.factor = &factor;
    a.blocks = dx.shape.blocks();
    a.pixels = dx.shape.pixels();
    a.accumulate = accumulate;
    forEachImage(context, [&](int n) {
      a.x = dy.image(context, n);
      a.out = dx.image(context, n);
      k.spreadPixels(a);
    });
  };
}

}  // namespace netspace::steps
