import { cast, equal, greaterEqual, range, type Tensor2D } from '@tensorflow/tfjs-core';

/** Labels as [n, classes] masks. */
export interface Labels {
  /** Whether a class is the image's label. */
  readonly isLabel: Tensor2D;
  /** Whether a class is the image's label or comes after it. */
  readonly isNotBefore: Tensor2D;
}

/** @param labels - Indices of classes, [n, 1]. */
export function labelsOf(labels: Tensor2D, classes: number): Labels {
  const indices = range(0, classes, 1, 'float32');
  return { isLabel: equal(indices, labels), isNotBefore: greaterEqual(indices, labels) };
}

/** [n, classes]: 1 at each label, else 0. */
export function oneHot({ isLabel }: Labels): Tensor2D {
  return cast(isLabel, 'float32');
}
