#include "place_buffers.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <tuple>

namespace netspace {

namespace {

constexpr int kMostSteps = 1 << 16;  // in a phase

// Into how many parts a phase cuts the batch, and how few images they have at least: adding up the sums of a part costs
// the more the shorter it is.
constexpr int kMostParts = 8;
constexpr int kLeastPartImages = 8;

class BufferPlacer {
 public:
  BufferPlacer(ProgramBuilder& builder, int batchSize, int threads)
      : builder_(builder), program_(builder.program()), batchSize_(batchSize), threads_(threads) {}

  void place() {
    for (size_t p = 0; p < program_.phases.size(); p++) {
      setTurn(static_cast<int>(p));
      setParts(program_.phases[p]);
    }
    std::vector<Buffer*> stored;
    std::map<int, std::vector<Placement*>> scratch;                  // by phase
    std::map<std::array<int, 5>, std::vector<Placement*>> bordered;  // by shape, border and format
    for (Buffer& buffer : program_.buffers) {
      if (buffer.uses.empty()) continue;
      const auto [first, last] = std::minmax_element(buffer.uses.begin(), buffer.uses.end(), earlier);
      const int phase = first->phase, begin = buffer.uses.front().step, end = buffer.uses.back().step;
      if (phase != last->phase) {
        buffer.place = Place::kStored;
        buffer.placement = {buffer.floats(batchSize_), phase, last->phase};
        stored.push_back(&buffer);
      } else if (buffer.border == 0) {
        buffer.placement = {buffer.floats(program_.phases[phase].turn), begin, end};
        scratch[phase].push_back(&buffer.placement);
      } else {
        buffer.place = Place::kBordered;
        buffer.placement = {buffer.floats(program_.phases[phase].turn), phase * kMostSteps + begin,
                            phase * kMostSteps + end};
        const Shape& s = buffer.shape;
        bordered[{s.channels, s.height, s.width, buffer.border, static_cast<int>(buffer.format)}].push_back(
            &buffer.placement);
      }
    }
    placeStored(stored);
    fetchStored(stored);
    for (auto& [phase, placements] : scratch)
      program_.scratchFloats = std::max(program_.scratchFloats, placeAll(placements));
    placeBordered(bordered);
  }

 private:
  // Where a buffer is read for the last time and another one is written in the same turn, the second takes the memory
  // of the first: it is in the cache.
  void placeStored(std::vector<Buffer*> buffers) {
    std::stable_sort(buffers.begin(), buffers.end(),
                     [](const Buffer* a, const Buffer* b) { return a->placement.first < b->placement.first; });
    std::map<Buffer*, Buffer*> owners;  // of the memory, by the last buffer that uses it
    std::vector<std::pair<Buffer*, Buffer*>> successions;
    std::vector<Placement*> placements;
    for (Buffer* buffer : buffers) {
      const auto before = std::find_if(owners.begin(), owners.end(),
                                       [&](const auto& entry) { return canSucceed(*entry.first, *buffer); });
      Buffer* owner = before == owners.end() ? buffer : before->second;
      if (owner == buffer) {
        placements.push_back(&buffer->placement);
      } else {
        successions.push_back({buffer, owner});
        owner->placement.last = buffer->placement.last;
        owners.erase(before);
      }
      owners[buffer] = owner;
    }
    program_.storedFloats = placeAll(placements);
    for (const auto& [buffer, owner] : successions) buffer->placement.offset = owner->placement.offset;
  }

  // Each phase fetches the stored buffers that it reads.
  void fetchStored(const std::vector<Buffer*>& buffers) {
    for (const Buffer* buffer : buffers) {
      const int written = std::min_element(buffer->uses.begin(), buffer->uses.end(), earlier)->phase;
      std::set<int> phases;
      for (const Buffer::Use& use : buffer->uses)
        if (use.phase != written && buffer->slabImages <= program_.phases[use.phase].turn) phases.insert(use.phase);
      for (const int phase : phases) program_.phases[phase].stored.push_back(buffer);
    }
  }

  static bool earlier(const Buffer::Use& a, const Buffer::Use& b) {
    return std::tie(a.phase, a.step) < std::tie(b.phase, b.step);
  }

  bool canSucceed(const Buffer& before, const Buffer& buffer) const {
    const Buffer::Use last = *std::max_element(before.uses.begin(), before.uses.end(), earlier);
    const Buffer::Use first = *std::min_element(buffer.uses.begin(), buffer.uses.end(), earlier);
    return before.shape == buffer.shape && before.slabImages == buffer.slabImages && before.border == buffer.border &&
           before.format == buffer.format && last.phase == first.phase &&
           (last.step < first.step || (last.step == first.step && builder_.isInPlace(first)));
  }

  // Buffers of one shape and border lie on one another exactly, or not at all: all get the size of the largest.
  void placeBordered(std::map<std::array<int, 5>, std::vector<Placement*>>& byShape) {
    size_t total = 0;
    for (auto& [shape, placements] : byShape) {
      size_t most = 0;
      for (const Placement* placement : placements) most = std::max(most, placement->floats);
      for (Placement* placement : placements) placement->floats = most;
      const size_t floats = placeAll(placements);
      for (Placement* placement : placements) placement->offset += total;
      total += floats;
    }
    for (int thread = 0; thread < threads_; thread++) program_.bordered.emplace_back(builder_.tally, total);
  }

  // A turn is whole slabs. What enters or leaves the head is read and written image by image, and does not count.
  void setTurn(int phase) {
    int pixels = 1;
    for (int pass = 0; pass < 2; pass++)
      for (const Buffer& buffer : program_.buffers)
        for (const Buffer::Use& use : buffer.uses) {
          if (use.phase != phase) continue;
          int& turn = program_.phases[phase].turn;
          if (pass == 0) pixels = std::max(pixels, buffer.shape.pixels());
          else if (pixels == 1 || buffer.shape.pixels() > 1) turn = std::max(turn, buffer.slabImages);
        }
  }

  void setParts(Phase& phase) {
    const int images = std::max(kLeastPartImages, (batchSize_ + kMostParts - 1) / kMostParts);
    phase.partImages = (images + phase.turn - 1) / phase.turn * phase.turn;
    program_.partialBytes = std::max(program_.partialBytes, phase.partialBytes);
  }

  ProgramBuilder& builder_;
  Program& program_;
  const int batchSize_, threads_;
};

}  // namespace

void placeBuffers(ProgramBuilder& builder, int batchSize, int threads) {
  BufferPlacer(builder, batchSize, threads).place();
}

}  // namespace netspace
