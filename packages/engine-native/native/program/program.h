// A program: what is run over a batch, as phases of steps.
//
// A phase goes over the batch a few images at a time and does all its steps on those images before the next ones, so
// that what one step writes is still in the cache when the next one reads it. Only what needs sums over the whole batch
// (batch normalisation's statistics and their gradients) waits for the next phase.
//
// A phase cuts the batch into parts, which threads share out. What a part sums up (gradients of weights, sums for batch
// normalisation, metrics) it sums in its thread's own memory, and the parts are added up in their order: however many
// threads there are, the results have the same bits.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <vector>

#include "../kernels/kernels.h"
#include "folded_convolution.h"
#include "graph.h"
#include "memory.h"
#include "team.h"

namespace netspace {

// Sums over images, as contracts' Metrics.
struct Metrics {
  double images = 0, lossSum = 0, top1Errors = 0, top5Errors = 0;

  Metrics& operator+=(const Metrics& other) {
    images += other.images;
    lossSum += other.lossSum;
    top1Errors += other.top1Errors;
    top5Errors += other.top5Errors;
    return *this;
  }
};

// What a step sees: where the buffers are, which images are its, and what came in and goes out.
struct Context {
  float* memory[3] = {};                  // by Place; all but the stored buffers are the thread's own
  char* partials = nullptr;               // what the part sums up; zeros when it begins
  int firstImage = 0, images = 0;         // of this step
  int partImage = 0, partImages = 0;      // of the part: its first image, and how many
  int batchImages = 0;                    // of the whole batch
  const float* inputs = nullptr;          // [N, C, H, W]
  const int32_t* labels = nullptr;        // [N]
  const float* outputGradient = nullptr;  // [N, output shape]
  float* output = nullptr;                // [N, output shape]
  float* inputGradient = nullptr;         // [N, C, H, W]
  float newWeight = -1;                   // of the batch in the running statistics; below 0: the layer's own
  float labelSmoothing = 0;
  Metrics* metrics = nullptr;
  Ahead* ahead = nullptr;  // the thread's
};

using Step = std::function<void(const Context&)>;

// An array that a part sums up. The first part may sum into the total itself: nothing is added to it before.
template <typename T>
struct Partial {
  size_t offset = 0;  // in bytes
  T* total = nullptr;

  bool isTotal(const Context& context) const { return total && context.partImage == 0; }
  T* of(const Context& context) const {
    return isTotal(context) ? total : reinterpret_cast<T*>(context.partials + offset);
  }
};

// Where a buffer lies. A stored buffer holds the batch; the others hold the images of the phase's turn. Bordered ones
// share memory only with their like, and nobody writes to the borders, nor to channels that are none: they stay zero.
enum class Place { kStored, kScratch, kBordered };

// Activations or their gradients, blocked in slabs of `slabImages` images:
//   [slab][B][image][H + 2 border][W + 2 border][8],
// or where the format says so with pairs for channels or columns. Strides are in words of 32 bits.
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
  ptrdiff_t pixelStride() const { return format == Format::kChannelPairs ? 4 : 8; }
  ptrdiff_t rowStride() const { return (columns() + 2 * border) * pixelStride(); }
  ptrdiff_t imageStride() const { return (shape.height + 2 * border) * rowStride(); }
  ptrdiff_t blockStride() const {
    return format == Format::kFlatPairs ? pairs() * pixelStride() : slabImages * imageStride();
  }
  size_t floats(int images) const {
    return static_cast<size_t>((images + slabImages - 1) / slabImages) * shape.blocks() * blockStride();
  }
  // The first pixel of the first block of an image, inside the border.
  float* image(const Context& context, int n) const {
    const int turn = place == Place::kStored ? n : n - context.firstImage;
    float* base = context.memory[static_cast<int>(place)] + placement.offset;
    return base + static_cast<ptrdiff_t>(turn / slabImages) * shape.blocks() * blockStride() +
           turn % slabImages * imageStride() + border * (rowStride() + pixelStride());
  }
};

// Of the next turn; what the second-level cache drops of it is in the third.
constexpr size_t kFetchBytes = 2048 * 1024;

struct Phase {
  int turn = 1;        // images at a time
  int partImages = 1;  // whole turns
  std::vector<Step> steps;
  std::vector<Step> add;  // after each part, in the order of the parts: adds its sums to the totals, and leaves zeros
  std::vector<Step> finish;  // once, when the batch is through
  size_t partialBytes = 0;
  std::vector<const Buffer*> stored;  // what the next turn needs of them is fetched while this one computes
  double multiplyAdds = 0;            // of vectors, for an image

  // `nextImage`: where the thread will probably go on.
  void runPart(Context context, int nextImage) const {
    Ahead ahead;
    context.ahead = &ahead;
    const int end = context.partImage + context.partImages;
    for (context.firstImage = context.partImage; context.firstImage < end; context.firstImage += turn) {
      context.images = std::min(turn, end - context.firstImage);
      ahead = turnAhead(context, context.firstImage + turn < end ? context.firstImage + turn : nextImage);
      for (const Step& step : steps) step(context);
    }
  }

  Ahead turnAhead(const Context& context, int first) const {
    Ahead ahead;
    if (first >= context.batchImages) return ahead;
    double lines = 0;
    for (const Buffer* buffer : stored) {
      if (ahead.count == Ahead::kMostRanges) break;
      const char* begin = reinterpret_cast<const char*>(buffer->image(context, first));
      const size_t all = buffer->floats(std::min(turn, context.batchImages - first)) * sizeof(float);
      const size_t bytes = std::min(all, kFetchBytes / stored.size());
      ahead.ranges[ahead.count++] = {begin, begin + bytes};
      lines += bytes / 64.0;
    }
    ahead.pace = multiplyAdds > 0 ? static_cast<int64_t>(lines / (multiplyAdds * context.images) * Ahead::kOne) : 0;
    return ahead;
  }

  void addPart(const Context& context) const {
    for (const Step& step : add) step(context);
  }
};

// What a thread has of its own.
struct ThreadMemory {
  AlignedFloats scratch;
  AlignedFloats partials;
};

struct Program {
  std::vector<std::function<void()>> prepare;  // once after parameters or running statistics changed
  std::vector<Phase> phases;
  std::deque<Buffer> buffers;
  std::deque<std::vector<double>> sums;  // of join gradients
  std::deque<FoldedConvolution> folded;
  size_t storedFloats = 0, scratchFloats = 0, partialBytes = 0;
  std::vector<AlignedFloats> bordered;  // by thread

  void run(const Context& context, std::vector<ThreadMemory>& memory, Team& team) const {
    for (const Phase& phase : phases) {
      const auto partContext = [&](int thread, int part) {
        Context own = context;
        own.memory[static_cast<int>(Place::kScratch)] = memory[thread].scratch.data();
        own.memory[static_cast<int>(Place::kBordered)] = bordered[thread].data();
        own.partials = reinterpret_cast<char*>(memory[thread].partials.data());
        own.partImage = part * phase.partImages;
        own.partImages = std::min(phase.partImages, context.batchImages - own.partImage);
        return own;
      };
      const int parts = (context.batchImages + phase.partImages - 1) / phase.partImages;
      team.forEachPart(
          parts,
          [&](int thread, int part) {
            phase.runPart(partContext(thread, part), (part + team.threads()) * phase.partImages);
          },
          [&](int thread, int part) { phase.addPart(partContext(thread, part)); });
      for (const Step& step : phase.finish) step(context);
    }
  }
};

}  // namespace netspace
