import { InvalidInputError } from '@netspace/contracts';
import { withFile } from './row-file.js';

/** What the header of a .npy file says. */
export interface NpyFile {
  readonly path: string;
  /** Byte order and type: `|u1`, `<i8`. */
  readonly type: string;
  readonly shape: readonly number[];
  readonly headerBytes: number;
}

const magic = '\x93NUMPY';
const remedy = 'a .npy file of numpy.save';

/**
 * Reads the header of a .npy file, format versions 1 to 3
 * (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html): magic string, version, the length of a
 * Python dictionary, and the dictionary; the values follow.
 *
 * @throws InvalidInputError where the file cannot be read, is no .npy file, lies in Fortran order, holds objects or
 * records, or is longer or shorter than its header says.
 */
export async function openNpyFile(path: string): Promise<NpyFile> {
  const { headerBytes, dictionary, bytes } = await withFile(path, remedy, async (file) => {
    const start = Buffer.alloc(12);
    await file.read(start, 0, start.length, 0);
    const lengthBytes = start[6] === 1 ? 2 : 4;
    const length = start.readUIntLE(8, lengthBytes);
    const known = start.toString('latin1', 0, 6) === magic && start[6]! >= 1 && start[6]! <= 3;
    if (!known || length > 65_536)
      throw new InvalidInputError({ file: path, problem: 'is no .npy file', expected: remedy });
    const header = Buffer.alloc(length);
    await file.read(header, 0, length, 8 + lengthBytes);
    const { size } = await file.stat();
    return { headerBytes: 8 + lengthBytes + length, dictionary: header.toString('utf8'), bytes: size };
  });
  const { type, shape } = parseDictionary(dictionary, path);
  const expectedBytes = headerBytes + shape.reduce((product, size) => product * size, Number(type.slice(2)));
  if (bytes !== expectedBytes) {
    const expected = `${expectedBytes} for ${type} of shape [${shape.join(', ')}]`;
    throw new InvalidInputError({ file: path, problem: `${bytes} bytes`, expected });
  }
  return { path, type, shape, headerBytes };
}

function parseDictionary(dictionary: string, file: string): Pick<NpyFile, 'type' | 'shape'> {
  const type = /'descr': '([<>|][a-zA-Z]\d+)'/.exec(dictionary)?.[1];
  const order = /'fortran_order': (True|False)/.exec(dictionary)?.[1];
  const shape = /'shape': \(([\d, ]*)\)/.exec(dictionary)?.[1];
  if (type === undefined || order === undefined || shape === undefined) {
    throw new InvalidInputError({ file, problem: `has the header ${dictionary.trim()}`, expected: 'a plain array' });
  }
  if (order === 'True') {
    const expected = 'C order: numpy.save(file, numpy.ascontiguousarray(array))';
    throw new InvalidInputError({ file, problem: 'lies in Fortran order', expected });
  }
  return { type, shape: (shape.match(/\d+/g) ?? []).map(Number) };
}
