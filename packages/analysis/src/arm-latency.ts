import type { ArmLatency, Complexity, Latencies, LatencyCorrelation, ResultNetwork } from '@netspace/contracts';
import { correlation, percentile } from '@netspace/statistics';

/**
 * The inference times of an arm's networks, and how they go together with flops, params and acts (paper, section 4: time
 * follows acts more than flops); null where none was measured.
 *
 * @param networks - In the order of their indexes, trained or not.
 * @example
 * import { armLatency } from '@netspace/analysis';
 * import { madeArm, madeLatencies } from '@netspace/analysis/testing';
 * const arm = madeArm('RegNetX', [{ error: 12 }, { error: 11 }]);
 * armLatency(arm.population.networks, madeLatencies([arm]))?.networks.length; // => 2
 */
export function armLatency(networks: readonly ResultNetwork[], latencies: Latencies): ArmLatency | null {
  const measured = networks.flatMap(({ id, complexity }) => {
    const latency = latencies.networks[id];
    return latency === undefined || !isWhole(complexity) ? [] : [{ networkId: id, complexity, latency }];
  });
  if (measured.length === 0) return null;
  const times = measured.map(({ latency }) => latency.median);
  const against = (measure: keyof Complexity): LatencyCorrelation | null =>
    correlationOf(
      measured.map(({ complexity }) => complexity[measure]),
      times,
    );
  return {
    networks: measured,
    median: percentile(times, 50),
    correlations: { flops: against('flops'), params: against('params'), acts: against('acts') },
  };
}

function isWhole(complexity: Partial<Complexity>): complexity is Complexity {
  const { flops, params, acts } = complexity;
  return flops !== undefined && params !== undefined && acts !== undefined;
}

function correlationOf(values: readonly number[], times: readonly number[]): LatencyCorrelation | null {
  if (new Set(values).size < 2 || new Set(times).size < 2) return null;
  const { pearson, spearman } = correlation(values, times);
  return { pearson, spearman };
}
