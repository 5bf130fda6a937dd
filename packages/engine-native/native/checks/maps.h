// Maps in buffers, as the steps of a program take them.
#pragma once

#include <deque>
#include <functional>

#include "../program/convolution/convolution.h"
#include "check.h"

namespace netspace::checks {

class Maps {
 public:
  Maps(const KernelTable& kernels, int images);

  int images() const { return images_; }
  // Zeros.
  Buffer& add(const Shape& shape, int slabImages, Reading reading = {});
  // numbers: [N][C][H][W].
  Buffer& add(const Shape& shape, int slabImages, const std::vector<float>& numbers, Reading reading = {});
  std::vector<double> numbersOf(const Buffer& buffer);
  void run(const Step& step);

 private:
  Context context();

  const KernelTable& kernels_;
  const int images_;
  Tally tally_;
  std::deque<Buffer> buffers_;
  std::deque<AlignedFloats> memory_;
  Ahead ahead_;
};

}  // namespace netspace::checks
