#include "placement.h"

#include <algorithm>

namespace netspace {

namespace {

bool overlapInTime(const Placement& a, const Placement& b) { return a.first <= b.last && b.first <= a.last; }

// `placed` is in the order of offsets.
size_t lowestFit(const Placement& item, const std::vector<Placement*>& placed) {
  size_t offset = 0;
  for (const Placement* other : placed) {
    if (!overlapInTime(item, *other)) continue;
    if (offset + item.floats <= other->offset) break;
    offset = std::max(offset, other->offset + other->floats);
  }
  return offset;
}

}  // namespace

size_t placeAll(std::vector<Placement*> placements) {
  std::stable_sort(placements.begin(), placements.end(),
                   [](const Placement* a, const Placement* b) { return a->floats > b->floats; });
  std::vector<Placement*> placed;
  size_t total = 0;
  for (Placement* item : placements) {
    item->floats = (item->floats + 15) / 16 * 16;
    item->offset = lowestFit(*item, placed);
    total = std::max(total, item->offset + item->floats);
    placed.insert(std::upper_bound(placed.begin(), placed.end(), item,
                                   [](const Placement* a, const Placement* b) { return a->offset < b->offset; }),
                  item);
  }
  return total;
}

}  // namespace netspace
