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

#include <deque>
#include <functional>
#include <vector>

#include "convolution/folded_convolution.h"
#include "phase.h"
#include "team.h"

namespace netspace {

// More than the caches hold from one phase to the next.
constexpr size_t kStreamedFloats = 8 << 20;

// What a thread has of its own.
struct ThreadMemory {
  AlignedFloats scratch;
  AlignedFloats partials;
};

struct Program {
  std::vector<std::function<void()>> prepare;  // once after parameters or running statistics changed
  std::vector<Phase> phases;
  std::deque<Buffer> buffers;
  std::deque<CountedVector<double>> totals;  // of sums over the batch
  std::deque<FoldedConvolution> folded;
  size_t storedFloats = 0, scratchFloats = 0, partialBytes = 0;
  std::vector<AlignedFloats> bordered;  // by thread

  void run(const Context& context, std::vector<ThreadMemory>& memory, Team& team) const {
    for (const Phase& phase : phases) {
      const auto partContext = [&](int thread, int part) {
        Context own = context;
        own.streams = storedFloats > kStreamedFloats;
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
