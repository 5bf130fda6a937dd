#include "values.h"

#include <algorithm>

namespace netspace {

namespace {

constexpr int kSlabPixels = 1024;
constexpr size_t kSlabFloats = 48 * 1024;  // of a value: several of them fit the second-level cache
constexpr int kMostSlabImages = 16;

}  // namespace

Values::Values(const Graph& graph, const std::vector<Unit>& units, int batchSize, bool bfloat16)
    : output_(graph.output), bfloat16_(bfloat16), values_(graph.nodes.size()) {
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

// What lies between phases and is large: outputs of convolutions before batch normalisation, and sums of two terms.
Format Values::format(int id) const {
  const Unit& unit = *values_[id].unit;
  const bool isSum = unit.kind == UnitKind::kJoin && unit.terms.size() == 2 && !isOutput(id);
  const bool halves = bfloat16_ && unit.shape.pixels() > 1 && (isSum || onlyNormalised(id));
  return halves ? Format::kChannelPairs : Format::kFloats;
}

// In bfloat16 where batch normalisation waits for it, and all that it is computed with is.
Format Values::gradientFormat(const Unit& join) const {
  const auto inHalves = [&](int id) { return format(id) == Format::kChannelPairs; };
  const int mask = join.terms.size() == 1 ? join.terms[0].value : join.value;
  bool normalised = false, halves = !join.relu || inHalves(mask);
  for (const Term& term : join.terms) {
    normalised |= term.norm != nullptr;
    halves &= !term.norm || inHalves(term.value);
  }
  return normalised && halves ? Format::kChannelPairs : Format::kFloats;
}

}  // namespace netspace
