import type { Complexity } from '@netspace/contracts';
import { complexityOf } from '@netspace/model-builder';
import { parsePyclsConfig } from '@netspace/pycls';
import type { Check } from './check.js';
import { addComplexityDifferences } from './complexity-differences.js';
import { WorstError } from './worst-error.js';

interface Row extends Complexity {
  readonly name: string;
  /** A pycls configuration; JSON, and so YAML. */
  readonly config: unknown;
}

/** The complexity of published pycls configurations; the error is the largest absolute difference of any count. */
export const modelZoo: Check = {
  file: 'model_zoo.json',
  run(rows) {
    const worst = new WorstError(0);
    for (const row of rows as readonly Row[]) {
      worst.countCase();
      const network = parsePyclsConfig(JSON.stringify(row.config, undefined, 2), row.name);
      addComplexityDifferences(worst, complexityOf(network), row, row.name);
    }
    return [worst.result()];
  },
};
