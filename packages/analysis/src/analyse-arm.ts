import type { ArmAnalysis, Latencies } from '@netspace/contracts';
import { edfBand, errorEdf, summarise } from '@netspace/statistics';
import { armLatencies } from './arm-latencies.js';
import { bestOfCurve } from './best-of.js';
import { bestFirst } from './chosen-by.js';
import { epochRankings, rankingEpochOf } from './epoch-rankings.js';
import type { MeasuredArm } from './measured-arm.js';
import { countsOf, failuresOf } from './network-results.js';
import { parameterSeries } from './parameter-series.js';
import { rankCorrelation } from './rank-correlation.js';
import { repeatabilityOf } from './repeatability.js';
import { trendsOf } from './trends.js';
import { widthTrendOf } from './width-trend.js';

/** All that is computed of one arm. */
export function analyseArm({ arm, networks, results, chosenBy }: MeasuredArm, latencies: Latencies): ArmAnalysis {
  const { name, setting, degreesOfFreedom, size, chanceLoss } = arm;
  const { space, regime, seed, sampling } = arm.population;
  const errors = results.map(({ error }) => error);
  const ranked = bestFirst(results, chosenBy);
  const completed = ranked.filter(({ diverged }) => !diverged);
  const rankings = epochRankings(networks, chosenBy);
  return {
    ...{ name, setting, space, regime, seed, sampling, degreesOfFreedom, size, chosenBy },
    counts: countsOf(networks, chanceLoss),
    networks: ranked,
    failures: failuresOf(networks),
    errors: errors.length === 0 ? null : summarise(errors),
    edf: errors.length === 0 ? [] : errorEdf(errors),
    band: errors.length === 0 ? null : edfBand(errors),
    bestOf: bestOfCurve(results, chosenBy),
    repeatability: repeatabilityOf(results),
    epochRankings: rankings,
    rankingEpoch: rankingEpochOf(rankings),
    parameters: parameterSeries(ranked, { chosenBy, seed }),
    trends: trendsOf(completed),
    widthTrend: widthTrendOf(completed, seed),
    fitErrorCorrelation: fitErrorCorrelation(completed),
    latencies: armLatencies(
      networks.map(({ network }) => network),
      latencies,
    ),
  };
}

function fitErrorCorrelation(
  completed: readonly Pick<ArmAnalysis['networks'][number], 'fit' | 'error'>[],
): number | null {
  const fitted = completed.flatMap(({ fit, error }) => (fit === null ? [] : [{ fitError: fit.fitError, error }]));
  return rankCorrelation(
    fitted.map(({ fitError }) => fitError),
    fitted.map(({ error }) => error),
  );
}
