import { type Batch, InvalidInputError } from '@netspace/contracts';
import type { Activation } from './tensors.js';

/**
 * Checks the images of a batch.
 *
 * @throws InvalidInputError where there are more than `most` or fewer than `least`, or their array is too short.
 */
export function checkImages({ count, images }: Batch, input: Activation, least: number, most: number): void {
  if (!(Number.isInteger(count) && count >= least && count <= most)) {
    const expected = least === most ? `${most}, the batch size` : `${least} to ${most}`;
    throw new InvalidInputError({ key: 'batch.count', problem: `got ${count}`, expected });
  }
  requireLength('batch.images', images, count * input.size);
}

/**
 * Checks what the loss needs.
 *
 * @throws InvalidInputError where the graph's output is no vector of logits, or a label is no class.
 */
export function checkLabels({ count, labels }: Batch, { shape, pixels }: Activation): void {
  if (pixels !== 1) {
    const problem = `the loss needs logits, but the output is [${shape.channels}, ${shape.height}, ${shape.width}]`;
    throw new InvalidInputError({ key: 'graph.output', problem, expected: '[classes, 1, 1]' });
  }
  requireLength('batch.labels', labels, count);
  for (let image = 0; image < count; image++) {
    const label = labels[image]!;
    if (label >= 0 && label < shape.channels) continue;
    const expected = `0 to ${shape.channels - 1}`;
    throw new InvalidInputError({ key: `batch.labels[${image}]`, problem: `got ${label}`, expected });
  }
}

/**
 * Checks that an array holds enough values.
 *
 * @throws InvalidInputError where it does not.
 */
export function requireLength(key: string, values: ArrayLike<number>, least: number): void {
  if (values.length >= least) return;
  const expected = `at least ${least}`;
  throw new InvalidInputError({ key, problem: `got ${values.length} values`, expected });
}
