import type { ArmAnalysis } from '@netspace/contracts';
import { errorEdf, expectedBest, summarise } from '@netspace/statistics';
import { armLatency } from './arm-latency.js';
import { joinRecords } from './join-records.js';
import { countsOf, failuresOf, networkResults } from './network-results.js';
import { parameterSeries } from './parameter-series.js';
import { rankCorrelation } from './rank-correlation.js';
import type { ArmResults, StudyResults } from './study-results.js';
import { trendsOf } from './trends.js';

/** All that is computed of one arm. */
export function analyseArm(
  arm: ArmResults,
  { fits, latencies }: Pick<StudyResults, 'fits' | 'latencies'>,
): ArmAnalysis {
  const { name, setting, degreesOfFreedom, size } = arm;
  const { space, regime, seed, sampling } = arm.population;
  const networks = joinRecords(arm);
  const results = networkResults(networks, fits);
  const errors = results.map(({ error }) => error);
  const bestFirst = [...results].sort((a, b) => a.error - b.error);
  const sorted = bestFirst.map(({ error }) => error);
  const completed = bestFirst.filter(({ diverged }) => !diverged);
  return {
    ...{ name, setting, space, regime, seed, sampling, degreesOfFreedom, size },
    counts: countsOf(networks),
    networks: bestFirst,
    failures: failuresOf(networks),
    errors: errors.length === 0 ? null : summarise(errors),
    edf: errors.length === 0 ? [] : errorEdf(errors),
    expectedBest: bestFirst.map((_, index) => expectedBest(sorted, index + 1)),
    parameters: parameterSeries(bestFirst, seed),
    trends: trendsOf(completed),
    fitErrorCorrelation: rankCorrelation(
      completed.map(({ fit }) => fit.fitError),
      completed.map(({ error }) => error),
    ),
    latency:
      latencies &&
      armLatency(
        networks.map(({ network }) => network),
        latencies,
      ),
  };
}
