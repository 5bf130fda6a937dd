import type { Metrics } from '@netspace/contracts';

/** Means over a pass: loss in nats, errors in per cent. */
export interface Scores {
  readonly loss: number;
  readonly error: number;
  readonly top5Error: number;
}

/** A loss that is not finite: the end of a training. */
export class Divergence extends Error {
  override readonly name = 'Divergence';
}

export const noMetrics: Metrics = { images: 0, lossSum: 0, top1Errors: 0, top5Errors: 0 };

/**
 * The sums of two parts of a pass.
 *
 * @throws Divergence where the loss is not finite.
 */
export function addMetrics(first: Metrics, second: Metrics): Metrics {
  const lossSum = first.lossSum + second.lossSum;
  if (!Number.isFinite(lossSum)) throw new Divergence(`the loss is ${lossSum}`);
  return {
    images: first.images + second.images,
    lossSum,
    top1Errors: first.top1Errors + second.top1Errors,
    top5Errors: first.top5Errors + second.top5Errors,
  };
}

export function scoresOf({ images, lossSum, top1Errors, top5Errors }: Metrics): Scores {
  return { loss: lossSum / images, error: (100 * top1Errors) / images, top5Error: (100 * top5Errors) / images };
}
