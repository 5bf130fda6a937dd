import type { ParameterImportance } from '@netspace/contracts';
import { openRandom, shuffle } from '@netspace/random';
import { percentile } from '@netspace/statistics';
import { mean } from 'simple-statistics';

/** A trained network as its parameters. */
export interface ParameterisedNetwork {
  readonly parameters: Readonly<Record<string, number | string>>;
  /** Per cent. */
  readonly error: number;
}

/** Values of a parameter that are told apart: numbers fall into so many bins of about as many networks. */
const bins = 4;

/** Orders of the errors that chance is judged by. */
const permutations = 200;

/** Parameters whose pairs are looked at: the most important ones. */
const paired = 8;

/**
 * How much each parameter, and each pair of the most important ones, tells of which networks are among the best fifth: the
 * share of that uncertainty which its value takes away (mutual information over entropy), less what it takes away by chance,
 * in the mean of 200 seeded permutations. Of a pair, only what neither of its parameters tells alone.
 *
 * @returns Most important first; none of fewer than ten networks.
 * @example
 * import { importancesOf } from '@netspace/refine';
 * // The error follows d; b says nothing of it.
 * const networks = Array.from({ length: 40 }, (_, index) => ({
 *   parameters: { d: index % 4, b: Math.floor(index / 4) % 2 }, error: 10 + (index % 4),
 * }));
 * importancesOf(networks)[0]?.name; // => 'd'
 */
export function importancesOf(networks: readonly ParameterisedNetwork[]): ParameterImportance[] {
  if (networks.length < 10) return [];
  const good = goodOnes(networks.map(({ error }) => error));
  const orders = [good, ...permuted(good)];
  const single = columnsOf(networks).map((column) => {
    const told = orders.map((order) => information(column, order));
    return { column, told, ...importanceOf(told, good) };
  });
  single.sort((a, b) => b.importance - a.importance);
  const best = single.slice(0, paired);
  const pairs = best.flatMap((one, index) =>
    best.slice(index + 1).map((other) => {
      const column = crossed(one.column, other.column);
      const surplus = orders.map(
        (order, position) => information(column, order) - one.told[position]! - other.told[position]!,
      );
      return { column, ...importanceOf(surplus, good) };
    }),
  );
  return [...single, ...pairs]
    .map(({ column, importance, p }) => ({ name: column.name, importance, p }))
    .sort((a, b) => b.importance - a.importance);
}

/** 1 for each network among the best fifth. */
function goodOnes(errors: readonly number[]): Uint8Array {
  const limit = percentile(errors, 20);
  return Uint8Array.from(errors, (error) => (error <= limit ? 1 : 0));
}

function permuted(good: Uint8Array): Uint8Array[] {
  const random = openRandom(1, 'importances');
  return Array.from({ length: permutations }, () => shuffle(good.slice(), random));
}

/** A parameter as the bin of each network. */
interface Column {
  readonly name: string;
  readonly cells: Uint16Array;
  /** Networks of each bin. */
  readonly counts: Float64Array;
}

function columnOf(name: string, cells: Uint16Array): Column {
  const counts = new Float64Array(Math.max(...cells) + 1);
  for (const cell of cells) counts[cell]!++;
  return { name, cells, counts };
}

/** Parameters that all networks have and that differ between them. */
function columnsOf(networks: readonly ParameterisedNetwork[]): Column[] {
  return Object.keys(networks[0]!.parameters).flatMap((name): Column[] => {
    const values = networks.map(({ parameters }) => parameters[name]);
    if (new Set(values).size < 2 || values.includes(undefined)) return [];
    return [columnOf(name, cellsOf(values as (number | string)[]))];
  });
}

function cellsOf(values: readonly (number | string)[]): Uint16Array {
  const distinct = [...new Set(values)];
  const numbers = values.filter((value) => typeof value === 'number');
  if (distinct.length <= bins || numbers.length < values.length) {
    return Uint16Array.from(values, (value) => distinct.indexOf(value));
  }
  const edges = Array.from({ length: bins - 1 }, (_, index) => percentile(numbers, (100 * (index + 1)) / bins));
  return Uint16Array.from(numbers, (value) => edges.filter((edge) => value > edge).length);
}

function crossed(one: Column, other: Column): Column {
  const width = other.counts.length;
  const cells = one.cells.map((cell, index) => cell * width + other.cells[index]!);
  return columnOf(`${one.name} and ${other.name}`, cells);
}

/** What is told of the networks in their order, first, against what is told by chance. */
function importanceOf(
  [observed, ...byChance]: readonly number[],
  good: Uint8Array,
): Pick<ParameterImportance, 'importance' | 'p'> {
  const entropy = entropyOf(good.reduce((sum, one) => sum + one, 0) / good.length);
  const asMuch = byChance.filter((value) => value >= observed!).length;
  return {
    importance: entropy === 0 ? 0 : (observed! - mean(byChance)) / entropy,
    p: (asMuch + 1) / (byChance.length + 1),
  };
}

/** Mutual information of a parameter and goodness, in nats. */
function information({ cells, counts }: Column, good: Uint8Array): number {
  const goods = new Float64Array(counts.length);
  let all = 0;
  for (let index = 0; index < cells.length; index++) {
    goods[cells[index]!]! += good[index]!;
    all += good[index]!;
  }
  const n = cells.length;
  return counts.reduce(
    (sum, count, cell) => (count === 0 ? sum : sum - (count / n) * entropyOf(goods[cell]! / count)),
    entropyOf(all / n),
  );
}

function entropyOf(share: number): number {
  return share <= 0 || share >= 1 ? 0 : -share * Math.log(share) - (1 - share) * Math.log(1 - share);
}
