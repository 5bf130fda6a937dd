import type { Batch, NetworkConfig } from '@netspace/contracts';
import { openRandom } from '@netspace/random';

/** Images of noise for a network, all of class 0. */
export function randomBatch({ imageChannels, imageSize }: NetworkConfig, count: number): Batch {
  const random = openRandom(1, 'latency');
  const images = Float32Array.from({ length: count * imageChannels * imageSize ** 2 }, () => random.normal());
  return { count, images, labels: new Int32Array(count) };
}
