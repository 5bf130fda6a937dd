import { hostname } from 'node:os';
import type { CreateTaskTrainer, Evaluator } from '@netspace/contracts';
import { loadPlugins } from '@netspace/plugins';
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
}

/** Called by a worker process: loads once what every network needs. */
export const createTaskTrainer: CreateTaskTrainer<WorkerData> = async ({ plugins, cores, settingOf, ...study }) => {
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
  return {
    description: {
      netspace: version(),
      node: process.versions.node,
      evaluator: evaluation.description,
      instructionSet: evaluation.instructionSet,
      host: hostname(),
    },
    async train({ network, seed, conditions }, control) {
      const name = settingOf[conditions]!;
      const evaluator = await evaluatorOf(name);
      return evaluator.evaluate({ network, recipe: settings.get(name)!.recipe, seed }, control);
    },
    close: () => evaluation.close(),
  };
};
