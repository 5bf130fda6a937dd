import type { Metrics } from '@netspace/contracts';
import {
  add,
  cast,
  clone,
  equal,
  greaterEqual,
  less,
  logicalAnd,
  logicalNot,
  logicalOr,
  scalar,
  stack,
  sum,
  tidy,
  where,
  zeros,
  zerosLike,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import { KeptVector } from './kept-vector.js';
import type { Labels } from './labels.js';

/** Sums of losses and errors that stay on the device until they are taken, so that no step waits for them. */
export class MetricsOnDevice {
  /** Images, sum of the losses, top-1 errors, top-5 errors. */
  readonly sums = new KeptVector(zeros([4]));

  /** Counts a batch: its losses [n], logits [n, classes] and labels. */
  add(losses: Tensor1D, logits: Tensor2D, labels: Labels): void {
    const [count, classes] = logits.shape;
    this.sums.assign(
      tidy(() => {
        const ranks = ranksOf(logits, labels);
        const errors = [atLeast(ranks, 1), atLeast(ranks, classes > 5 ? 5 : Infinity)];
        return add<Tensor1D>(this.sums.value, stack([scalar(count), sum(losses), ...errors]));
      }),
    );
  }

  async take(): Promise<Metrics> {
    const sums = clone(this.sums.value);
    this.sums.assign(zeros([4]));
    const [images, lossSum, top1Errors, top5Errors] = (await sums.data()) as Float32Array;
    sums.dispose();
    return { images: images!, lossSum: lossSum!, top1Errors: top1Errors!, top5Errors: top5Errors! };
  }

  dispose(): void {
    this.sums.dispose();
  }
}

/**
 * How many classes come before each image's label: those of a larger logit, and those of an equal one with a smaller
 * index. What is not a number is behind nothing.
 */
function ranksOf(logits: Tensor2D, { isLabel, isNotBefore }: Labels): Tensor {
  const own = sum(where(isLabel, logits, zerosLike(logits)), 1, true);
  const isBehind = logicalOr(less(logits, own), logicalAnd(equal(logits, own), isNotBefore));
  return sum(cast(logicalNot(isBehind), 'float32'), 1);
}

/** How many values are `limit` or more. */
function atLeast(values: Tensor, limit: number): Tensor {
  return sum(cast(greaterEqual(values, limit), 'float32'));
}
