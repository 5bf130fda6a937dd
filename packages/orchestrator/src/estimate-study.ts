import type { Dataset, SampledNetwork } from '@netspace/contracts';
import { openRunFolder } from '@netspace/run-store';
import { type Arm, armsOf, architectureOf, replicatesOf, type Setting, type Study } from '@netspace/study';
import { coresPerNetwork } from './cores-per-network.js';
import { type Evaluation, openEvaluation } from './evaluation.js';
import { type ImageSeconds, measureStep } from './measure-step.js';
import type { PlanOptions } from './plan-study.js';
import { samplePopulations } from './steps/sample-populations.js';

/** What an arm asks for. */
export interface ArmEstimate {
  readonly name: string;
  readonly networks: number;
  readonly trainings: number;
  /** Multiply-adds of all trainings: three forward passes an image, and one for each that is tested. */
  readonly flops: number;
  /** Of one worker; null where no engine of netspace trains. */
  readonly seconds: number | null;
}

/** Networks that are measured of each setting, spread over the range of flops. */
const measured = 5;

/** A backward pass costs two forward passes. */
const passesOfTraining = 3;

/**
 * What a study asks for, before anything is trained: its populations are drawn, and a few networks of each setting are
 * trained on noise for a second each. Nothing is written.
 *
 * @throws InvalidInputError as `samplePopulations`, and where the images or the engine are not there; AbortError where
 * `signal` ends it.
 */
export async function estimateStudy(study: Study, { directory, ...options }: PlanOptions): Promise<ArmEstimate[]> {
  const folder = await openRunFolder(directory);
  const run = { folder, study, before: undefined, arms: armsOf(study), close: () => Promise.resolve() };
  const populations = await samplePopulations(run, false, options);
  const evaluation = await openEvaluation(study, coresPerNetwork(options.workers ?? 1));
  try {
    const estimates: ArmEstimate[] = [];
    for (const setting of study.settings) {
      const arms = run.arms.flatMap((arm, index) =>
        arm.setting === setting ? [{ arm, networks: populations[index]!.networks }] : [],
      );
      const images = imagesOf(setting, await evaluation.datasetOf(setting));
      const secondsOf = await calibrate(study, setting, evaluation, arms, options.signal);
      estimates.push(...arms.map((one) => estimateOf(study, one, images, secondsOf)));
    }
    return estimates;
  } finally {
    await evaluation.close();
  }
}

interface ArmNetworks {
  readonly arm: Arm;
  readonly networks: readonly SampledNetwork[];
}

/** Images of an epoch. */
interface EpochImages {
  readonly training: number;
  readonly evaluation: number;
}

/** Null where the evaluator brings its own. */
function imagesOf({ recipe }: Setting, dataset: Dataset | null): EpochImages | null {
  if (dataset === null) return null;
  const held = Math.floor((recipe.validation ?? 0) * dataset.train.count);
  const batches = Math.floor((dataset.train.count - held) / recipe.batchSize);
  return {
    training: batches * recipe.batchSize,
    evaluation: dataset.test.count + held + (dataset.validation?.count ?? 0),
  };
}

type SecondsOf = (network: SampledNetwork) => ImageSeconds;

/** Seconds of an image by a network's flops: lines through networks that are measured; null where no engine trains. */
async function calibrate(
  study: Study,
  { recipe }: Setting,
  { engine }: Evaluation,
  arms: readonly ArmNetworks[],
  signal: AbortSignal | undefined,
): Promise<SecondsOf | null> {
  if (engine === null) return null;
  const room = { engine, architecture: architectureOf(study.loaded.extensions) };
  const chosen = spread(arms.flatMap(({ networks }) => networks));
  const seconds: ImageSeconds[] = [];
  for (const { config } of chosen) seconds.push(await measureStep(config, recipe, room, signal));
  const flops = chosen.map(({ complexity }) => complexity.flops);
  const training = await lineThrough(
    flops,
    seconds.map((one) => one.training),
  );
  const evaluation = await lineThrough(
    flops,
    seconds.map((one) => one.evaluation),
  );
  return ({ complexity }) => ({ training: training(complexity.flops), evaluation: evaluation(complexity.flops) });
}

/** Networks from the cheapest to the dearest. */
function spread(networks: readonly SampledNetwork[]): SampledNetwork[] {
  const sorted = [...networks].sort((a, b) => a.complexity.flops - b.complexity.flops);
  const count = Math.min(measured, sorted.length);
  return Array.from(
    { length: count },
    (_, index) => sorted[Math.round((index * (sorted.length - 1)) / Math.max(1, count - 1))]!,
  );
}

/** A line of seconds by flops that does not fall, else their mean. */
async function lineThrough(flops: readonly number[], seconds: readonly number[]): Promise<(flops: number) => number> {
  const mean = seconds.reduce((sum, one) => sum + one, 0) / seconds.length;
  if (new Set(flops).size < 2) return () => mean;
  const { fitLine } = await import('@netspace/statistics');
  const { intercept, slope } = fitLine(flops, seconds);
  return slope > 0 && intercept > 0 ? (value) => intercept + slope * value : () => mean;
}

function estimateOf(
  study: Study,
  { arm, networks }: ArmNetworks,
  images: EpochImages | null,
  secondsOf: SecondsOf | null,
): ArmEstimate {
  const { epochs } = arm.setting.recipe;
  let [trainings, flops, seconds] = [0, 0, 0];
  for (const network of networks) {
    const times = replicatesOf(study, network.index);
    trainings += times;
    if (images === null) continue;
    const passes = passesOfTraining * images.training + images.evaluation;
    flops += times * epochs * passes * network.complexity.flops;
    const own = secondsOf?.(network);
    if (own === undefined) continue;
    seconds += times * epochs * (own.training * images.training + own.evaluation * images.evaluation);
  }
  return { name: arm.name, networks: networks.length, trainings, flops, seconds: secondsOf === null ? null : seconds };
}
