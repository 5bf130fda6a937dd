import { designSpaceListSchema, type Distributions, type SpaceOptions } from '@netspace/design-space';
import { z } from 'zod';
import { checkSetting } from './check-setting.js';
import { draftSettings } from './draft-settings.js';
import { nameProblem, repeatedName } from './name-schema.js';
import { settingKeys } from './setting-schema.js';
import type { EvaluatorSection, Setting, StudyRecord } from './study.js';
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

/** The form of a study file; it parses to the complete, checked study without its plugins. */
export function studyFileSchema(context: StudyContext): z.ZodType<Omit<StudyRecord, 'plugins'>> {
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

function studyOf(file: StudyFile, context: StudyContext): Omit<StudyRecord, 'plugins'> {
  const { name, seed, networks, replicates, engine, evaluator = { kind: 'train' } } = file;
  checkKnown(['engine'], engine, context.vocabulary.engine);
  if (evaluator.kind === 'plugin') checkKnown(['evaluator', 'name'], evaluator.name, context.vocabulary.evaluator);
  checkSpaceNames(file.spaces.map((space) => space.name));
  const settings = settingsOf(file, context);
  settings.forEach(({ dataset }) => checkImages(dataset.name, evaluator));
  return { name, seed, networks, replicates, engine, evaluator, settings };
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
