import { hostname } from 'node:os';
import type { Checkpoints, CreateTaskTrainer, EvaluationControl, Evaluator, TrainingTask } from '@netspace/contracts';
import { loadPlugins } from '@netspace/plugins';
import { type CheckpointOptions, openCheckpoints, RunFolder } from '@netspace/run-store';
import type { Study } from '@netspace/study';
import { openEvaluation } from './evaluation.js';
import { version } from './version.js';

/** What a worker process is told at its start. */
export interface WorkerData extends Pick<Study, 'evaluator' | 'settings' | 'place'> {
  /** The engine's own name, chosen once for the whole run. */
  readonly engine: string;
  /** Absolute paths of the plugins' modules. */
  readonly plugins: readonly string[];
  /** What each network may use. */
  readonly cores: number;
  /** The setting of each hash of conditions. */
  readonly settingOf: Readonly<Record<string, string>>;
  /** The run's folder, where checkpoints are kept, and the milliseconds from one to the next. */
  readonly checkpoints: { readonly directory: string } & Pick<CheckpointOptions, 'period'>;
}

/** Seconds that a training has to keep a checkpoint when it is stopped: fewer than the ten that containers have to end. */
const secondsToStop = 8;

/** Called by a worker process: loads once what every network needs. */
export const createTaskTrainer: CreateTaskTrainer<WorkerData> = async (data) => {
  const { plugins, cores, settingOf, checkpoints, ...study } = data;
  const loaded = await loadPlugins(plugins, study.place.studyDirectory);
  const evaluation = await openEvaluation({ ...study, loaded }, cores);
  const settings = new Map(study.settings.map((setting) => [setting.name, setting]));
  const evaluators = new Map<string, Promise<Evaluator>>();
  const evaluatorOf = (name: string): Promise<Evaluator> => {
    const evaluator = evaluators.get(name) ?? evaluation.evaluatorOf(settings.get(name)!);
    evaluators.set(name, evaluator);
    return evaluator;
  };
  // What is missing (images) ends the run as it starts, and not its first network.
  await evaluatorOf(study.settings[0]!.name);
  const folder = new RunFolder(checkpoints.directory);
  const checkpointsOf = (task: TrainingTask, { onNotice }: EvaluationControl): Checkpoints => {
    const { network, conditions, replicate, seed } = task;
    const origin = { network: network.id, conditions, replicate, seed, instructionSet: evaluation.instructionSet };
    return openCheckpoints(folder, origin, { ...checkpoints, tell: (message) => onNotice?.(message) });
  };
  const trains = evaluation.engine !== null;
  return {
    ...(trains ? { secondsToStop } : {}),
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
      const kept = trains ? { checkpoints: checkpointsOf(task, control) } : {};
      return evaluator.evaluate({ network, recipe: settings.get(name)!.recipe, seed }, { ...control, ...kept });
    },
    close: () => evaluation.close(),
  };
};
