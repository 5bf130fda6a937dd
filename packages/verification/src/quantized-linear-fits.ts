import { fit } from '@netspace/quantized-linear';
import type { Check } from './check.js';
import { WorstError } from './worst-error.js';

interface Row {
  readonly widths: readonly number[];
  readonly depths: readonly number[];
  /** Of the best rule that a brute-force grid found. */
  readonly e_fit: number;
}

/** The fit of a network; the error is how much its e_fit exceeds the grid's. A smaller e_fit is no error. */
export const quantizedLinearFits: Check = {
  file: 'quantized_linear_fits.json',
  run(rows) {
    const worst = new WorstError(1e-9);
    (rows as readonly Row[]).forEach((row, index) => {
      worst.countCase();
      worst.add(fit(row).fitError - row.e_fit, `row ${index}: e_fit`);
    });
    return [worst.result()];
  },
};
