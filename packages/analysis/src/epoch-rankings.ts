import type { ArmAnalysis, EpochRanking } from '@netspace/contracts';
import { rankCorrelationInterval } from '@netspace/statistics';
import type { NetworkTrainings } from './join-records.js';
import { rankCorrelation } from './rank-correlation.js';

/** A ranking whose correlation with the last is at least so much, with confidence, is kept. */
const kept = 0.9;

/**
 * How well the errors after each epoch rank the networks as those after the last do: of each network's first training,
 * where it completed. None where their histories differ in length, or are shorter than two epochs.
 */
export function epochRankings(
  networks: readonly NetworkTrainings[],
  chosenBy: ArmAnalysis['chosenBy'],
): EpochRanking[] {
  const histories = networks.flatMap(({ trainings: [record] }) =>
    record?.status === 'completed'
      ? [record.epochs.map(({ testError, validationError }) => (chosenBy === 'test' ? testError : validationError!))]
      : [],
  );
  const epochs = histories[0]?.length ?? 0;
  if (histories.some(({ length }) => length !== epochs)) return [];
  const errorsAfter = (epoch: number): number[] => histories.map((errors) => errors[epoch - 1]!);
  return Array.from({ length: Math.max(0, epochs - 1) }, (_, index) => index + 1).flatMap((epoch) => {
    const correlation = rankCorrelation(errorsAfter(epoch), errorsAfter(epochs));
    if (correlation === null) return [];
    return [{ epoch, rankCorrelation: correlation, interval: rankCorrelationInterval(correlation, histories.length) }];
  });
}

/** The first epoch from which the ranking is kept; null where none is. */
export function rankingEpochOf(rankings: readonly EpochRanking[]): number | null {
  const lastLost = rankings.findLastIndex(({ interval }) => interval.low < kept);
  return rankings[lastLost + 1]?.epoch ?? null;
}
