import type { StageConfig } from '@netspace/contracts';
import { compatibleStages } from '@netspace/model-builder';
import type { Check } from './check.js';
import { WorstError } from './worst-error.js';

interface Stages {
  readonly widths: readonly number[];
  /** 1 / b. */
  readonly bottleneck_multipliers: readonly number[];
  readonly group_widths: readonly number[];
}

interface Row extends Stages {
  readonly adjusted: Stages;
}

/** Widths and group widths made compatible; the error is the largest absolute difference of any number. */
export const blockCompatibility: Check = {
  file: 'block_compatibility.json',
  run(rows) {
    const worst = new WorstError(0);
    (rows as readonly Row[]).forEach((row, index) => {
      worst.countCase();
      const expected = stagesOf(row.adjusted);
      compatibleStages(stagesOf(row)).forEach((actual, stage) => {
        for (const key of ['width', 'bottleneckRatio', 'groupWidth'] as const) {
          worst.add(Math.abs(actual[key] - expected[stage]![key]), `row ${index}, stage ${stage}: ${key}`);
        }
      });
    });
    return [worst.result()];
  },
};

function stagesOf({ widths, bottleneck_multipliers: multipliers, group_widths: groupWidths }: Stages): StageConfig[] {
  return widths.map((width, stage) => ({
    depth: 1,
    width,
    stride: 1,
    bottleneckRatio: 1 / multipliers[stage]!,
    groupWidth: groupWidths[stage]!,
  }));
}
