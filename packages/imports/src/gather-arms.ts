import { isDeepStrictEqual } from 'node:util';
import { type ImportedArm, InvalidInputError, type ResultNetwork, type TrainingResult } from '@netspace/contracts';
import type { ResultRow } from './result-row.js';

/**
 * The populations that rows are of, in the order in which they come: an arm each setting and space, a network each name.
 *
 * @throws InvalidInputError where there is no row, or two rows of one network differ in what it is.
 */
export function gatherArms(rows: readonly ResultRow[], file: string): ImportedArm[] {
  if (rows.length === 0) throw new InvalidInputError({ file, problem: 'has no result', expected: 'one or more' });
  const hasSettings = new Set(rows.map(({ setting }) => setting)).size > 1;
  const armOf = ({ setting, space }: ResultRow): string => (hasSettings ? `${setting}/${space}` : space);
  const nameOf = ({ network, line }: ResultRow): string => network ?? `line ${line}`;
  const named = [...groupBy(rows, nameOf)];
  const shared = new Set(named.filter(([, own]) => new Set(own.map(armOf)).size > 1).map(([name]) => name));
  return [...groupBy(rows, armOf)].map(([name, own]) => {
    // A name that two arms have may be of two networks.
    const trainings = [...groupBy(own, (row) => (shared.has(nameOf(row)) ? `${name}/${nameOf(row)}` : nameOf(row)))];
    return {
      ...{ name, setting: own[0]!.setting, space: own[0]!.space },
      networks: trainings.map(([id, all], index) => networkOf(id, all, { index, file })),
      results: trainings.flatMap(([id, all]) => all.map((row, replicate) => resultOf(row, id, replicate))),
    };
  });
}

function networkOf(
  id: string,
  [first, ...others]: readonly ResultRow[],
  { index, file }: { readonly index: number; readonly file: string },
): ResultNetwork {
  const describe = ({ parameters, complexity, config, pair }: ResultRow): Omit<ResultNetwork, 'id' | 'index'> => ({
    ...{ parameters, complexity, config },
    ...(pair === undefined ? {} : { pair }),
  });
  const network = describe(first!);
  const other = others.find((row) => !isDeepStrictEqual(describe(row), network));
  if (other === undefined) return { id, index, ...network };
  throw new InvalidInputError({
    ...{ file, line: other.line, key: 'network' },
    problem: `${JSON.stringify(id)} is another network here than on line ${first!.line}`,
    expected: 'the same parameters, complexity and configuration in each of its trainings',
  });
}

function resultOf(row: ResultRow, id: string, replicate: number): TrainingResult {
  const { outcome, validationError, epochs, seconds } = row;
  const base = { network: { id }, replicate, seconds };
  switch (outcome.status) {
    case 'completed':
      return { ...base, ...outcome, validationError, epochs };
    case 'diverged':
      return { ...base, ...outcome, error: 100, validationError };
    case 'failed':
      return { ...base, ...outcome };
  }
}

function groupBy(rows: readonly ResultRow[], nameOf: (row: ResultRow) => string): Map<string, ResultRow[]> {
  const groups = new Map<string, ResultRow[]>();
  for (const row of rows) groups.set(nameOf(row), [...(groups.get(nameOf(row)) ?? []), row]);
  return groups;
}
