import { type EpochRecord, InvalidInputError, type TrainingOutcome } from '@netspace/contracts';
import { checkpointOf, type Course, openCourse } from './course.js';
import { evaluate, type Evaluation } from './evaluation.js';
import { learningRateAt } from './learning-rate.js';
import { Divergence, noMetrics, scoresOf } from './scores.js';
import { Stopwatch } from './stopwatch.js';
import { trainEpoch } from './train-epoch.js';
import type { Training } from './training.js';

/**
 * Trains a network by a recipe and tests it after every epoch, on the validation part too where there is one.
 *
 * In the end the network is what the outcome's error was measured on: the moving average where the recipe has one. A loss
 * that is not finite ends the training as `diverged` with an error of 100 %; its history holds the epochs before.
 * The engine's methods are never called concurrently. Between two steps the process is free for a moment. The same
 * network, state, source and recipe give the same outcome but for its times: also where the training was broken off and goes
 * on from a checkpoint.
 *
 * @throws The signal's reason, by default an AbortError, where it is aborted; where there are checkpoints, one is kept before.
 * @throws InvalidInputError where the network was compiled for another batch size than the recipe's, or the source has
 * no full batch.
 * @example
 * import type { BatchSource, CompiledNetwork } from '@netspace/contracts';
 * import { recipeSchema, trainNetwork } from '@netspace/trainer';
 *
 * // What an engine compiles and a dataset yields; here a network that is always wrong, and one grey pixel.
 * const wrong = { images: 1, lossSum: 0.7, top1Errors: 1, top5Errors: 0 };
 * const network = { batchSize: 1, trainStep() {}, evaluate() {}, takeMetrics: async () => wrong };
 * const batches = [{ count: 1, images: Float32Array.of(0.5), labels: Int32Array.of(1) }];
 * const source: BatchSource = {
 *   trainingBatchesPerEpoch: 1,
 *   hasValidation: false,
 *   trainingBatches: () => batches,
 *   evaluationBatches: () => batches,
 * };
 * const recipe = recipeSchema.parse({ epochs: 3, batchSize: 1 });
 * const outcome = await trainNetwork({ network: network as unknown as CompiledNetwork, source, recipe });
 * outcome.epochs.map(({ testError }) => testError); // => [100, 100, 100]
 */
export async function trainNetwork(training: Training): Promise<TrainingOutcome> {
  checkTraining(training);
  const course = await openCourse(training);
  const { epochs, watches } = course;
  watches.training.start();
  const outcome = await trainEpochs(training, course).then(
    (evaluation) => ({ status: 'completed' as const, ...errorsOf(evaluation) }),
    (error: unknown) => {
      if (!(error instanceof Divergence)) throw error;
      const validationError = training.source.hasValidation ? 100 : null;
      return { status: 'diverged' as const, error: 100, top5Error: 100, validationError };
    },
  );
  const imagesPerSecond = course.images / watches.steps.seconds;
  return { ...outcome, epochs, seconds: watches.training.seconds, imagesPerSecond };
}

/** The errors that count: of the moving average where there is one. */
function errorsOf({
  test,
  averageTest = test,
  validation,
}: Evaluation): Pick<TrainingOutcome, 'error' | 'top5Error' | 'validationError'> {
  const { error, top5Error } = averageTest;
  return { error, top5Error, validationError: validation?.error ?? null };
}

function checkTraining({ network, source, recipe }: Training): void {
  if (network.batchSize !== recipe.batchSize) {
    const expected = `${network.batchSize}, what the network is compiled for`;
    throw new InvalidInputError({ key: 'recipe.batchSize', problem: `got ${recipe.batchSize}`, expected });
  }
  if (source.trainingBatchesPerEpoch < 1) {
    throw new InvalidInputError({ problem: 'the training set has no full batch', expected: 'at least one' });
  }
}

/** Trains all epochs; how good the network is after the last. */
async function trainEpochs(training: Training, course: Course): Promise<Evaluation> {
  while (course.epochs.length < training.recipe.epochs - 1) await trainAndTest(training, course);
  return trainAndTest(training, course);
}

/** Trains one epoch, or what is left of it, and tests; the record goes to the course. */
async function trainAndTest(training: Training, course: Course): Promise<Evaluation> {
  const { epochs, watches } = course;
  watches.epoch.start();
  await trainEpoch(training, course);
  const train = scoresOf(course.metrics);
  const evaluation = await test(training, course);
  const { test: tested, averageTest, validation } = evaluation;
  const record: EpochRecord = {
    epoch: epochs.length + 1,
    learningRate: lastLearningRate(training, epochs.length),
    trainLoss: train.loss,
    trainError: train.error,
    testLoss: tested.loss,
    testError: tested.error,
    testTop5Error: tested.top5Error,
    ...(averageTest === undefined ? {} : { averageTestError: averageTest.error }),
    ...(validation === undefined ? {} : { validationError: validation.error }),
    seconds: watches.epoch.seconds,
  };
  epochs.push(record);
  Object.assign(course, { step: 0, metrics: noMetrics });
  watches.epoch = new Stopwatch();
  training.onEpoch?.(record);
  return evaluation;
}

/** Tests the network; where that is broken off, what is kept is the network as it was before. */
async function test(training: Training, course: Course): Promise<Evaluation> {
  const before = await checkpointOf(training, course);
  try {
    return await evaluate(training, course.average, course.epochs.length);
  } catch (error) {
    if (before !== undefined && training.signal?.aborted === true) await training.checkpoints!.keep(before);
    throw error;
  }
}

function lastLearningRate({ recipe, source }: Training, epoch: number): number {
  const steps = source.trainingBatchesPerEpoch;
  return learningRateAt(recipe, epoch + (steps - 1) / steps);
}
