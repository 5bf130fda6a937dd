import type { Metrics } from '@netspace/contracts';
import {
  add,
  cast,
  greaterEqual,
  keep,
  lessEqual,
  logicalNot,
  mul,
  stack,
  sum,
  tidy,
  zeros,
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

  /** Counts a batch: its losses [n], logits [n, classes] and labels as ones among zeros [n, classes]. */
  add(losses: Tensor1D, logits: Tensor2D, labels: Tensor2D): void {
    const [count, classes] = logits.shape;
    this.images += count;
    const old = this.sums;
    this.sums = keep(
      tidy(() => {
        // Not "larger": a logit that is not a number makes all comparisons false, and so an error.
        const labelLogit = sum(mul(logits, labels), 1, true);
        const ahead = sum(cast(logicalNot(lessEqual(logits, labelLogit)), 'float32'), 1);
        return add<Tensor1D>(old, stack([sum(losses), atLeast(ahead, 1), atLeast(ahead, classes > 5 ? 5 : Infinity)]));
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

/** How many values are `limit` or more. */
function atLeast(values: Tensor, limit: number): Tensor {
  return sum(cast(greaterEqual(values, limit), 'float32'));
}
