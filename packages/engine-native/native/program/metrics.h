#pragma once

namespace netspace {

// Sums over images, as contracts' Metrics.
struct Metrics {
  double images = 0, lossSum = 0, top1Errors = 0, top5Errors = 0;

  Metrics& operator+=(const Metrics& other) {
    images += other.images;
    lossSum += other.lossSum;
    top1Errors += other.top1Errors;
    top5Errors += other.top5Errors;
    return *this;
  }
};

}  // namespace netspace
