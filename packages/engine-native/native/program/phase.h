// A phase of a program: steps that are done on a few images at a time. See program.h.
#pragma once

#include <algorithm>
#include <vector>

#include "buffer.h"

namespace netspace {

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

}  // namespace netspace
