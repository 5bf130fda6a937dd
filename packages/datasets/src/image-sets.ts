import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { ImageSet, ReadImages } from '@netspace/contracts';
import { awaitParts, mapParts, type PartRows, type Parts } from './dataset-parts.js';
import { imageBlocks } from './image-blocks.js';
import { littleEndian } from './little-endian.js';
import { readImages, type RowFile, rowReader } from './row-file.js';

/** Which rows of a file are the images of a part. */
export interface ImageRows extends PartRows {
  /** A row is an image. */
  readonly file: RowFile;
  /** Channels of an image whose values lie pixel by pixel, [height, width, channels]; else they lie plane by plane. */
  readonly interleaved?: number;
}

/** The images of each part, and what identifies them where they are not in memory. */
export type ImageSets = Parts<ImageSet> & { readonly contentRevision?: string };

/** Larger sets stay in their files and are read batch by batch. */
const mostBytesInMemory = 2 ** 30;

/** The images of each part: in memory where all of them take `mostBytes` at most. */
export async function imageSets(parts: Parts<ImageRows>, mostBytes = mostBytesInMemory): Promise<ImageSets> {
  const all = Object.values(parts) as ImageRows[];
  const bytes = all.reduce((sum, { file, rows }) => sum + rows.length * file.rowBytes, 0);
  if (bytes <= mostBytes) return awaitParts(mapParts(parts, async (part) => setOf(part, await imagesInMemory(part))));
  const sets = mapParts(parts, (part) => setOf(part, imagesOnTheWay(part)));
  return { ...sets, contentRevision: await revisionOf(all) };
}

function setOf({ labels, rows }: ImageRows, images: ImageSet['images']): ImageSet {
  return { count: rows.length, images, labels: Uint16Array.from(rows, (row) => labels[row]!) };
}

async function imagesInMemory(part: ImageRows): Promise<Uint8Array> {
  const { file, rows, interleaved } = part;
  const images = await readImages([file], rows, 0);
  if (interleaved === undefined) return images;
  for await (const block of imageBlocks(setOf(part, images), file.rowBytes))
    separatePlanes(block, file.rowBytes, interleaved);
  return images;
}

function imagesOnTheWay({ file, rows, interleaved }: ImageRows): ReadImages {
  const read = rowReader(file, rows);
  if (interleaved === undefined) return read;
  return async (indices, target) => {
    await read(indices, target);
    separatePlanes(target.subarray(0, indices.length * file.rowBytes), file.rowBytes, interleaved);
  };
}

/** Turns every image from [height, width, channels] to [channels, height, width], in place. */
function separatePlanes(images: Uint8Array, imageBytes: number, channels: number): void {
  const pixels = imageBytes / channels;
  for (let start = 0; start < images.length; start += imageBytes) {
    const interleaved = images.slice(start, start + imageBytes);
    for (let i = 0; i < imageBytes; i++)
      images[start + (i % channels) * pixels + Math.floor(i / channels)] = interleaved[i]!;
  }
}

/** SHA-256 of the files and of the rows that are used. */
async function revisionOf(parts: readonly ImageRows[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of new Set(parts.map(({ file }) => file.path))) {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  }
  for (const { rows, interleaved } of parts)
    hash.update(`${rows.length} ${interleaved ?? 1} `).update(littleEndian(rows));
  return hash.digest('hex');
}
