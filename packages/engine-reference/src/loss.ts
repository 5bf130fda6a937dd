import type { Batch, Metrics } from '@netspace/contracts';
import type { Activation } from './tensors.js';

/** Metrics that grow. */
export type Scores = { -readonly [Key in keyof Metrics]: Metrics[Key] };

/**
 * Cross-entropy of softmax(logits) against the smoothed target, (1 - s) on the label plus s / classes on every class.
 * Sets the gradient of the logits to that of the batch's mean loss, (softmax - target) / images, and adds to the scores.
 *
 * @param logits - [batch, classes, 1, 1]
 */
export function scoreLogits(logits: Activation, batch: Batch, smoothing: number, scores: Scores): void {
  const { count, labels } = batch;
  const { values, gradient, size: classes } = logits;
  for (let image = 0; image < count; image++) {
    const start = image * classes;
    const label = labels[image]!;
    const logSum = logSumExp(values, start, classes);
    for (let k = 0; k < classes; k++) {
      const logProbability = values[start + k]! - logSum;
      const target = smoothing / classes + (k === label ? 1 - smoothing : 0);
      if (target > 0) scores.lossSum -= target * logProbability;
      gradient[start + k] = (Math.exp(logProbability) - target) / count;
    }
    const rank = rankOf(values, start, classes, label);
    if (rank >= 1) scores.top1Errors++;
    if (rank >= 5 && classes > 5) scores.top5Errors++;
  }
  scores.images += count;
}

/** ln of the sum of exp(logit). */
function logSumExp(values: Float64Array, start: number, classes: number): number {
  let largest = -Infinity;
  for (let k = start; k < start + classes; k++) largest = Math.max(largest, values[k]!);
  let sum = 0;
  for (let k = start; k < start + classes; k++) sum += Math.exp(values[k]! - largest);
  return largest + Math.log(sum);
}

/** Classes before the label: of a larger logit, or an equal one and a smaller index. What is not a number counts as error. */
function rankOf(values: Float64Array, start: number, classes: number, label: number): number {
  const own = values[start + label]!;
  if (Number.isNaN(own)) return classes;
  let rank = 0;
  for (let k = 0; k < classes; k++) {
    const other = values[start + k]!;
    const behind = k < label ? other < own : other <= own;
    if (!behind) rank++;
  }
  return rank;
}
