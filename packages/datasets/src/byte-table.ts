import { type Dataset, InvalidInputError } from '@netspace/contracts';

/**
 * The normalised value of every byte, by channel: (byte / 255 - mean) / standard deviation. [channels * 256]
 *
 * @throws InvalidInputError where a channel does not vary, so cannot be normalised.
 */
export function byteTable({ mean, standardDeviation }: Pick<Dataset, 'mean' | 'standardDeviation'>): Float32Array {
  const flat = standardDeviation.findIndex((deviation) => !(deviation > 0));
  if (flat >= 0) {
    const problem = `channel ${flat} of the training images has standard deviation ${standardDeviation[flat]!}`;
    throw new InvalidInputError({ problem, expected: 'a number above 0' });
  }
  return Float32Array.from({ length: mean.length * 256 }, (_, i) => {
    const channel = i >> 8;
    return ((i & 255) / 255 - mean[channel]!) / standardDeviation[channel]!;
  });
}
