import type { Activation } from './tensors.js';

/** What a batch adds to the metrics. */
export interface Scores {
  lossSum: number;
  top1Errors: number;
  top5Errors: number;
}

/**
 * Cross-entropy of softmax(logits) against the smoothed target, (1 - s) on the label plus s / classes on every class.
 * Sets the gradient of the logits to that of the batch's mean loss: (softmax - target) / images.
 *
 * @param logits - [batch, classes, 1, 1]
 */
export function softmaxCrossEntropy(logits: Activation, labels: Int32Array, count: number, smoothing: number): Scores {
  const classes = logits.size;
  const scores: Scores = { lossSum: 0, top1Errors: 0, top5Errors: 0 };
  for (let image = 0; image < count; image++) {
    const row = logits.values.subarray(image * classes, (image + 1) * classes);
    const label = labels[image]!;
    const logSum = logSumExp(row);
    for (let k = 0; k < classes; k++) {
      const target = smoothing / classes + (k === label ? 1 - smoothing : 0);
      if (target > 0) scores.lossSum += target * (logSum - row[k]!);
      logits.gradient[image * classes + k] = (Math.exp(row[k]! - logSum) - target) / count;
    }
    const rank = rankOf(row, label);
    if (rank >= 1) scores.top1Errors++;
    if (rank >= 5 && classes > 5) scores.top5Errors++;
  }
  return scores;
}

function logSumExp(row: Float64Array): number {
  const largest = row.reduce((a, b) => Math.max(a, b));
  return largest + Math.log(row.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}

/** Classes that come before the label: of a larger logit, or an equal one and a smaller index. NaN is never the best. */
function rankOf(row: Float64Array, label: number): number {
  const own = row[label]!;
  if (Number.isNaN(own)) return row.length;
  let rank = 0;
  for (let k = 0; k < row.length; k++) {
    const better = k < label ? !(row[k]! < own) : k > label && !(row[k]! <= own);
    if (better) rank++;
  }
  return rank;
}
