// A program: what is run over a batch, as phases of steps.
//
// A phase goes over the batch a few images at a time and does all its steps on those images before the next ones, so that
// what one step writes is still in the cache when the next one reads it. Only what needs sums over the whole batch (batch
// normalisation's statistics and their gradients) waits for the next phase.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <vector>

#include "graph.h"
#include "memory.h"

namespace netspace {

// Sums over images, as contracts' Metrics.
struct Metrics {
  double images = 0, lossSum = 0, top1Errors = 0, top5Errors = 0;
};

// What a step sees: where the buffers are, which images are its, and what came in and goes out.
struct Context {
  float* memory[3] = {};                   // by Place
  int firstImage = 0, images = 0;          // of this step
  int batchImages = 0;                     // of the whole batch
  const float* inputs = nullptr;           // [N, C, H, W]
  const int32_t* labels = nullptr;         // [N]
  const float* outputGradient = nullptr;   // [N, output shape]
  float* output = nullptr;                 // [N, output shape]
  float* inputGradient = nullptr;          // [N, C, H, W]
  float newWeight = -1;                    // of the batch in the running statistics; below 0: the layer's own
  float labelSmoothing = 0;
  Metrics* metrics = nullptr;
};

using Step = std::function<void(const Context&)>;

// Where a buffer lies. A stored buffer holds the batch; the others hold the images of the phase's turn. Bordered ones
// share memory only with their like, and nobody writes to the borders, nor to channels that are none: they stay zero.
enum class Place { kStored, kScratch, kBordered };

// Activations or their gradients, blocked in slabs of `slabImages` images: [slab][B][image][H + 2 border][W + 2 border][8].
struct Buffer {
  Shape shape;
  int border = 0;
  int slabImages = 1;
  Place place = Place::kScratch;
  Placement placement{};
  struct Use {
    int phase, step;
  };
  std::vector<Use> uses;

  ptrdiff_t rowStride() const { return (shape.width + 2 * border) * 8; }
  ptrdiff_t imageStride() const { return (shape.height + 2 * border) * rowStride(); }
  ptrdiff_t blockStride() const { return slabImages * imageStride(); }
  size_t floats(int images) const {
    return static_cast<size_t>((images + slabImages - 1) / slabImages) * shape.blocks() * blockStride();
  }
  // The first pixel of the first block of an image, inside the border.
  float* image(const Context& context, int n) const {
    const int turn = place == Place::kStored ? n : n - context.firstImage;
    float* base = context.memory[static_cast<int>(place)] + placement.offset;
    return base + static_cast<ptrdiff_t>(turn / slabImages) * shape.blocks() * blockStride() +
           turn % slabImages * imageStride() + border * (rowStride() + 8);
  }
};

struct Phase {
  int turn = 1;  // images at a time
  std::vector<Step> steps;
  std::vector<Step> finish;  // once, when the batch is through
};

struct Program {
  std::vector<Step> begin;
  std::vector<Phase> phases;
  std::deque<Buffer> buffers;
  std::deque<std::vector<double>> sums;  // of join gradients
  size_t storedFloats = 0, scratchFloats = 0;
  AlignedFloats bordered;

  void run(Context context) const {
    context.memory[static_cast<int>(Place::kBordered)] = bordered.data();
    for (const Step& step : begin) step(context);
    for (const Phase& phase : phases) {
      for (context.firstImage = 0; context.firstImage < context.batchImages; context.firstImage += phase.turn) {
        context.images = std::min(phase.turn, context.batchImages - context.firstImage);
        for (const Step& step : phase.steps) step(context);
      }
      for (const Step& step : phase.finish) step(context);
    }
  }
};

}  // namespace netspace
