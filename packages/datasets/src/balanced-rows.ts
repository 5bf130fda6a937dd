import { InvalidInputError } from '@netspace/contracts';

/**
 * The rows of a class-balanced subset, ascending: the classes take turns, each giving its next row in file order
 * (a class that has none left is passed over), until `count` are taken.
 *
 * @param labels - [rows], 0 to classes - 1.
 * @param count - Rows wanted; all where undefined.
 * @param key - Name of the setting, for messages.
 * @throws InvalidInputError where there are fewer rows than wanted.
 */
export function balancedRows(labels: Uint16Array, count: number | undefined, key: string): Uint32Array {
  const rows = Uint32Array.from(labels.keys());
  if (count === undefined) return rows;
  if (count > labels.length) {
    const expected = `1 to ${labels.length}, the images there are`;
    throw new InvalidInputError({ key, problem: `got ${count}`, expected });
  }
  // A row's turn is its position within its class; rows of one turn come in the order of their classes.
  const seen = new Uint32Array(65_536);
  const turns = Uint32Array.from(labels, (label) => seen[label]!++);
  rows.sort((a, b) => turns[a]! - turns[b]! || labels[a]! - labels[b]!);
  return rows.slice(0, count).sort();
}
