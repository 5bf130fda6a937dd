// Puts steps and buffers into a program.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "../program.h"

namespace netspace {

class ProgramBuilder {
 public:
  explicit ProgramBuilder(Tally& tally) : tally(tally), program_(std::make_unique<Program>()) {}

  Tally& tally;

  Program& program() { return *program_; }
  std::unique_ptr<Program> take() { return std::move(program_); }

  Phase& phaseAt(int phase);
  const Buffer* newBuffer(const Shape& shape, int slabImages, int border = 0, Format format = Format::kFloats);
  // What the steps of a convolution need besides their operands, null: nothing.
  const Buffer* newWork(const Convolution& layer, int slabImages);

  // Zeros that live as long as the program, for sums over the batch.
  CountedVector<double>& newTotals(size_t count);

  // A step, and the buffers that it uses; those that are null are none.
  void emit(int phase, const std::vector<const Buffer*>& used, Step step);
  // One that may write over what it reads.
  void emitInPlace(int phase, const std::vector<const Buffer*>& used, Step step);
  // One that multiplies as much as the layer in one pass.
  void emitConvolution(int phase, const std::vector<const Buffer*>& used, const Convolution& layer, Step step);
  bool isInPlace(const Buffer::Use& use) const { return inPlace_.count({use.phase, use.step}) > 0; }

  // Zeros for each part to sum up in; the step that adds them to the total must leave zeros.
  template <typename T>
  Partial<T> newPartial(int phase, size_t count) {
    constexpr size_t line = 64;
    size_t& bytes = phaseAt(phase).partialBytes;
    const Partial<T> partial = {bytes, nullptr};
    bytes += (count * sizeof(T) + line - 1) / line * line;
    return partial;
  }

  // As newPartial(), and added to the total after each part. Nothing else may have been added to the total before.
  template <typename T>
  Partial<T> newSum(int phase, T* total, size_t count) {
    Partial<T> partial = newPartial<T>(phase, count);
    partial.total = total;
    phaseAt(phase).add.push_back([partial, total, count](const Context& context) {
      if (partial.isTotal(context)) return;
      T* part = partial.of(context);
      for (size_t i = 0; i < count; i++) {
        total[i] += part[i];
        part[i] = 0;
      }
    });
    return partial;
  }

 private:
  std::unique_ptr<Program> program_;
  std::set<std::pair<int, int>> inPlace_;  // phases and steps
};

}  // namespace netspace
