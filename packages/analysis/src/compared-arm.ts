import type { ResultNetwork } from '@netspace/contracts';
import type { MeasuredArm } from './measured-arm.js';

/** A network of an arm that is compared. */
export interface ComparedNetwork extends Pick<ResultNetwork, 'index' | 'complexity' | 'pair'> {
  /** The mean over its trainings, per cent. */
  readonly error: number;
}

/** What of an arm is compared with others: a fraction of what is measured of it. */
export interface ComparedArm {
  readonly name: string;
  readonly setting: string;
  readonly space: string;
  readonly seed: number;
  /** The networks that have an error, in the order of their indexes. */
  readonly networks: readonly ComparedNetwork[];
}

/**
 * What of an arm is compared with others.
 *
 * @example
 * import { comparedArm, measureArms } from '@netspace/analysis';
 * import { madeArm, madeStudy } from '@netspace/analysis/testing';
 * const [arm] = measureArms(madeStudy([madeArm('A', [{ error: 12 }, { error: 'failed' }])]));
 * comparedArm(arm!).networks.map(({ index, error }) => [index, error]); // => [[0, 12]]
 */
export function comparedArm({ arm, results }: MeasuredArm): ComparedArm {
  const { name, setting, population } = arm;
  const networks = results.map(({ network: { index, complexity, pair }, error }) => ({
    ...{ index, complexity, error },
    ...(pair === undefined ? {} : { pair }),
  }));
  return { name, setting, space: population.space, seed: population.seed, networks };
}
