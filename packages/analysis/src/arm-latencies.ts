import type {
  ArmLatency,
  Complexity,
  Latencies,
  LatencyCorrelation,
  LatencySeries,
  ResultNetwork,
} from '@netspace/contracts';
import { correlation, percentile } from '@netspace/statistics';

/**
 * The inference times of an arm's networks, and how they go together with flops, params and acts (paper, section 4: time
 * follows acts more than flops), by each engine and size of a pass; a series that has none of its networks is left out.
 *
 * @param networks - In the order of their indexes, trained or not.
 * @example
 * import { armLatencies } from '@netspace/analysis';
 * import { madeArm, madeLatencies } from '@netspace/analysis/testing';
 * const arm = madeArm('RegNetX', [{ error: 12 }, { error: 11 }]);
 * const [latency] = armLatencies(arm.population.networks, madeLatencies([arm]));
 * [latency?.engine, latency?.batchSize, latency?.networks.length]; // => ['made', 1, 2]
 */
export function armLatencies(networks: readonly ResultNetwork[], latencies: Latencies): ArmLatency[] {
  return latencies.flatMap((series) => {
    const latency = latencyOf(networks, series);
    return latency === null ? [] : [latency];
  });
}

function latencyOf(
  networks: readonly ResultNetwork[],
  { engine, description, batchSize, networks: times }: LatencySeries,
): ArmLatency | null {
  const measured = networks.flatMap(({ id, complexity }) => {
    const latency = times[id];
    return latency === undefined || !isWhole(complexity) ? [] : [{ networkId: id, complexity, latency }];
  });
  if (measured.length === 0) return null;
  const medians = measured.map(({ latency }) => latency.median);
  const against = (measure: keyof Complexity): LatencyCorrelation | null =>
    correlationOf(
      measured.map(({ complexity }) => complexity[measure]),
      medians,
    );
  return {
    ...{ engine, description, batchSize, networks: measured },
    median: percentile(medians, 50),
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
