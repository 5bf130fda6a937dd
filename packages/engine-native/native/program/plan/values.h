// What is known of the outputs of a graph's nodes while a program is planned.
#pragma once

#include <map>
#include <vector>

#include "../buffer.h"
#include "../units.h"

namespace netspace {

struct Reader {
  const Unit* unit;
  int term;  // of the unit's terms
};

struct Value {
  const Unit* unit = nullptr;
  std::vector<Reader> readers;
  bool head = false;                 // of one pixel, and nothing larger depends on it: computed in phases of its own
  int slabImages = 1;                // so many that short maps make long loops
  int phase = 0;                     // from which it can be had
  const Buffer* buffer = nullptr;    // where it is kept; null: computed where it is read
  const Buffer* fresh = nullptr;     // where it lies in its phase until the step for its statistics keeps it
  bool differentiable = false;       // whether a gradient is wanted
  int gradientPhase = 0;             // from which its gradient can be had
  const Buffer* gradient = nullptr;  // for a join, of the sum before the ReLU
};

class Values {
 public:
  Values(const Graph& graph, const std::vector<Unit>& units, int batchSize, bool bfloat16);

  Value& operator[](int id) { return values_[id]; }
  const Value& operator[](int id) const { return values_[id]; }
  bool isOutput(int id) const { return id == output_; }
  int output() const { return output_; }
  // Whether it is the first value of the head.
  bool entersHead(int id) const { return values_[id].head && values_[id].unit->kind == UnitKind::kAveragePool; }
  // Whether it is a convolution's and read by batch normalisation alone.
  bool onlyNormalised(int id) const;
  // In which format it is kept, where it is, and the gradient of the sum before a join's ReLU.
  Format format(int id) const;
  Format gradientFormat(const Unit& join) const;

 private:
  bool inHead(const Unit& unit) const;
  int slabImagesOf(const Unit& unit, int batchSize) const;

  const int output_;
  const bool bfloat16_;  // whether maps are kept in it
  std::vector<Value> values_;
  std::map<int, int> mostBlocks_;  // of the values of so many pixels
};

}  // namespace netspace
