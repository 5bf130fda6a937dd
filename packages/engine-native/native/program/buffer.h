// Activations or their gradients in memory.
#pragma once

#include <vector>

#include "graph.h"
#include "placement.h"
#include "step.h"

namespace netspace {

// Blocked in slabs of `slabImages` images:
//   [slab][B][image][H + 2 border][W + 2 border][8],
// or where the format says so with pairs for channels, columns or blocks. Strides are in words of 32 bits.
struct Buffer {
  Shape shape;
  int border = 0;
  Format format = Format::kFloats;
  int slabImages = 1;
  Place place = Place::kScratch;
  Placement placement{};
  struct Use {
    int phase, step;
  };
  std::vector<Use> uses;

  // Pairs in a row of columns that lie side by side, or in a slab that is one row.
  int pairs() const {
    if (format == Format::kFlatPairs) return (slabImages * shape.pixels() + 1) / 2;
    return format == Format::kStridedPairs ? (shape.width + 3) / 4 : (shape.width + 1) / 2;
  }
  // Pixels in a row, or pairs of them.
  int columns() const {
    if (format == Format::kStridedPairs) return 2 * pairs();
    return format == Format::kPixelPairs ? pairs() : shape.width;
  }
  // Blocks, or pairs of them.
  int blocks() const { return format == Format::kInterleaved ? (shape.blocks() + 1) / 2 : shape.blocks(); }
  ptrdiff_t pixelStride() const {
    return format == Format::kChannelPairs ? kLanes / 2 : format == Format::kInterleaved ? 2 * kLanes : kLanes;
  }
  ptrdiff_t rowStride() const { return (columns() + 2 * border) * pixelStride(); }
  ptrdiff_t imageStride() const { return (shape.height + 2 * border) * rowStride(); }
  ptrdiff_t blockStride() const {
    return format == Format::kFlatPairs ? pairs() * pixelStride() : slabImages * imageStride();
  }
  size_t floats(int images) const {
    return static_cast<size_t>((images + slabImages - 1) / slabImages) * blocks() * blockStride();
  }
  // The first pixel of the first block of an image, inside the border.
  float* image(const Context& context, int n) const {
    const int turn = place == Place::kStored ? n : n - context.firstImage;
    float* base = context.memory[static_cast<int>(place)] + placement.offset;
    return base + static_cast<ptrdiff_t>(turn / slabImages) * blocks() * blockStride() +
           turn % slabImages * imageStride() + border * (rowStride() + pixelStride());
  }
};

}  // namespace netspace
