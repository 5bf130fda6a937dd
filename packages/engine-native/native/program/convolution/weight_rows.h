#pragma once

#include <cstddef>

namespace netspace {

// Rows of eight weights: every `step` floats from `first` to `end`.
struct WeightRows {
  size_t first, end, step;
};

}  // namespace netspace
