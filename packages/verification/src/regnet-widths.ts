import { blockWidths, expand } from '@netspace/quantized-linear';
import type { Check } from './check.js';
import { WorstError } from './worst-error.js';

interface Row {
  readonly w_0: number;
  readonly w_a: number;
  readonly w_m: number;
  readonly d: number;
  /** Quantum of the widths. */
  readonly q: number;
  readonly widths: readonly number[];
  readonly depths: readonly number[];
  readonly num_stages: number;
  readonly total_stages: number;
  readonly block_widths: readonly number[];
}

/** The stages and block widths of a rule; the error is the largest difference of any of their numbers. */
export const regnetWidths: Check = {
  file: 'regnet_widths.json',
  run(rows) {
    const worst = new WorstError(0);
    (rows as readonly Row[]).forEach((row, index) => {
      worst.countCase();
      for (const [name, actual, expected] of comparisons(row)) {
        worst.add(largestDifference(actual, expected), `row ${index}: ${name}`);
      }
    });
    return [worst.result()];
  },
};

type Numbers = readonly number[];

function comparisons(row: Row): [name: string, actual: Numbers, expected: Numbers][] {
  const rule = { initialWidth: row.w_0, slope: row.w_a, widthMultiplier: row.w_m, depth: row.d };
  const { widths, depths, totalStages } = expand(rule, row.q);
  return [
    ['widths', widths, row.widths],
    ['depths', depths, row.depths],
    ['num_stages', [widths.length], [row.num_stages]],
    ['total_stages', [totalStages], [row.total_stages]],
    ['block_widths', blockWidths(rule, row.q), row.block_widths],
  ];
}

function largestDifference(actual: Numbers, expected: Numbers): number {
  if (actual.length !== expected.length) return Infinity;
  return Math.max(...expected.map((value, index) => Math.abs(actual[index]! - value)));
}
