import { createHash, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { InvalidInputError } from '@netspace/contracts';
import { decodeImage } from './decode-image.js';
import { type RowFile, withFile } from './row-file.js';

/** Image files to be decoded alike. */
export interface ImageFiles {
  readonly directory: string;
  /** Relative to the directory; their order is that of the rows. */
  readonly paths: readonly string[];
  readonly imageSize: number;
  readonly channels: number;
}

/** To be raised with every change after which the same files give other bytes. */
const revision = 1;
const digestBytes = 32;
/** Images decoded at a time. */
const blockImages = 64;

/**
 * The decoded images, one a row, in a file that is made once: `.netspace-cache` in the directory, or the user's cache
 * folder where that cannot be written. It is the SHA-256 of the rows, then the rows; one that does not fit its digest is
 * made anew. Its name stands for the directory, the files' names, sizes and times, and how they are decoded.
 *
 * @throws InvalidInputError where an image cannot be decoded, or the file cannot be written.
 */
export async function decodedImages(images: ImageFiles, signal?: AbortSignal): Promise<RowFile> {
  const name = `${await keyOf(images)}.images`;
  const rowBytes = images.channels * images.imageSize * images.imageSize;
  const rows = images.paths.length;
  const folders = [join(images.directory, '.netspace-cache'), userCacheFolder()];
  for (const folder of folders) {
    const path = join(folder, name);
    if (await isWhole(path, digestBytes + rows * rowBytes)) return { path, headerBytes: digestBytes, rowBytes, rows };
  }
  const path = await writeCache(images, folders, name, signal);
  return { path, headerBytes: digestBytes, rowBytes, rows };
}

function userCacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'netspace');
}

async function keyOf({ directory, paths, imageSize, channels }: ImageFiles): Promise<string> {
  const hash = createHash('sha256');
  hash.update(JSON.stringify([revision, await realpath(directory), imageSize, channels]));
  for (let start = 0; start < paths.length; start += blockImages) {
    const block = paths.slice(start, start + blockImages);
    for (const state of await Promise.all(block.map((path) => stateOf(directory, path)))) hash.update(state);
  }
  return hash.digest('hex').slice(0, 32);
}

/** What changes when a file does. */
async function stateOf(directory: string, path: string): Promise<string> {
  const file = join(directory, path);
  const { size, mtimeNs, ctimeNs } = await stat(file, { bigint: true }).catch((error: unknown) => {
    const problem = `cannot be read: ${(error as Error).message}`;
    throw new InvalidInputError({ file, problem, expected: 'a whole PNG or JPEG' }, { cause: error });
  });
  return JSON.stringify([path, `${size} ${mtimeNs} ${ctimeNs}`]);
}

/** Whether a cache file is there and as it was written. */
async function isWhole(path: string, bytes: number): Promise<boolean> {
  const size = await stat(path).then(
    (state) => state.size,
    () => -1,
  );
  if (size !== bytes) return false;
  const hash = createHash('sha256');
  const digest = Buffer.alloc(digestBytes);
  await withFile(path, 'a readable file', async (file) => {
    await file.read(digest, 0, digestBytes, 0);
    for await (const chunk of file.createReadStream({ start: digestBytes, autoClose: false }))
      hash.update(chunk as Buffer);
  });
  return hash.digest().equals(digest);
}

/** Decodes the images into a file of one of the folders, the first that can be written, and returns its path. */
async function writeCache(
  images: ImageFiles,
  folders: readonly string[],
  name: string,
  signal: AbortSignal | undefined,
): Promise<string> {
  const { file, temporary, path } = await openTemporary(folders, name);
  try {
    try {
      await decodeInto(file, images, signal);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    return path;
  } catch (error) {
    await rm(temporary, { force: true });
    if (error instanceof InvalidInputError || signal?.aborted === true) throw error;
    const problem = `cannot be written: ${(error as Error).message}`;
    throw new InvalidInputError({ file: path, problem }, { cause: error });
  }
}

async function decodeInto(
  file: FileHandle,
  { directory, paths, imageSize, channels }: ImageFiles,
  signal: AbortSignal | undefined,
): Promise<void> {
  const hash = createHash('sha256');
  let position = digestBytes;
  for (let start = 0; start < paths.length; start += blockImages) {
    signal?.throwIfAborted();
    const block = paths.slice(start, start + blockImages);
    const decoded = await Promise.all(block.map((path) => decodeImage(join(directory, path), imageSize, channels)));
    const bytes = Buffer.concat(decoded);
    hash.update(bytes);
    position += (await file.write(bytes, 0, bytes.length, position)).bytesWritten;
  }
  await file.write(hash.digest(), 0, digestBytes, 0);
}

interface TemporaryFile {
  readonly file: FileHandle;
  readonly temporary: string;
  /** What it is to become. */
  readonly path: string;
}

async function openTemporary([folder, ...others]: readonly string[], name: string): Promise<TemporaryFile> {
  const path = join(folder!, name);
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await mkdir(folder!, { recursive: true });
    return { file: await open(temporary, 'wx'), temporary, path };
  } catch (error) {
    if (others.length > 0) return openTemporary(others, name);
    const problem = `cannot be written: ${(error as Error).message}`;
    throw new InvalidInputError({ file: path, problem, expected: 'a writable folder' }, { cause: error });
  }
}
