import {
  type Dataset,
  type DatasetDescription,
  type Engine,
  type Evaluator,
  InvalidInputError,
  type PluginPlace,
  type TrainingOutcome,
} from '@netspace/contracts';
import { checkDataset, describeContent, loadDataset } from '@netspace/datasets';
import {
  checkOutcome,
  type CommandContent,
  commandContent,
  commandEvaluator,
  trainingEvaluator,
} from '@netspace/evaluators';
import { architectureOf, externalImages, type Setting, type Study } from '@netspace/study';
import { chooseEngine, oneThreadOfTensorflow } from './engines.js';

/** What of a study decides how its networks are evaluated: the main process and each worker have one. */
export type EvaluatedStudy = Pick<Study, 'evaluator' | 'settings' | 'place' | 'loaded' | 'engine' | 'instructionSet'>;

/** What evaluates the networks of a study. */
export interface Evaluation {
  /** What evaluates, for people. */
  readonly description: string;
  readonly instructionSet: string | null;
  /** Why no engine before the one was taken, a line each. */
  readonly passedOver: readonly string[];
  /** What trains; null where another evaluator does. */
  readonly engine: Engine | null;
  /** The program by content; null where none evaluates. */
  readonly command: CommandContent | null;
  /** The images of a setting, loaded once; null where the evaluator brings its own. */
  datasetOf(setting: Setting): Promise<Dataset | null>;
  /** The evaluator of a setting's networks. */
  evaluatorOf(setting: Setting): Promise<Evaluator>;
  close(): Promise<void>;
}

/**
 * Loads what evaluates the networks of a study; images when they are asked for.
 *
 * @param cores - What a network may use, where the engine can use several.
 * @throws InvalidInputError where the engine is not available or a plugin's evaluator refuses its options.
 */
export async function openEvaluation(study: EvaluatedStudy, cores: number): Promise<Evaluation> {
  if (study.instructionSet !== undefined && study.evaluator.kind !== 'train') {
    const problem = 'what the evaluator of the study computes with is not known';
    throw new InvalidInputError({ key: '--require', problem, expected: 'it with an engine' });
  }
  switch (study.evaluator.kind) {
    case 'train':
      return openTraining(study, cores);
    case 'command':
      return openCommand(study, study.evaluator);
    case 'plugin':
      return openPlugin(study, study.evaluator);
  }
}

async function openTraining(study: EvaluatedStudy, cores: number): Promise<Evaluation> {
  // One network a core; with a fixed number of threads, sums have one order however many workers there are.
  oneThreadOfTensorflow();
  const { engine, passedOver } = await chooseEngine(
    ...([study.engine, cores, study.loaded.extensions.engines, study.instructionSet] as const),
  );
  const architecture = architectureOf(study.loaded.extensions);
  const datasets = new Datasets(study);
  return {
    description: `${engine.name} (${engine.description})`,
    instructionSet: engine.instructionSet,
    passedOver,
    engine,
    command: null,
    datasetOf: (setting) => datasets.of(setting),
    evaluatorOf: async (setting) =>
      trainingEvaluator({ engine, architecture, dataset: await datasets.needed(setting) }),
    close: () => Promise.resolve(),
  };
}

type CommandSection = Extract<Study['evaluator'], { kind: 'command' }>;

function openCommand(study: EvaluatedStudy, { command, timeLimit, processes }: CommandSection): Evaluation {
  const directory = study.place.studyDirectory;
  const evaluator = commandEvaluator({ command, directory, timeLimit, processes });
  return {
    ...withoutEngine(study, evaluator),
    command: commandContent(command, directory),
  };
}

type PluginSection = Extract<Study['evaluator'], { kind: 'plugin' }>;

async function openPlugin(study: EvaluatedStudy, { name, options }: PluginSection): Promise<Evaluation> {
  const evaluator = await study.loaded.extensions.evaluators[name]!(options, study.place);
  const checked: Evaluator = {
    description: evaluator.description,
    instructionSet: evaluator.instructionSet,
    evaluate: async (job, control) => checkedOutcome(name, await evaluator.evaluate(job, control)),
    close: () => evaluator.close(),
  };
  return { ...withoutEngine(study, checked), command: null };
}

/** @throws InvalidInputError naming the evaluator where its outcome is none. */
function checkedOutcome(name: string, outcome: unknown): TrainingOutcome {
  try {
    return checkOutcome(outcome);
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    const key = ['evaluators', name, ...(error.input.key === undefined ? [] : [error.input.key])].join('.');
    throw new InvalidInputError({ ...error.input, key }, { cause: error });
  }
}

function withoutEngine(study: EvaluatedStudy, evaluator: Evaluator): Omit<Evaluation, 'command'> {
  const datasets = new Datasets(study);
  return {
    description: evaluator.description,
    instructionSet: evaluator.instructionSet,
    passedOver: [],
    engine: null,
    datasetOf: (setting) => datasets.of(setting),
    evaluatorOf: () => Promise.resolve(evaluator),
    close: () => evaluator.close(),
  };
}

/** The datasets of a study: settings that name the same images share them. */
class Datasets {
  private readonly loaded = new Map<string, Promise<Dataset>>();

  constructor(private readonly study: { readonly place: PluginPlace; readonly loaded: Study['loaded'] }) {}

  async of({ dataset }: Setting): Promise<Dataset | null> {
    if (externalImages(dataset) !== null) return null;
    const key = JSON.stringify(dataset);
    const { place, loaded } = this.study;
    const images = this.loaded.get(key) ?? loadDataset(dataset, { place, kinds: loaded.extensions.datasets });
    this.loaded.set(key, images);
    return images;
  }

  async needed(setting: Setting): Promise<Dataset> {
    const dataset = await this.of(setting);
    if (dataset !== null) return dataset;
    const expected = 'a dataset with images, or an evaluator that brings its own';
    throw new InvalidInputError({ key: 'dataset.name', problem: `got "${setting.dataset.name}"`, expected });
  }
}

/**
 * The images of each setting by content, by the setting's name; null where the evaluator brings its own. What would make
 * every training on them fail is found here.
 *
 * @throws InvalidInputError where a file is missing or wrong, a batch is larger than a training set, or a channel does
 * not vary.
 */
export async function describeDatasets(
  { settings }: EvaluatedStudy,
  evaluation: Evaluation,
): Promise<Record<string, DatasetDescription | null>> {
  const descriptions = new Map<Dataset, DatasetDescription>();
  const entries: [string, DatasetDescription | null][] = [];
  for (const setting of settings) {
    const dataset = await evaluation.datasetOf(setting);
    if (dataset !== null) {
      checkDataset(dataset, setting.recipe);
      if (!descriptions.has(dataset)) descriptions.set(dataset, await describeContent(dataset));
    }
    entries.push([setting.name, dataset === null ? null : descriptions.get(dataset)!]);
  }
  return Object.fromEntries(entries);
}
