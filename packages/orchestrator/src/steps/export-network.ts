import { join } from 'node:path';
import { type Dataset, InvalidInputError, type SampledNetwork, type TrainingRecord } from '@netspace/contracts';
import { loadDataset } from '@netspace/datasets';
import { seedOf, type TrainedNetwork, trainNetworkOf } from '@netspace/evaluators';
import { readRecords, writeFileWhole } from '@netspace/run-store';
import { architectureOf, type Arm, type Study } from '@netspace/study';
import type { ModelFormat } from '@netspace/tensorflow-export';
import { coresPerNetwork } from '../cores-per-network.js';
import { chooseEngine } from '../engines.js';
import type { StepControl } from '../pipeline-event.js';
import type { Run } from '../run.js';
import { readPopulations } from './read-populations.js';

/** What is written beside a model: which network it is, and what its images are. */
export interface ModelDescription {
  readonly arm: string;
  readonly network: SampledNetwork;
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

/** A network written as a model. */
export interface ExportedNetwork {
  readonly description: ModelDescription;
  /** Its folder. */
  readonly directory: string;
  /** Of its first training in the run; null where there is none. */
  readonly record: TrainingRecord | null;
}

/** Which network is written, and in which form. */
export interface ExportOptions extends StepControl {
  /** Its id; where several settings have it, `<arm>/<id>`. */
  readonly networkId: string;
  readonly format: ModelFormat;
}

/**
 * Trains a network of a run again as the study says (records keep no weights), and writes it as a model with its
 * description.
 *
 * @throws InvalidInputError where the run has no such network or several, an engine does not train the study's networks, or the
 * network diverges.
 */
export async function exportNetwork(
  study: Study,
  run: Run,
  { networkId, format, signal, onEvent }: ExportOptions,
): Promise<ExportedNetwork> {
  const { arm, network } = await findNetwork(run, networkId);
  const { engine, dataset } = await trainingRoom(study, arm, onEvent);
  const { recipe } = arm.setting;
  const directory = run.folder.model(network.id, format);
  const { records } = await readRecords(run.folder);
  const conditions = run.content.training?.conditions[arm.name];
  const task = {
    arm: arm.name,
    network,
    replicate: 0,
    seed: seedOf(study.seed, network.id, 0),
    conditions: conditions ?? '',
  };
  const description = await trainNetworkOf(
    { network, recipe, seed: task.seed },
    { engine, dataset, architecture: architectureOf(study.loaded.extensions) },
    {
      onProgress: (share) => onEvent?.({ kind: 'progress', task, share, done: 0, total: 1 }),
      ...(signal === undefined ? {} : { signal }),
    },
    async (trained) => {
      const described = describe(arm, network, dataset, trained);
      const { saveModel } = await import('@netspace/tensorflow-export');
      await saveModel(format, trained.graph, await trained.network.getState(), directory);
      await writeFileWhole(join(directory, 'network.json'), `${JSON.stringify(described, null, 2)}\n`);
      return described;
    },
  );
  const record = records.find(
    (one) => one.network.id === network.id && one.replicate === 0 && one.conditions === conditions,
  );
  return { description, directory, record: record ?? null };
}

interface Found {
  readonly arm: Arm;
  readonly network: SampledNetwork;
}

async function findNetwork(run: Run, name: string): Promise<Found> {
  const { populations } = await readPopulations(run);
  const found = run.arms.flatMap((arm, index): Found[] =>
    populations[index]!.networks.filter(({ id }) => name === id || name === `${arm.name}/${id}`).map((network) => ({
      arm,
      network,
    })),
  );
  const [first] = found;
  if (first === undefined) {
    const problem = `the study has drawn no network ${name}`;
    throw new InvalidInputError({ key: 'network', problem, expected: 'the id of a record, as in the report' });
  }
  if (found.every(({ arm }) => arm.setting === first.arm.setting)) return first;
  const problem = `${name} is trained in several settings`;
  const expected = found.map(({ arm, network }) => `${arm.name}/${network.id}`).join(', ');
  throw new InvalidInputError({ key: 'network', problem, expected });
}

async function trainingRoom(study: Study, { setting }: Arm, onEvent: StepControl['onEvent']) {
  if (study.evaluator.kind !== 'train') {
    const problem = 'the networks of the study are not trained on an engine, so their weights are not here';
    throw new InvalidInputError({ key: 'evaluator', problem, expected: 'a study without an evaluator of its own' });
  }
  const { datasets, engines } = study.loaded.extensions;
  const { engine, passedOver } = await chooseEngine(study.engine, coresPerNetwork(1), engines);
  onEvent?.({ kind: 'evaluator', description: `${engine.name} (${engine.description})`, passedOver });
  return {
    engine,
    dataset: await loadDataset(setting.dataset, { place: study.place, kinds: datasets }),
  };
}

function describe(arm: Arm, network: SampledNetwork, dataset: Dataset, { outcome }: TrainedNetwork): ModelDescription {
  const { status, error } = outcome;
  if (status === 'diverged') {
    const problem = `${network.id} diverged: its weights are not finite`;
    throw new InvalidInputError({ key: 'network', problem, expected: 'a network whose record is completed' });
  }
  const { imageSize, channels, mean, standardDeviation } = dataset;
  const images = { shape: [imageSize, imageSize, channels] as const, mean, standardDeviation };
  return { arm: arm.name, network, error, images };
}
