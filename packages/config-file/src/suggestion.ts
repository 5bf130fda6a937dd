import { closestMatch } from 'leven';

/**
 * The known name that a misspelt one most likely stands for: the closest by edits, capitals aside; undefined where none is close.
 * Close is at most half the letters and at most two, or a fifth of a long name.
 *
 * @param known - Of equally close names the first is taken.
 * @example
 * import { suggestion } from '@netspace/config-file';
 * suggestion('AnyNetX-b', ['AnyNetX-A', 'AnyNetX-B']); // => 'AnyNetX-B'
 * suggestion('regnet', ['x', 'y']); // => undefined
 */
export function suggestion(name: string, known: readonly string[]): string | undefined {
  const same = known.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  return same ?? closestMatch(name, known, { maxDistance: mostEdits(name.length) });
}

function mostEdits(letters: number): number {
  // No name is longer than 50 letters: a text of any length costs little.
  return Math.floor(letters < 10 ? Math.min(2, letters / 2) : Math.min(50, letters) / 5);
}

/** What is wrong with a name that is not known, in the words of an `InvalidInput`. */
export interface UnknownName {
  /** `got "bsic"; did you mean "basic"?` */
  readonly problem: string;
  /** The known names. */
  readonly expected: string;
}

/**
 * What to say of a name that is not known: the name, the one that it may stand for, and all that there are.
 *
 * @example
 * import { unknownName } from '@netspace/config-file';
 * unknownName('bsic', ['x', 'basic']); // => { problem: 'got "bsic"; did you mean "basic"?', expected: 'x, basic' }
 */
export function unknownName(name: string, known: readonly string[]): UnknownName {
  return { problem: `got ${JSON.stringify(name)}${didYouMean(name, known)}`, expected: known.join(', ') };
}

/** `; did you mean "basic"?`, or nothing where no known name is close. */
export function didYouMean(name: string, known: readonly string[]): string {
  const close = suggestion(name, known);
  return close === undefined ? '' : `; did you mean ${JSON.stringify(close)}?`;
}
