#pragma once

#include "graph.h"
#include "parameter.h"

namespace netspace {

// Batch normalisation: parameters, running statistics, and the affine maps of the step under way. Arrays are [B * 8].
struct BatchNormLayer {
  BatchNormLayer(Tally& tally, const Node& node);

  int channels, padded;
  float epsilon, momentum;
  Parameter gamma, beta;
  AlignedFloats runningMean, runningVariance;
  AlignedFloats mean, scale, shift;  // forward: scale * y + shift
  AlignedFloats inverseDeviation;
  // backward: dy = gradientScale * m + outputScale * y + gradientShift
  AlignedFloats gradientScale, outputScale, gradientShift;

  // Adds the sums over `count` values a channel, [2][padded]: of value - origin, and of its square.
  void addStatistics(const float* origin, const double* sums, double count);
  // From the values that were added to the map, moving the running statistics.
  void finishStatistics(float newWeight);
  void useRunningStatistics();
  // From the sums of the gradient to the map, and the gradients of gamma and beta. `products` are sums of m (y - mean).
  void finishGradient(const double* sums, const double* products, double count);

 private:
  double count_ = 0;                          // of the values added
  CountedVector<double> means_, deviations_;  // theirs; the second are sums of squares around the means
};

}  // namespace netspace
