import { designSpaceListSchema, type Distributions, type SpaceOptions } from '@netspace/design-space';
import { z } from 'zod';
import { checkSetting } from './check-setting.js';
import { draftSettings } from './draft-settings.js';
import { nameProblem, repeatedName } from './name-schema.js';
import { settingKeys } from './setting-schema.js';
import { allClaims } from './shipped-claims.js';
import type { EvaluatorSection, Setting, Study, StudyRecord } from './study.js';
import { studyKeys } from './study-keys.js';
import { StudyProblem } from './study-problem.js';
import { checkKnown, externalDataset, type Vocabulary } from './vocabulary.js';

/** What a study file is read against. */
export interface StudyContext {
  /** What definitions of spaces may speak of. */
  readonly spaces: SpaceOptions & { readonly distributions: Distributions };
  readonly vocabulary: Vocabulary;
}

const fileSchema = ({ spaces }: StudyContext) =>
  z.strictObject({ ...studyKeys, spaces: designSpaceListSchema(spaces), ...settingKeys });

type StudyFile = z.output<ReturnType<typeof fileSchema>>;

/** What a file says of its study, complete and checked. */
type ReadFile = Omit<StudyRecord, 'plugins'> & Pick<Study, 'slurm'>;

/** The form of a study file; it parses to the complete, checked study without its plugins. */
export function studyFileSchema(context: StudyContext): z.ZodType<ReadFile> {
  return fileSchema(context).transform((file, refinement) => {
    try {
      return studyOf(file, context);
    } catch (error) {
      if (!(error instanceof StudyProblem)) throw error;
      refinement.addIssue({ ...error.issue });
      return z.NEVER;
    }
  });
}

function studyOf(file: StudyFile, context: StudyContext): ReadFile {
  const { name, seed, networks, replicates, replicated, engine, evaluator = { kind: 'train' } } = file;
  const { compare, matched, claims, stop, latency, refine, slurm } = file;
  checkKnown(['engine'], engine, context.vocabulary.engine);
  checkLatency(latency, context.vocabulary.engine);
  if (evaluator.kind === 'plugin') checkKnown(['evaluator', 'name'], evaluator.name, context.vocabulary.evaluator);
  checkReplicated(replicates, replicated);
  checkClaims(claims, context.vocabulary.claim);
  checkStop(stop, file.spaces.length);
  checkSpaceNames(file.spaces.map((space) => space.name));
  const settings = settingsOf(file, context);
  settings.forEach(({ dataset }) => checkImages(dataset.name, evaluator));
  return {
    ...{ name, seed, networks, replicates, engine, evaluator, compare, matched, claims, settings },
    ...(replicated === undefined ? {} : { replicated }),
    ...(stop === undefined ? {} : { stop }),
    ...(latency === undefined ? {} : { latency }),
    ...(refine === undefined ? {} : { refine }),
    ...(slurm === undefined ? {} : { slurm }),
  };
}

function checkReplicated(replicates: number, replicated: number | undefined): void {
  if (replicated === undefined || replicates > 1) return;
  const problem = `got ${replicated}, but every network is trained once`;
  throw StudyProblem.of(['replicated'], problem, 'with replicates: 2 or more');
}

function checkStop(stop: StudyRecord['stop'], spaces: number): void {
  if (stop === undefined || spaces > 1) return;
  throw StudyProblem.of(
    ['stop'],
    'there is one space, and nothing to compare it with',
    'a study of two spaces or more',
  );
}

function checkClaims(claims: StudyRecord['claims'], known: readonly string[]): void {
  if (claims === allClaims) return;
  claims.forEach((name, index) => checkKnown(['claims', index], name, known));
  checkDistinct('claims', claims);
}

function checkLatency(latency: StudyRecord['latency'], known: readonly string[]): void {
  const { engines = [], batchSizes = [] } = latency ?? {};
  engines.forEach((name, index) => checkKnown(['latency', 'engines', index], name, known));
  checkOnce(['latency', 'engines'], engines);
  checkOnce(['latency', 'batchSizes'], batchSizes);
}

function checkOnce(path: readonly string[], values: readonly (string | number)[]): void {
  const twice = values.find((value, index) => values.indexOf(value) < index);
  if (twice !== undefined) throw StudyProblem.of(path, `${JSON.stringify(twice)} is there twice`, 'each once');
}

function settingsOf(file: StudyFile, { spaces: { distributions }, vocabulary }: StudyContext): Setting[] {
  const { settings, spaces } = file;
  const base = Object.fromEntries(Object.entries(file).filter(([key]) => Object.hasOwn(settingKeys, key)));
  const drafts = draftSettings(settings === undefined ? { base } : { base, settings });
  const names = drafts.map(({ name }) => name);
  names.forEach(checkSettingName);
  checkDistinct('settings', names);
  return drafts.map((draft) => checkSetting(draft, { spaces, distributions, vocabulary }));
}

/** Names that are put together of values may be none. */
function checkSettingName(name: string): void {
  const expected = nameProblem(name);
  if (expected === undefined) return;
  throw StudyProblem.of(
    ['settings'],
    `${JSON.stringify(name)} is no name`,
    `a list of settings with names: ${expected}`,
  );
}

function checkSpaceNames(names: readonly string[]): void {
  names.forEach((name, index) => {
    const expected = nameProblem(name);
    if (expected !== undefined)
      throw StudyProblem.of(['spaces', index, 'name'], `got ${JSON.stringify(name)}`, expected);
  });
  checkDistinct('spaces', names);
}

function checkDistinct(key: string, names: readonly string[]): void {
  const repeated = repeatedName(names);
  if (repeated === undefined) return;
  throw StudyProblem.of([key], `"${repeated}" is there twice`, 'names that differ in more than the case of letters');
}

function checkImages(dataset: string, evaluator: EvaluatorSection): void {
  if (dataset !== externalDataset || evaluator.kind !== 'train') return;
  const expected = 'an evaluator that brings its images, or a dataset to train on';
  throw StudyProblem.of(['dataset'], `of ${externalDataset} images only their form is known`, expected);
}
