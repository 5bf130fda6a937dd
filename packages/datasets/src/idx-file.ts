import { InvalidInputError } from '@netspace/contracts';
import { type RowFile, withFile } from './row-file.js';

/**
 * Reads the header of an IDX file of unsigned bytes (http://yann.lecun.com/exdb/mnist): a magic number whose last byte
 * is the number of dimensions, then the dimensions, all big-endian 32-bit integers. A row is one item of the first
 * dimension.
 *
 * @param rowShape - The dimensions after the first: [] for labels, [28, 28] for MNIST's images.
 * @param remedy - Where to get a valid file, for messages.
 * @throws InvalidInputError where the file cannot be read, or magic number, dimensions or size are wrong.
 */
export async function openIdxFile(path: string, rowShape: readonly number[], remedy: string): Promise<RowFile> {
  const headerBytes = 4 * (2 + rowShape.length);
  const { header, bytes } = await withFile(path, remedy, async (file) => {
    const buffer = Buffer.alloc(headerBytes);
    await file.read(buffer, 0, headerBytes, 0);
    return { header: buffer, bytes: (await file.stat()).size };
  });
  const reject = (problem: string, expected: string): never => {
    throw new InvalidInputError({ file: path, problem, expected: `${expected}; ${remedy}` });
  };
  if (bytes < headerBytes) reject(`${bytes} bytes, less than its header`, `a header of ${headerBytes} bytes`);

  const magic = 0x800 + rowShape.length + 1;
  const foundMagic = header.readUInt32BE(0);
  if (foundMagic !== magic) reject(`magic number ${foundMagic}`, `magic number ${magic}`);

  const foundShape = rowShape.map((_, axis) => header.readUInt32BE(8 + 4 * axis));
  if (foundShape.join() !== rowShape.join()) reject(`rows of ${foundShape.join('x')}`, `rows of ${rowShape.join('x')}`);

  const rows = header.readUInt32BE(4);
  const rowBytes = rowShape.reduce((product, size) => product * size, 1);
  const validBytes = headerBytes + rows * rowBytes;
  if (bytes !== validBytes) reject(`${bytes} bytes`, `${validBytes} bytes for the ${rows} rows of its header`);
  if (rows === 0) reject('no rows', 'at least one row');
  return { path, headerBytes, rowBytes, rows };
}
