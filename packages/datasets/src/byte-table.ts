import type { Dataset } from '@netspace/contracts';

/** The normalised value of every byte, by channel: (byte / 255 - mean) / standard deviation. [channels * 256] */
export function byteTable({ mean, standardDeviation }: Pick<Dataset, 'mean' | 'standardDeviation'>): Float32Array {
  return Float32Array.from({ length: mean.length * 256 }, (_, i) => {
    const channel = i >> 8;
    return ((i & 255) / 255 - mean[channel]!) / standardDeviation[channel]!;
  });
}
