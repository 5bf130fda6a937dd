import type { Checkpoint, EpochRecord, Metrics } from '@netspace/contracts';
import { type MovingAverage, openMovingAverage } from './moving-average.js';
import { noMetrics } from './scores.js';
import { Stopwatch } from './stopwatch.js';
import type { Training } from './training.js';

/** How far a training is. */
export interface Course {
  /** Of the epochs that are done. */
  readonly epochs: EpochRecord[];
  /** Steps done in the epoch under way. */
  step: number;
  /** Of these steps, as far as they were taken from the network. */
  metrics: Metrics;
  readonly average: MovingAverage | undefined;
  /** Training images so far. */
  images: number;
  readonly watches: { readonly training: Stopwatch; epoch: Stopwatch; readonly steps: Stopwatch };
}

/** Where every training begins. */
const beginning: Omit<Checkpoint, 'network'> = {
  ...{ epochs: [], step: 0, metrics: noMetrics, images: 0 },
  seconds: { training: 0, epoch: 0, steps: 0 },
};

/** Begins a training, or goes on where its last checkpoint was. */
export async function openCourse(training: Training): Promise<Course> {
  const { network, recipe, checkpoints } = training;
  const last = network.setTrainingState === undefined ? undefined : await checkpoints?.last();
  if (last !== undefined) goOn(training, last);
  const { epochs, step, metrics, average, images, seconds } = last ?? beginning;
  return {
    epochs: [...epochs],
    ...{ step, metrics, images },
    average: await openMovingAverage(network, recipe, average),
    watches: {
      training: new Stopwatch(seconds.training),
      epoch: new Stopwatch(seconds.epoch),
      steps: new Stopwatch(seconds.steps),
    },
  };
}

function goOn({ network, recipe, source, onResume }: Training, { network: state, epochs, step }: Checkpoint): void {
  network.setTrainingState!(state);
  const stepsPerEpoch = source.trainingBatchesPerEpoch;
  onResume?.({ epoch: epochs.length + 1, epochs: recipe.epochs, step, stepsPerEpoch });
}

/** A checkpoint of where a training is; undefined where none is asked for, or the engine has none. */
export async function checkpointOf(
  { network, checkpoints }: Training,
  course: Course,
): Promise<Checkpoint | undefined> {
  // Where nothing is trained, there is nothing to keep.
  if (checkpoints === undefined || network.getTrainingState === undefined || course.images === 0) return undefined;
  const { epochs, step, metrics, average, images, watches } = course;
  return {
    ...{ epochs: [...epochs], step, metrics, images },
    network: await network.getTrainingState(),
    ...(average === undefined ? {} : { average: average.state }),
    seconds: {
      training: watches.training.seconds,
      epoch: watches.epoch.seconds,
      steps: watches.steps.seconds,
    },
  };
}
