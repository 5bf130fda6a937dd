import type { ArmAnalysis, ArmLatency, ClaimEvidence, ClaimKind } from '@netspace/contracts';
import { openRandom } from '@netspace/random';
import { percentile } from '@netspace/statistics';
import { sampleCorrelation } from 'simple-statistics';

/** Correlations are compared of at least so many networks. */
const fewest = 10;

/** Draws of the bootstrap. */
const resamples = 2000;

export const actsFollowTime: ClaimKind = {
  statement: 'Inference time follows acts more closely than flops.',
  source: 'section 4, Fig. 12',
  evidence: ({ arms }) => arms.flatMap(evidenceOf),
};

/** One for each engine and size of a pass. */
function evidenceOf({ name, seed, latencies }: ArmAnalysis): ClaimEvidence[] {
  return latencies.flatMap((latency) => evidenceOfSeries(latency, { name, seed }));
}

function evidenceOfSeries(
  { networks, engine, batchSize }: ArmLatency,
  { name, seed }: Pick<ArmAnalysis, 'name' | 'seed'>,
): ClaimEvidence[] {
  if (networks.length < fewest) return [];
  const effect = advantage(networks);
  if (effect === null) return [];
  const random = openRandom(seed, 'acts-follow-time');
  const draws = Array.from({ length: resamples }, () =>
    advantage(networks.map(() => networks[random.integer(0, networks.length - 1)]!)),
  ).filter((draw) => draw !== null);
  const shareOf = (is: (draw: number) => boolean): number => (draws.filter(is).length + 1) / (draws.length + 1);
  return [
    {
      where: `${name}, ${engine}, ${batchSize === 1 ? 'single images' : `batches of ${batchSize}`}`,
      statistic: 'correlation of time with acts, less that with flops',
      unit: '',
      effect,
      interval: { low: percentile(draws, 2.5), high: percentile(draws, 97.5) },
      test: 'bootstrap of networks',
      margin: 0,
      falseP: shareOf((draw) => draw <= 0),
      trueP: shareOf((draw) => draw >= 0),
      networks: networks.length,
    },
  ];
}

/** Null where one of the three does not vary. */
function advantage(networks: ArmLatency['networks']): number | null {
  const times = networks.map(({ latency }) => latency.median);
  const [acts, flops] = [
    networks.map(({ complexity }) => complexity.acts),
    networks.map(({ complexity }) => complexity.flops),
  ];
  if ([times, acts, flops].some((values) => new Set(values).size < 2)) return null;
  return sampleCorrelation(times, acts) - sampleCorrelation(times, flops);
}
