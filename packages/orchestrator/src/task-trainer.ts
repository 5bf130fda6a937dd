import { hostname } from 'node:os';
import { type CreateTaskTrainer, type Dataset, type Evaluator, InvalidInputError } from '@netspace/contracts';
import { describeContent } from '@netspace/datasets';
import { loadPlugins } from '@netspace/plugins';
import type { Setting, Study } from '@netspace/study';
import { openEvaluation } from './evaluation.js';
import { type CheckpointsKept, KeptCheckpoints } from './kept-checkpoints.js';
import { version } from './version.js';

/** What a worker process is told at its start. */
export interface WorkerData extends Pick<Study, 'evaluator' | 'settings' | 'place' | 'instructionSet'> {
  /** The engine's own name, chosen once for the whole run. */
  readonly engine: string;
  /** Absolute paths of the plugins' modules. */
  readonly plugins: readonly string[];
  /** What each network may use. */
  readonly cores: number;
  /** The setting of each hash of conditions. */
  readonly settingOf: Readonly<Record<string, string>>;
  /** Content hash of the images of each setting, by its name; null where the evaluator brings its own. */
  readonly images: Readonly<Record<string, string | null>>;
  readonly checkpoints: CheckpointsKept;
}

/** Seconds that a training has to keep a checkpoint when it is stopped: fewer than the ten that containers have to end. */
const secondsToStop = 8;

/** Called by a worker process: loads once what every network needs. */
export const createTaskTrainer: CreateTaskTrainer<WorkerData> = async (data) => {
  const { plugins, cores, settingOf, images, checkpoints, ...study } = data;
  const loaded = await loadPlugins(plugins, study.place.studyDirectory);
  const evaluation = await openEvaluation({ ...study, loaded }, cores);
  const settings = new Map(study.settings.map((setting) => [setting.name, setting]));
  const evaluators = new Map<string, Promise<Evaluator>>();
  const open = async (setting: Setting): Promise<Evaluator> => {
    await checkSame(await evaluation.datasetOf(setting), images[setting.name] ?? null);
    return evaluation.evaluatorOf(setting);
  };
  const evaluatorOf = (name: string): Promise<Evaluator> => {
    const evaluator = evaluators.get(name) ?? open(settings.get(name)!);
    evaluators.set(name, evaluator);
    return evaluator;
  };
  // What is missing (images) ends the run as it starts, and not its first network.
  await evaluatorOf(study.settings[0]!.name);
  const kept = evaluation.engine === null ? null : await KeptCheckpoints.open(checkpoints, evaluation.instructionSet);
  return {
    ...(kept === null ? {} : { secondsToStop }),
    description: {
      netspace: version(),
      node: process.versions.node,
      evaluator: evaluation.description,
      instructionSet: evaluation.instructionSet,
      host: hostname(),
    },
    async train(task, control) {
      const { network, seed, conditions } = task;
      const name = settingOf[conditions]!;
      const evaluator = await evaluatorOf(name);
      const watched = { ...control, ...(kept === null ? {} : { checkpoints: kept.of(task, control) }) };
      return evaluator.evaluate({ network, recipe: settings.get(name)!.recipe, seed }, watched);
    },
    async close() {
      await kept?.close();
      await evaluation.close();
    },
  };
};

/** @throws InvalidInputError where images are others than those of the run, as where files have changed since it began. */
async function checkSame(dataset: Dataset | null, expected: string | null): Promise<void> {
  if (dataset === null) return;
  const { hash, name } = await describeContent(dataset);
  if (hash === expected) return;
  const problem = `the images of ${name} are others than when the run began`;
  throw new InvalidInputError({ key: 'dataset', problem, expected: 'the files as they were' });
}
