import type { Metrics } from '@netspace/contracts';
import {
  add,
  cast,
  equal,
  greaterEqual,
  keep,
  less,
  logicalAnd,
  logicalNot,
  logicalOr,
  stack,
  sum,
  tensor2d,
  tidy,
  where,
  zeros,
  zerosLike,
  type Rank,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@tensorflow/tfjs-core';

/** Sums of losses and errors that stay on the device until they are taken, so that no step waits for them. */
export class MetricsOnDevice {
  /** Sum of the losses, top-1 errors, top-5 errors. */
  private sums: Tensor1D = keep(zeros<Rank.R1>([3]));
  private images = 0;

  /** Counts a batch: its losses [n], logits [n, classes] and labels. */
  add(losses: Tensor1D, logits: Tensor2D, labels: Int32Array): void {
    const [count, classes] = logits.shape;
    this.images += count;
    const old = this.sums;
    this.sums = keep(
      tidy(() => {
        const ranks = ranksOf(logits, labels);
        return add<Tensor1D>(old, stack([sum(losses), atLeast(ranks, 1), atLeast(ranks, classes > 5 ? 5 : Infinity)]));
      }),
    );
    old.dispose();
  }

  async take(): Promise<Metrics> {
    const { sums, images } = this;
    this.sums = keep(zeros<Rank.R1>([3]));
    this.images = 0;
    const [lossSum, top1Errors, top5Errors] = (await sums.data()) as Float32Array;
    sums.dispose();
    return { images, lossSum: lossSum!, top1Errors: top1Errors!, top5Errors: top5Errors! };
  }

  dispose(): void {
    this.sums.dispose();
  }
}

/**
 * How many classes come before each image's label: those of a larger logit, and those of an equal one with a smaller
 * index. What is not a number is behind nothing.
 */
function ranksOf(logits: Tensor2D, labels: Int32Array): Tensor {
  const isLabel = mask(logits, labels, (index, label) => index === label);
  const isNotBefore = mask(logits, labels, (index, label) => index >= label);
  const own = sum(where(isLabel, logits, zerosLike(logits)), 1, true);
  const isBehind = logicalOr(less(logits, own), logicalAnd(equal(logits, own), isNotBefore));
  return sum(cast(logicalNot(isBehind), 'float32'), 1);
}

function mask(
  { shape: [count, classes] }: Tensor2D,
  labels: Int32Array,
  has: (index: number, label: number) => boolean,
): Tensor2D {
  const values = new Uint8Array(count * classes);
  for (let image = 0; image < count; image++) {
    for (let index = 0; index < classes; index++) {
      if (has(index, labels[image]!)) values[image * classes + index] = 1;
    }
  }
  return tensor2d(values, [count, classes], 'bool');
}

/** How many values are `limit` or more. */
function atLeast(values: Tensor, limit: number): Tensor {
  return sum(cast(greaterEqual(values, limit), 'float32'));
}
