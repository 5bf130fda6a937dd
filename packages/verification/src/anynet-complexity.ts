import type { Complexity } from '@netspace/contracts';
import { complexityOf } from '@netspace/model-builder';
import { type AnyNet, networkConfigOfAnyNet } from '@netspace/pycls';
import type { Check } from './check.js';
import { addComplexityDifferences } from './complexity-differences.js';
import { WorstError } from './worst-error.js';

interface Row extends Complexity {
  readonly image_size: number;
  readonly net: AnyNet;
}

/** The complexity of random AnyNets; the error is the largest absolute difference of any count. */
export const anynetComplexity: Check = {
  file: 'anynet_complexity.json',
  run(rows) {
    const worst = new WorstError(0);
    (rows as readonly Row[]).forEach((row, index) => {
      worst.countCase();
      const actual = complexityOf(networkConfigOfAnyNet(row.net, row.image_size));
      addComplexityDifferences(worst, actual, row, `row ${index}`);
    });
    return [worst.result()];
  },
};
