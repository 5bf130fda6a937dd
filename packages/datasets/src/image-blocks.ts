import { setImmediate } from 'node:timers/promises';
import type { ImageSet } from '@netspace/contracts';

const blockBytes = 1 << 24;

/**
 * All images of a set in order, whole images of some 16 MiB at a time, also those that are read on the way. Between two
 * blocks the process is free for a moment.
 */
export async function* imageBlocks({ count, images }: ImageSet, imageBytes: number): AsyncIterable<Uint8Array> {
  const blockImages = Math.max(1, Math.floor(blockBytes / imageBytes));
  for (let first = 0; first < count; first += blockImages) {
    await setImmediate();
    const end = Math.min(first + blockImages, count);
    if (typeof images !== 'function') {
      yield images.subarray(first * imageBytes, end * imageBytes);
    } else {
      const block = new Uint8Array((end - first) * imageBytes);
      const indices = Uint32Array.from({ length: end - first }, (_, index) => first + index);
      await images(indices, block);
      yield block;
    }
  }
}
