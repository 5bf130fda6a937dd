import { join } from 'node:path';
import { InvalidInputError, type Population } from '@netspace/contracts';
import type { TrainingTask } from '@netspace/population';
import { writeJson } from '../json-file.js';
import { createProgress } from '../progress.js';
import { type ModelFormat, saveModel } from '../save-model.js';
import { type StudyTraining, type TrainedNetwork, trainStudyNetwork } from '../study-training.js';

/** What is written beside a model: which network it is, and what its images are. */
export interface ModelDescription extends TrainingTask {
  /** Top-1 test error, per cent. */
  readonly error: number;
  readonly images: {
    /** [height, width, channels]; a batch of them is the model's input. */
    readonly shape: readonly [height: number, width: number, channels: number];
    /** What each channel is normalised by: (x - mean) / standardDeviation, of x from 0 to 1. */
    readonly mean: readonly number[];
    readonly standardDeviation: readonly number[];
  };
}

/**
 * The network of an id.
 *
 * @throws InvalidInputError where no population has it.
 */
export function findNetwork(populations: readonly Population[], id: string): TrainingTask {
  for (const { space, networks } of populations) {
    const network = networks.find((candidate) => candidate.id === id);
    if (network !== undefined) return { space, network };
  }
  const problem = `the study has drawn no network ${id}`;
  throw new InvalidInputError({ key: 'network', problem, expected: 'the id of a record, as in records.jsonl' });
}

/**
 * Trains a network as the study says, and writes it as a model with its description.
 *
 * @throws InvalidInputError where it diverges.
 */
export async function exportStep(
  training: StudyTraining,
  task: TrainingTask,
  { format, directory, signal }: { format: ModelFormat; directory: string; signal: AbortSignal },
): Promise<ModelDescription> {
  const { epochs } = training.study.recipe;
  const progress = createProgress('train', epochs);
  try {
    const onProgress = (share: number): void => progress.update(Math.floor(share * epochs));
    return await trainStudyNetwork(training, task.network, { onProgress, signal }, async (trained) => {
      const description = describe(training, task, trained);
      await saveModel(format, trained.graph, await trained.network.getState(), directory);
      writeJson(join(directory, 'network.json'), description);
      return description;
    });
  } finally {
    progress.stop();
  }
}

function describe({ dataset }: StudyTraining, task: TrainingTask, { outcome }: TrainedNetwork): ModelDescription {
  const { status, error } = outcome;
  if (status === 'diverged') {
    const problem = `${task.network.id} diverged: its weights are not finite`;
    throw new InvalidInputError({ key: 'network', problem, expected: 'a network whose record is completed' });
  }
  const { imageSize, channels, mean, standardDeviation } = dataset;
  return { ...task, error, images: { shape: [imageSize, imageSize, channels], mean, standardDeviation } };
}
