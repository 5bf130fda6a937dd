#include "batch_norm_layer.h"

#include <algorithm>
#include <cmath>

#include "../kernels/kernels.h"

namespace netspace {

BatchNormLayer::BatchNormLayer(Tally& tally, const Node& node)
    : channels(node.shape.channels),
      padded(node.shape.blocks() * kLanes),
      epsilon(node.epsilon),
      momentum(node.momentum),
      gamma(tally, padded),
      beta(tally, padded),
      runningMean(tally, padded),
      runningVariance(tally, padded),
      mean(tally, padded),
      scale(tally, padded),
      shift(tally, padded),
      inverseDeviation(tally, padded),
      gradientScale(tally, padded),
      outputScale(tally, padded),
      gradientShift(tally, padded),
      means_(padded, 0.0, CountingAllocator<double>(tally)),
      deviations_(padded, 0.0, CountingAllocator<double>(tally)) {}

// Chan, Golub and LeVeque, Updating formulae and a pairwise algorithm for computing sample variances (1979), 2.1.
void BatchNormLayer::addStatistics(const float* origin, const double* sums, double count) {
  const double total = count_ + count;
  for (int c = 0; c < channels; c++) {
    const double offset = sums[c] / count;
    const double difference = origin[c] + offset - means_[c];
    means_[c] += difference * count / total;
    deviations_[c] += sums[padded + c] - offset * offset * count + difference * difference * count_ * count / total;
  }
  count_ = total;
}

void BatchNormLayer::finishStatistics(float newWeight) {
  for (int c = 0; c < channels; c++) {
    const double batchMean = means_[c];
    const double variance = std::max(deviations_[c] / count_, 0.0);
    const double unbiased = count_ > 1 ? variance * count_ / (count_ - 1) : variance;
    const double deviation = std::isnan(deviations_[c]) ? deviations_[c] : std::sqrt(variance + epsilon);
    mean.data()[c] = static_cast<float>(batchMean);
    inverseDeviation.data()[c] = static_cast<float>(1 / deviation);
    scale.data()[c] = static_cast<float>(gamma.value.data()[c] / deviation);
    shift.data()[c] = static_cast<float>(beta.value.data()[c] - batchMean * gamma.value.data()[c] / deviation);
    float& movingMean = runningMean.data()[c];
    float& movingVariance = runningVariance.data()[c];
    movingMean += newWeight * (static_cast<float>(batchMean) - movingMean);
    movingVariance += newWeight * (static_cast<float>(unbiased) - movingVariance);
  }
  count_ = 0;
  std::fill(means_.begin(), means_.end(), 0.0);
  std::fill(deviations_.begin(), deviations_.end(), 0.0);
}

void BatchNormLayer::useRunningStatistics() {
  for (int c = 0; c < channels; c++) {
    const double factor = gamma.value.data()[c] / std::sqrt(static_cast<double>(runningVariance.data()[c]) + epsilon);
    scale.data()[c] = static_cast<float>(factor);
    shift.data()[c] = static_cast<float>(beta.value.data()[c] - runningMean.data()[c] * factor);
  }
}

void BatchNormLayer::finishGradient(const double* sumsOfM, const double* products, double count) {
  for (int c = 0; c < channels; c++) {
    const double inverse = inverseDeviation.data()[c];
    const double a = gamma.value.data()[c] * inverse;
    const double gammaGradient = products[c] * inverse;
    const double b = -a * inverse * gammaGradient / count;
    gamma.gradient.data()[c] += static_cast<float>(gammaGradient);
    beta.gradient.data()[c] += static_cast<float>(sumsOfM[c]);
    gradientScale.data()[c] = static_cast<float>(a);
    outputScale.data()[c] = static_cast<float>(b);
    gradientShift.data()[c] = static_cast<float>(-a * sumsOfM[c] / count - b * mean.data()[c]);
  }
}

}  // namespace netspace
