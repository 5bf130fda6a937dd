import { suggestion } from '@netspace/config-file';

/**
 * What is wrong with a name that is none of the known ones, and what would be valid.
 *
 * @param problem - In the words of the place where it was found.
 */
export function unknownName(
  name: string,
  known: readonly string[],
  problem = `got ${JSON.stringify(name)}`,
): { readonly problem: string; readonly expected: string } {
  const meant = suggestion(name, known);
  return { problem: meant === undefined ? problem : `${problem}, did you mean ${meant}?`, expected: known.join(', ') };
}
