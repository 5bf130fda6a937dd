import leven, { closestMatch } from 'leven';

/**
 * The known name that a misspelt one most likely stands for: the same but for capitals, else for hyphens, underscores and
 * blanks, else for two letters that changed places, else the closest by edits, at most one for every three letters. Undefined
 * where none is that close.
 *
 * @param known - Of equally close names the first is taken.
 * @example
 * import { suggestion } from '@netspace/config-file';
 * suggestion('AnyNetX-b', ['AnyNetX-A', 'AnyNetX-B']); // => 'AnyNetX-B'
 * suggestion('W0', ['w_0', 'w_a']); // => 'w_0'
 * suggestion('regnet', ['x', 'y']); // => undefined
 */
export function suggestion(name: string, known: readonly string[]): string | undefined {
  const alike = (form: (text: string) => string): string | undefined =>
    known.find((candidate) => form(candidate) === form(name));
  const swapped = known.find((candidate) => isSwapped(name, candidate));
  return alike(small) ?? alike(bare) ?? swapped ?? closestByEdits(name, known);
}

const small = (text: string): string => text.toLowerCase();

const bare = (text: string): string => small(text).replace(/[-_ ]/g, '');

function closestByEdits(name: string, known: readonly string[]): string | undefined {
  return closestMatch(name, known, { maxDistance: Math.floor(Math.min(name.length, longest) / 3) });
}

/** Letters of the longest name: a text of any length costs little. */
const longest = 60;

function isSwapped(name: string, candidate: string): boolean {
  const sorted = (text: string): string => Array.from(text).sort().join('');
  return name.length === candidate.length && sorted(name) === sorted(candidate) && leven(name, candidate) === 2;
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

/**
 * `; did you mean "basic"?`, or nothing where no known name is close.
 *
 * @example
 * import { didYouMean } from '@netspace/config-file';
 * didYouMean('bsic', ['x', 'basic']); // => '; did you mean "basic"?'
 */
export function didYouMean(name: string, known: readonly string[]): string {
  const close = suggestion(name, known);
  return close === undefined ? '' : `; did you mean ${JSON.stringify(close)}?`;
}
