// What is done on some images, and where it sums up over them.
#pragma once

#include <cstdint>
#include <functional>

#include "../kernels/kernels.h"
#include "metrics.h"

namespace netspace {

// Where a buffer lies. A stored buffer holds the batch; the others hold the images of the phase's turn. Bordered ones
// share memory only with their like, and nobody writes to the borders, nor to channels that are none: they stay zero.
enum class Place { kStored, kScratch, kBordered };
constexpr int kPlaces = 3;

// What a step sees: where the buffers are, which images are its, and what came in and goes out.
struct Context {
  float* memory[kPlaces] = {};            // by Place; all but the stored buffers are the thread's own
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
  bool streams = false;    // whether halves that other phases read are stored past the caches
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

}  // namespace netspace
