import { readFile } from 'node:fs/promises';
import { InvalidInputError } from '@netspace/contracts';

/**
 * Decodes a PNG or JPEG to bytes [channels, imageSize, imageSize]: turned upright as its EXIF data says, scaled to cover
 * the square with what is too long cut off evenly at both ends, in sRGB or grey, without transparency.
 *
 * @throws InvalidInputError naming the file that cannot be read or decoded.
 */
export async function decodeImage(path: string, imageSize: number, channels: number): Promise<Uint8Array> {
  try {
    // Loaded where it is needed: it is native code that takes a while.
    const { default: sharp } = await import('sharp');
    // From a buffer: libvips remembers what it decoded from a path.
    const image = sharp(await readFile(path), { failOn: 'error' })
      .autoOrient()
      .resize(imageSize, imageSize, { fit: 'cover', position: 'centre' })
      .removeAlpha()
      .toColourspace(channels === 1 ? 'b-w' : 'srgb');
    return planesOf(await image.raw({ depth: 'uchar' }).toBuffer(), channels);
  } catch (error) {
    const problem = `cannot be decoded: ${(error as Error).message}`;
    throw new InvalidInputError({ file: path, problem, expected: 'a whole PNG or JPEG' }, { cause: error });
  }
}

/** From [height, width, channels] to [channels, height, width]. */
function planesOf(interleaved: Uint8Array, channels: number): Uint8Array {
  const pixels = interleaved.length / channels;
  return Uint8Array.from(interleaved, (_, i) => interleaved[(i % pixels) * channels + Math.floor(i / pixels)]!);
}
