import { readFile } from 'node:fs/promises';
import { InvalidInputError } from '@netspace/contracts';
import { openNpyFile } from './npy-file.js';

type ReadInteger = (view: DataView, offset: number, littleEndian: boolean) => number | bigint;

/** How the integers of NumPy's types are read. */
const integers: Readonly<Record<string, ReadInteger>> = {
  i1: (view, offset) => view.getInt8(offset),
  u1: (view, offset) => view.getUint8(offset),
  i2: (view, offset, littleEndian) => view.getInt16(offset, littleEndian),
  u2: (view, offset, littleEndian) => view.getUint16(offset, littleEndian),
  i4: (view, offset, littleEndian) => view.getInt32(offset, littleEndian),
  u4: (view, offset, littleEndian) => view.getUint32(offset, littleEndian),
  i8: (view, offset, littleEndian) => view.getBigInt64(offset, littleEndian),
  u8: (view, offset, littleEndian) => view.getBigUint64(offset, littleEndian),
};

/** The largest label of 65,535 classes. */
const largestLabel = 65_534;

/**
 * Reads the labels of a .npy file: integers of any type, [n] or [n, 1].
 *
 * @throws InvalidInputError where the file is no such array, or a label is below 0 or above 65,534.
 */
export async function readNpyLabels(path: string): Promise<Uint16Array> {
  const { type, shape, headerBytes } = await openNpyFile(path);
  const read = integers[type.slice(1)];
  if (read === undefined) throw new InvalidInputError({ file: path, problem: `holds ${type}`, expected: 'integers' });
  const [count = 0, ...rest] = shape;
  if (shape.length === 0 || count === 0 || rest.some((size) => size !== 1)) {
    throw new InvalidInputError({ file: path, problem: `has shape [${shape.join(', ')}]`, expected: '[n], n labels' });
  }
  const bytes = await readFile(path);
  const view = new DataView(bytes.buffer, bytes.byteOffset + headerBytes);
  const size = Number(type.slice(2));
  return Uint16Array.from({ length: count }, (_, row) => {
    const label = Number(read(view, row * size, type.startsWith('<')));
    if (label >= 0 && label <= largestLabel) return label;
    const expected = `0 to ${largestLabel}`;
    throw new InvalidInputError({ file: path, problem: `row ${row} has label ${label}`, expected });
  });
}
