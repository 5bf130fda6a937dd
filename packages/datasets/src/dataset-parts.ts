import { InvalidInputError } from '@netspace/contracts';
import { openRandom, shuffle } from '@netspace/random';
import { balancedRows } from './balanced-rows.js';
import type { Split } from './dataset-keys.js';

/** Something of each part of a dataset: its rows, its images. */
export interface Parts<T> {
  readonly train: T;
  readonly validation?: T;
  readonly test: T;
}

/** Which rows of a table are a part. */
export interface PartRows {
  /** [rows of the table], the class of each. */
  readonly labels: Uint16Array;
  /** The part's rows, ascending. */
  readonly rows: Uint32Array;
}

/** What `map` makes of each part. */
export function mapParts<T, Result>(parts: Parts<T>, map: (value: T, part: keyof Parts<T>) => Result): Parts<Result> {
  const train = map(parts.train, 'train');
  const validation = parts.validation === undefined ? {} : { validation: map(parts.validation, 'validation') };
  return { train, ...validation, test: map(parts.test, 'test') };
}

/** Waits for every part. */
export async function awaitParts<T>(parts: Parts<Promise<T>>): Promise<Parts<T>> {
  const [train, validation, test] = await Promise.all([parts.train, parts.validation, parts.test]);
  return { train, ...(validation === undefined ? {} : { validation }), test };
}

/**
 * Draws the rows of each part: of every class, the first so many of a seeded shuffle are for testing, the next for
 * validation, the rest for training. Numbers are rounded down, so every class keeps an image to train on.
 *
 * @param labels - [rows], the class of each.
 * @throws InvalidInputError where the classes are too small to give a part its first image.
 */
export function splitRows(labels: Uint16Array, { test, validation, seed }: Split): Parts<PartRows> {
  const partOf = drawParts(labels, { test, validation, seed });
  const rowsOf = (part: keyof Parts<unknown>, share: number): PartRows => {
    const rows = Uint32Array.from(labels.keys()).filter((row) => partOf[row] === part);
    if (rows.length > 0) return { labels, rows };
    const problem = `${share} of each class is less than one image`;
    throw new InvalidInputError({ key: `dataset.split.${part}`, problem, expected: 'a larger share' });
  };
  const held = validation > 0 ? { validation: rowsOf('validation', validation) } : {};
  return { train: rowsOf('train', 1 - test - validation), ...held, test: rowsOf('test', test) };
}

/** The part of each row: of every class the first so many of a seeded shuffle are for testing, the next for validation. */
export function drawParts(labels: Uint16Array, { test, validation, seed }: Split): (keyof Parts<unknown>)[] {
  const partOf: (keyof Parts<unknown>)[] = Array.from(labels, () => 'train');
  for (const [label, rows] of rowsByClass(labels)) {
    const drawn = shuffle(rows, openRandom(seed, 'split', label));
    const testEnd = shareOf(drawn.length, test);
    const validationEnd = testEnd + shareOf(drawn.length, validation);
    for (const row of drawn.slice(0, testEnd)) partOf[row] = 'test';
    for (const row of drawn.slice(testEnd, validationEnd)) partOf[row] = 'validation';
  }
  return partOf;
}

function rowsByClass(labels: Uint16Array): Map<number, number[]> {
  const rows = new Map<number, number[]>();
  labels.forEach((label, row) => {
    const own = rows.get(label);
    if (own === undefined) rows.set(label, [row]);
    else own.push(row);
  });
  return rows;
}

/** A share of a number of images, rounded down; without the last bits of the product, so that 0.29 of 100 is 29. */
function shareOf(images: number, share: number): number {
  return Math.floor(Number((images * share).toPrecision(12)));
}

/** The parts with class-balanced subsets of training and test rows, where so many are wanted; see {@link balancedRows}. */
export function subsetParts<Part extends PartRows>(
  parts: Parts<Part>,
  { trainImages, testImages }: { readonly trainImages?: number | undefined; readonly testImages?: number | undefined },
): Parts<Part> {
  const wanted = { train: trainImages, validation: undefined, test: testImages };
  return mapParts(parts, (part, name) => {
    const own = Uint16Array.from(part.rows, (row) => part.labels[row]!);
    const chosen = balancedRows(own, wanted[name], `dataset.${name}Images`);
    return { ...part, rows: chosen.map((index) => part.rows[index]!) };
  });
}
