// The graph with batch normalisation, addition and ReLU joined: a join is relu?(term + term), each term a value or its
// batch normalisation. What is not part of a join stays as it is.
#pragma once

#include <vector>

#include "layers.h"

namespace netspace {

enum class UnitKind { kInput, kConvolution, kJoin, kScale, kSigmoid, kAveragePool, kMaxPool };

struct Term {
  int value;
  BatchNormLayer* norm = nullptr;
};

struct Unit {
  UnitKind kind = UnitKind::kInput;
  int value = 0;  // id of the node whose output it makes
  Shape shape;
  std::vector<Term> terms;  // what it reads; `norm` only in joins
  bool relu = false;
  Convolution* convolution = nullptr;
  BiasLayer* bias = nullptr;
  int kernel = 1, stride = 1, padding = 0;  // max pool
};

std::vector<Unit> unitsOf(const Graph& graph, const Layers& layers);

}  // namespace netspace
