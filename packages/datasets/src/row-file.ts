import { type FileHandle, open } from 'node:fs/promises';
import { InvalidInputError, type ReadImages } from '@netspace/contracts';

/** A binary file of equally long rows behind a header. */
export interface RowFile {
  readonly path: string;
  readonly headerBytes: number;
  readonly rowBytes: number;
  readonly rows: number;
}

const chunkBytes = 1 << 20;

/**
 * Opens a file, lets `use` read it, and closes it.
 *
 * @param remedy - What would be valid, for the message of a file that cannot be read.
 * @throws InvalidInputError where the file cannot be opened.
 */
export async function withFile<T>(path: string, remedy: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path).catch((error: unknown) => {
    const problem = `cannot be read: ${(error as Error).message}`;
    throw new InvalidInputError({ file: path, problem, expected: remedy }, { cause: error });
  });
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

/** Calls `visit` with every row in file order; the row's bytes are valid during the call only. Reads 1 MiB at a time. */
export async function eachRow(file: RowFile, visit: (row: Uint8Array, index: number) => void): Promise<void> {
  const rowsPerChunk = Math.max(1, Math.floor(chunkBytes / file.rowBytes));
  const chunk = new Uint8Array(rowsPerChunk * file.rowBytes);
  await withFile(file.path, 'a readable file', async (handle) => {
    for (let first = 0; first < file.rows; first += rowsPerChunk) {
      const rows = Math.min(rowsPerChunk, file.rows - first);
      await readExactly(
        handle,
        file.path,
        chunk.subarray(0, rows * file.rowBytes),
        file.headerBytes + first * file.rowBytes,
      );
      for (let row = 0; row < rows; row++) {
        visit(chunk.subarray(row * file.rowBytes, (row + 1) * file.rowBytes), first + row);
      }
    }
  });
}

async function readExactly(handle: FileHandle, path: string, target: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < target.length;) {
    const { bytesRead } = await handle.read(target, done, target.length - done, position + done);
    if (bytesRead === 0) {
      throw new InvalidInputError({ file: path, problem: `ends at byte ${position + done} while it is being read` });
    }
    done += bytesRead;
  }
}

/**
 * Reads the images of the chosen rows: their bytes from `imageStart` to the end of the row, one after the other.
 *
 * @param files - Their rows are counted through all of them.
 * @param rows - Chosen rows, ascending.
 */
export async function readImages(
  files: readonly RowFile[],
  rows: Uint32Array,
  imageStart: number,
): Promise<Uint8Array> {
  const imageBytes = files[0]!.rowBytes - imageStart;
  const images = new Uint8Array(rows.length * imageBytes);
  let chosen = 0;
  let firstRow = 0;
  for (const file of files) {
    await eachRow(file, (row, index) => {
      if (rows[chosen] === firstRow + index) images.set(row.subarray(imageStart), chosen++ * imageBytes);
    });
    firstRow += file.rows;
  }
  return images;
}

/**
 * Reads rows of a file when they are asked for.
 *
 * @param file - Its rows are whole images.
 * @param rows - The row of each image.
 */
export function rowReader({ path, headerBytes, rowBytes }: RowFile, rows: Uint32Array): ReadImages {
  return (indices, target) =>
    withFile(path, 'a readable file', async (handle) => {
      const reads = Array.from(indices, (index, position) => {
        const image = target.subarray(position * rowBytes, (position + 1) * rowBytes);
        return readExactly(handle, path, image, headerBytes + rows[index]! * rowBytes);
      });
      await Promise.all(reads);
    });
}

/**
 * Checks that every label is one of the classes.
 *
 * @throws InvalidInputError naming file, row (from 0) and value of the first that is not.
 */
export function checkLabels(labels: Uint16Array, classes: number, file: string): void {
  const row = labels.findIndex((label) => label >= classes);
  if (row < 0) return;
  throw new InvalidInputError({
    file,
    problem: `row ${row} has label ${labels[row]!}`,
    expected: `0 to ${classes - 1}`,
  });
}
