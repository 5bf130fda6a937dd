// Batch normalisation, addition and ReLU, their gradients, and the sums over the batch that they need.
#include <algorithm>

#include "images.h"
#include "steps.h"

namespace netspace::steps {

Step channelSums(const KernelTable& k, B x, Partial<float> origin, Partial<double> sums, bool squares,
                 const Buffer* stored) {
  return [&k, &x, origin, sums, squares, stored](const Context& context) {
    ChannelSumsArgs a{};
    a.block = x.blockStride();
    a.row = x.rowStride();
    a.shift = origin.of(context);
    a.sums = sums.of(context);
    a.squares = squares;
    a.blocks = x.shape.blocks();
    const bool whole = x.border == 0;
    forEachSlab(context, whole ? x.slabImages : 1, [&](int n, int images) {
      a.x = x.image(context, n);
      a.rows = whole ? 1 : x.shape.height;
      a.columns = whole ? images * x.shape.pixels() : x.shape.width;
      if (stored) {
        a.stored = stored->image(context, n);
        a.storedBlock = stored->blockStride();
        a.storedRow = stored->rowStride();
        a.streams = context.streams && stored->place == Place::kStored;
      }
      (stored && k.pairs ? k.pairs->channelSums : k.channelSums)(a);
    });
  };
}

Step takeOrigin(B x, Partial<float> origin) {
  return [&x, origin](const Context& context) {
    if (context.firstImage > context.partImage) return;
    for (int b = 0; b < x.shape.blocks(); b++)
      std::copy_n(x.image(context, context.firstImage) + b * x.blockStride(), kLanes, origin.of(context) + b * kLanes);
  };
}

namespace {

void joinForward(const KernelTable& k, const JoinForwardArgs& a, Format format) {
  if (format == Format::kInterleaved) k.interleaved->joinForward(a);
  else (format != Format::kFloats && k.pairs ? k.pairs->joinForward : k.joinForward)(a, format);
}

}  // namespace

Step join(const KernelTable& k, std::vector<Source> terms, bool relu, B out) {
  // The kernel wants the affine term first.
  if (terms.size() == 2 && !terms[0].scale) std::swap(terms[0], terms[1]);
  const bool byRows = out.format == Format::kPixelPairs || out.format == Format::kStridedPairs;
  const bool whole = out.border == 0 && !byRows && std::all_of(terms.begin(), terms.end(), [&](const Source& t) {
                       return t.buffer->border == 0 && t.buffer->slabImages == out.slabImages;
                     });
  return [&k, terms, relu, &out, whole](const Context& context) {
    JoinForwardArgs a{};
    a.termCount = static_cast<int>(terms.size());
    a.halves = terms[0].buffer->format == Format::kChannelPairs;
    a.relu = relu;
    a.outBlock = out.blockStride();
    a.outRow = out.rowStride();
    a.blocks = out.shape.blocks();
    forEachSlab(context, whole ? out.slabImages : 1, [&](int n, int images) {
      for (size_t t = 0; t < terms.size(); t++) {
        B source = *terms[t].buffer;
        a.terms[t] = {source.image(context, n), source.blockStride(), source.rowStride(), terms[t].scale,
                      terms[t].shift};
      }
      a.out = out.image(context, n);
      a.rows = whole ? 1 : out.shape.height;
      a.columns = whole ? images * out.shape.pixels() : out.shape.width;
      joinForward(k, a, out.format);
    });
  };
}

Step joinGradient(const KernelTable& k, JoinGradient join, B m) {
  int slabImages = m.slabImages;
  const auto together = [&](const Buffer* buffer) {
    if (buffer && buffer->slabImages != m.slabImages) slabImages = 1;
  };
  for (const Buffer* gradient : join.gradients) together(gradient);
  for (const auto& [y, mean] : join.normalised) together(y);
  together(join.maskSource.buffer);
  return [&k, join = std::move(join), &m, slabImages](const Context& context) {
    JoinBackwardArgs a{};
    a.halves = m.format == Format::kChannelPairs;
    a.streams = a.halves && context.streams && m.place == Place::kStored;
    a.secondHalves = join.gradients.size() > 1 && join.gradients[1]->format == Format::kChannelPairs;
    a.mask = join.mask;
    a.maskScale = join.maskSource.scale;
    a.maskShift = join.maskSource.shift;
    a.mBlock = m.blockStride();
    a.normalised = static_cast<int>(join.normalised.size());
    a.sums = join.sums.of(context);
    a.blocks = m.shape.blocks();
    forEachSlab(context, slabImages, [&](int n, int images) {
      for (size_t i = 0; i < join.gradients.size(); i++) {
        a.gradients[i] = join.gradients[i]->image(context, n);
        a.gradientBlocks[i] = join.gradients[i]->blockStride();
      }
      for (size_t i = 0; i < join.normalised.size(); i++) {
        a.y[i] = join.normalised[i].first->image(context, n);
        a.yBlocks[i] = join.normalised[i].first->blockStride();
        a.mean[i] = join.normalised[i].second;
      }
      if (join.maskSource.buffer) {
        a.maskSource = join.maskSource.buffer->image(context, n);
        a.maskBlock = join.maskSource.buffer->blockStride();
      }
      a.m = m.image(context, n);
      a.pixels = images * m.shape.pixels();
      (a.halves && k.pairs ? k.pairs->joinBackward : k.joinBackward)(a);
    });
  };
}

}  // namespace netspace::steps
