import { type Dataset, type ImageSet, InvalidInputError } from '@netspace/contracts';
import { drawParts } from './dataset-parts.js';

/** Rows of the training images, ascending. */
export interface HeldOut {
  /** What networks are trained on. */
  readonly train: Uint32Array;
  /** What they are chosen by; undefined where nothing is held out. */
  readonly validation?: Uint32Array;
}

/** Of a dataset the same images are held out for every network, study and seed. */
const splitSeed = 0;

/**
 * Which training images are trained on and which are held out for validation: of each class the share, rounded down,
 * drawn at random.
 *
 * @param share - In [0, 1): the recipe's `validation`; nothing is held out where it is left out or 0.
 * @throws InvalidInputError where the dataset has a validation part of its own, or the share is less than one image of
 * every class (key `recipe.validation`).
 */
export function holdOut({ train, validation }: Pick<Dataset, 'train' | 'validation'>, share = 0): HeldOut {
  if (share === 0) return { train: rowsOf(train) };
  if (validation !== undefined)
    refuse(share, 'the dataset has a validation part of its own', 'no share, or a dataset without that part');
  const partOf = drawParts(train.labels, { test: 0, validation: share, seed: splitSeed });
  const held = rowsOf(train).filter((row) => partOf[row] === 'validation');
  if (held.length === 0) refuse(share, 'of each class that is less than one image', 'a larger share');
  return { train: rowsOf(train).filter((row) => partOf[row] === 'train'), validation: held };
}

/** All rows of a set, ascending. */
export function rowsOf({ count }: ImageSet): Uint32Array {
  return Uint32Array.from({ length: count }, (_, row) => row);
}

function refuse(share: number, reason: string, expected: string): never {
  throw new InvalidInputError({ key: 'recipe.validation', problem: `got ${share}: ${reason}`, expected });
}
