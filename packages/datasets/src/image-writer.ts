import type { Dataset } from '@netspace/contracts';
import { byteTable } from './byte-table.js';

/** Where the window that is cut from an image lies: its corner relative to the image's, and whether it is mirrored. */
export interface Window {
  readonly top: number;
  readonly left: number;
  readonly mirrored: boolean;
}

/** Writes the window of an image, normalised, to an offset of the target. What lies outside the image becomes 0. */
export type ImageWriter = (
  images: Uint8Array,
  imageStart: number,
  window: Window,
  target: Float32Array,
  targetStart: number,
) => void;

/** The writer for a dataset's images, whose windows are as large as the image. */
export function createImageWriter(
  dataset: Pick<Dataset, 'channels' | 'imageSize' | 'mean' | 'standardDeviation'>,
): ImageWriter {
  const { channels, imageSize: size } = dataset;
  const table = byteTable(dataset);
  return (images, imageStart, { top, left, mirrored }, target, targetStart) => {
    if (top !== 0 || left !== 0) target.fill(0, targetStart, targetStart + channels * size * size);
    const width = size - Math.abs(left);
    const cutLeft = Math.max(left, 0);
    const cutTop = Math.max(top, 0);
    // A mirrored row is read from its right end; what is cut off on the left is then missing on the right.
    const step = mirrored ? -1 : 1;
    const source = imageStart + cutLeft + (mirrored ? width - 1 : 0);
    const destination = targetStart + (mirrored ? cutLeft : cutLeft - left);
    const endRow = size - cutTop;
    for (let channel = 0; channel < channels; channel++) {
      for (let y = cutTop - top; y < endRow; y++) {
        const from = source + (channel * size + y + top) * size;
        const to = destination + (channel * size + y) * size;
        lookUp(table, channel << 8, images, from, step, target, to, to + width);
      }
    }
  };
}

/** target[to..end) = table[bytes + images[from]], `from` moving by `step`; four at a time, which is a third faster. */
function lookUp(
  table: Float32Array,
  bytes: number,
  images: Uint8Array,
  from: number,
  step: number,
  target: Float32Array,
  to: number,
  end: number,
): void {
  for (; to <= end - 4; to += 4, from += 4 * step) {
    target[to] = table[bytes + images[from]!]!;
    target[to + 1] = table[bytes + images[from + step]!]!;
    target[to + 2] = table[bytes + images[from + 2 * step]!]!;
    target[to + 3] = table[bytes + images[from + 3 * step]!]!;
  }
  for (; to < end; to++, from += step) target[to] = table[bytes + images[from]!]!;
}
