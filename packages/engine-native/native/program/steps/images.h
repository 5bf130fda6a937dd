// Going over the images of a step.
#pragma once

#include <algorithm>

#include "../buffer.h"

namespace netspace {

// Calls f(first image, images) for each slab of the context's images.
template <typename F>
void forEachSlab(const Context& context, int slabImages, F f) {
  const int end = context.firstImage + context.images;
  for (int n = context.firstImage; n < end; n += slabImages) f(n, std::min(slabImages, end - n));
}

template <typename F>
void forEachImage(const Context& context, F f) {
  for (int n = context.firstImage; n < context.firstImage + context.images; n++) f(n);
}

// Calls f(image, block) for each block of each of the context's images.
template <typename F>
void forEachBlock(const Context& context, const Buffer& buffer, F f) {
  forEachImage(context, [&](int n) {
    for (int b = 0; b < buffer.shape.blocks(); b++) f(n, b);
  });
}

}  // namespace netspace
