import { fitLine, fitSquareRoot } from '@netspace/statistics';
import type { Check } from './check.js';
import { WorstError } from './worst-error.js';

interface Row {
  readonly model: 'linear' | 'sqrt';
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly intercept: number;
  readonly slope: number;
  readonly r2: number;
}

/** Least-squares fits of points; the error is the absolute difference of intercept, slope or r2. */
export const complexityFits: Check = {
  file: 'complexity_fits.json',
  run(rows) {
    const worst = new WorstError(1e-9);
    (rows as readonly Row[]).forEach((row, index) => {
      worst.countCase();
      const fit = (row.model === 'linear' ? fitLine : fitSquareRoot)(row.x, row.y);
      for (const name of ['intercept', 'slope', 'r2'] as const) {
        worst.add(Math.abs(fit[name] - row[name]), `row ${index}: ${name}`);
      }
    });
    return [worst.result()];
  },
};
