import { InvalidInputError } from '@netspace/contracts';
import { openNpyFile } from './npy-file.js';
import type { RowFile } from './row-file.js';

/** Images of a .npy file. */
export interface NpyImages {
  readonly file: RowFile;
  readonly channels: number;
  readonly imageSize: number;
  /** Channels of images that lie [height, width, channels]. */
  readonly interleaved?: number;
}

/**
 * Opens a .npy file of uint8 images: [n, h, h] grey, [n, h, h, c] as NumPy users have them, or [n, c, h, h] as PyTorch's
 * do, with c = 1 or 3. Which of the two is the one whose sides are equal.
 *
 * @throws InvalidInputError where the file is no such array.
 */
export async function openNpyImages(path: string): Promise<NpyImages> {
  const { type, shape, headerBytes } = await openNpyFile(path);
  if (type !== '|u1') {
    const expected = 'uint8, 0 to 255: numpy.save(file, images.astype(numpy.uint8))';
    throw new InvalidInputError({ file: path, problem: `holds ${type}`, expected });
  }
  const layout = layoutOf(shape);
  const rows = shape[0]!;
  if (layout === undefined || rows === 0) {
    const expected = '[n, h, h], [n, h, h, c] or [n, c, h, h]: n squares of c = 1 or 3 channels';
    throw new InvalidInputError({ file: path, problem: `has shape [${shape.join(', ')}]`, expected });
  }
  const rowBytes = layout.channels * layout.imageSize * layout.imageSize;
  return { ...layout, file: { path, headerBytes, rowBytes, rows } };
}

function layoutOf([, ...image]: readonly number[]): Omit<NpyImages, 'file'> | undefined {
  const [first = 0, second = 0, third = 1] = image;
  const hasChannels = (channels: number): boolean => channels === 1 || channels === 3;
  if (image.length === 2 && first === second) return { channels: 1, imageSize: first };
  if (image.length !== 3) return undefined;
  if (first === second && hasChannels(third)) return { channels: third, imageSize: first, interleaved: third };
  if (second === third && hasChannels(first)) return { channels: first, imageSize: second };
  return undefined;
}
