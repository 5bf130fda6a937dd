#include "values.h"

#include <algorithm>

namespace netspace {

namespace {

constexpr int kSlabPixels = 1024;
constexpr size_t kSlabFloats = 48 * 1024;  // of a value: several of them fit the second-level cache
constexpr int kMostSlabImages = 16;

}  // namespace

Values::Values(const Graph& graph, const std::vector<Unit>& units, int batchSize)
    : output_(graph.output), values_(graph.nodes.size()) {
  for (const Unit& unit : units) {
    values_[unit.value].unit = &unit;
    for (size_t t = 0; t < unit.terms.size(); t++)
      values_[unit.terms[t].value].readers.push_back({&unit, static_cast<int>(t)});
    int& most = mostBlocks_[unit.shape.pixels()];
    most = std::max(most, unit.shape.blocks());
  }
  for (size_t i = units.size(); i-- > 0;) values_[units[i].value].head = inHead(units[i]);
  for (const Unit& unit : units) values_[unit.value].slabImages = slabImagesOf(unit, batchSize);
}

bool Values::inHead(const Unit& unit) const {
  const std::vector<Reader>& readers = values_[unit.value].readers;
  return unit.shape.pixels() == 1 && std::all_of(readers.begin(), readers.end(), [&](const Reader& reader) {
           return values_[reader.unit->value].head;
         });
}

// Values of one size have the same; between large maps, those of one pixel have that of the map they come from.
int Values::slabImagesOf(const Unit& unit, int batchSize) const {
  const int pixels = unit.shape.pixels();
  if (pixels == 1 && !values_[unit.value].head && unit.kind != UnitKind::kInput)
    return values_[unit.terms[0].value].slabImages;
  const size_t floats = static_cast<size_t>(mostBlocks_.at(pixels)) * kLanes * pixels;
  int images = 1;
  while (images < kMostSlabImages && images < batchSize && images * pixels < kSlabPixels &&
         2 * images * floats <= kSlabFloats)
    images *= 2;
  return images;
}

bool Values::onlyNormalised(int id) const {
  const Value& value = values_[id];
  return value.unit->convolution && !isOutput(id) && value.readers.size() == 1 &&
         value.readers[0].unit->terms[value.readers[0].term].norm;
}

}  // namespace netspace
