import { type Distribution, draw } from '@netspace/design-space';
import { openRandom } from '@netspace/random';
import type { Check } from './check.js';
import { WorstError } from './worst-error.js';

interface Row extends Distribution {
  /** Draws that the reference's CDF was made of. */
  readonly samples: number;
  readonly cdf_at: readonly number[];
  /** Share of the draws that are at most `cdf_at`. */
  readonly cdf: readonly number[];
}

const draws = 200_000;

/** Chance that two samples of one distribution are further apart than the tolerance, for each row. */
const level = 1e-4;

/** The empirical CDF of seeded draws against the reference's; the error is the largest distance at any of its points. */
export const samplers: Check = {
  file: 'samplers.json',
  run(rows) {
    const typed = rows as readonly Row[];
    const worst = new WorstError(Math.max(...typed.map(tolerance)));
    typed.forEach((row, index) => {
      worst.countCase();
      worst.add(largestDistance(row, index), `row ${index}: cdf of ${row.distribution}`);
    });
    return [worst.result()];
  },
};

/** Critical distance of the two-sample Kolmogorov-Smirnov test: sqrt(-ln(level / 2) / 2) sqrt((n + m) / (n m)). */
function tolerance({ samples }: Row): number {
  return Math.sqrt(-Math.log(level / 2) / 2) * Math.sqrt((samples + draws) / (samples * draws));
}

function largestDistance(row: Row, index: number): number {
  const random = openRandom(1, 'samplers', index);
  const values = Float64Array.from({ length: draws }, () => draw(row, random));
  if (values.some((value) => value < row.low || value > row.high)) return Infinity;
  const distances = row.cdf_at.map((point, place) => {
    const share = values.filter((value) => value <= point).length / draws;
    return Math.abs(share - row.cdf[place]!);
  });
  return Math.max(...distances);
}
