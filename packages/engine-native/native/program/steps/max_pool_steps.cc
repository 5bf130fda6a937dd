// Max pooling.
#include "images.h"
#include "steps.h"

namespace netspace::steps {

namespace {

PoolShape shapeOf(const Unit& unit, const Shape& input) {
  return {input.height, input.width, unit.shape.height, unit.shape.width, unit.kernel, unit.stride, unit.padding};
}

}  // namespace

Step maxPool(const KernelTable& k, const Unit& unit, B x, B out) {
  return [&k, shape = shapeOf(unit, x.shape), &x, &out](const Context& context) {
    MaxPoolArgs a{};
    a.shape = shape;
    a.xBlock = x.blockStride();
    a.outBlock = out.blockStride();
    a.blocks = out.shape.blocks();
    forEachImage(context, [&](int n) {
      a.x = x.image(context, n);
      a.out = out.image(context, n);
      k.maxPool(a);
    });
  };
}

Step maxPoolGradient(const KernelTable& k, const Unit& unit, B x, B dy, B dx, bool accumulate) {
  return [&k, shape = shapeOf(unit, x.shape), &x, &dy, &dx, accumulate](const Context& context) {
    MaxPoolGradientArgs a{};
    a.shape = shape;
    a.xBlock = x.blockStride();
    a.dyBlock = dy.blockStride();
    a.dxBlock = dx.blockStride();
    a.blocks = dx.shape.blocks();
    a.accumulate = accumulate;
    forEachImage(context, [&](int n) {
      a.x = x.image(context, n);
      a.dy = dy.image(context, n);
      a.dx = dx.image(context, n);
      k.maxPoolGradient(a);
    });
  };
}

}  // namespace netspace::steps
