import type { NetworkResult, WidthTrend } from '@netspace/contracts';
import { openRandom } from '@netspace/random';
import { percentile } from '@netspace/statistics';

/** The best networks: the paper's figure has 20. */
const most = 20;

const fewest = 3;

const resamples = 2000;

/**
 * How the widths of the best networks grow from block to block.
 *
 * @param completed - The networks that did not diverge, best first.
 * @param seed - Of the bootstrap.
 */
export function widthTrendOf(completed: readonly Pick<NetworkResult, 'network'>[], seed: number): WidthTrend | null {
  const best = completed.slice(0, most).flatMap(({ network: { config } }) => (config === null ? [] : [config.stages]));
  if (best.length < fewest) return null;
  const logs = best.map((stages) =>
    stages
      .flatMap(({ depth, width }) => new Array<number>(depth).fill(width))
      .map((width, block) => Math.log(width / (block + 1))),
  );
  const random = openRandom(seed, 'width-trend');
  const draws = Array.from({ length: resamples }, () =>
    geometricMean(logs.map(() => logs[random.integer(0, logs.length - 1)]!)),
  );
  return {
    networks: best.length,
    slope: geometricMean(logs),
    interval: { low: percentile(draws, 2.5), high: percentile(draws, 97.5) },
  };
}

/** Over all blocks of the networks. */
function geometricMean(logs: readonly (readonly number[])[]): number {
  const sum = logs.reduce((total, own) => own.reduce((partial, log) => partial + log, total), 0);
  return Math.exp(sum / logs.reduce((blocks, own) => blocks + own.length, 0));
}
