// First-fit placement of buffers by lifetime.
#pragma once

#include <cstddef>
#include <vector>

namespace netspace {

// Something that needs `floats` from time `first` to time `last`, both included.
struct Placement {
  size_t floats;
  int first, last;
  size_t offset = 0;
};

// Gives each placement the lowest offset where nothing alive at the same time lies, largest first; returns the total.
size_t placeAll(std::vector<Placement*> placements);

}  // namespace netspace
