import type { Complexity, Latencies, SampledNetwork } from '@netspace/contracts';
import { correlation } from '@netspace/statistics';

/** How inference time goes together with a measure of complexity. */
export interface LatencyCorrelation {
  /** Of the values. */
  readonly pearson: number;
  /** Of their ranks. */
  readonly spearman: number;
}

/** The correlation for each measure of complexity; null where the measure or the times do not vary. */
export type LatencyCorrelations = Readonly<Record<keyof Complexity, LatencyCorrelation | null>>;

/**
 * How the inference times of networks go together with their flops, params and acts (paper, section 4: time follows acts
 * more than flops). Networks whose time was not measured are left out.
 *
 * @example
 * import { latencyCorrelations } from '@netspace/report';
 * const of = (id, flops) => ({ id, index: 0, config: {}, complexity: { flops, params: 5, acts: flops ** 2 }, parameters: {} });
 * const time = (median) => ({ median, lowerQuartile: median, upperQuartile: median, passes: 1 });
 * const latencies = { engine: 'made', batchSize: 1, networks: { a: time(1), b: time(2), c: time(3) } };
 * const { flops, params } = latencyCorrelations([of('a', 10), of('b', 20), of('c', 30)], latencies);
 * [Number(flops.pearson.toFixed(6)), params]; // => [1, null]
 */
export function latencyCorrelations(networks: readonly SampledNetwork[], latencies: Latencies): LatencyCorrelations {
  const measured = networks.filter(({ id }) => latencies.networks[id] !== undefined);
  const times = measured.map(({ id }) => latencies.networks[id]!.median);
  const against = (measure: keyof Complexity): LatencyCorrelation | null => {
    const values = measured.map(({ complexity }) => complexity[measure]);
    if (new Set(values).size < 2 || new Set(times).size < 2) return null;
    const { pearson, spearman } = correlation(values, times);
    return { pearson, spearman };
  };
  return { flops: against('flops'), params: against('params'), acts: against('acts') };
}
