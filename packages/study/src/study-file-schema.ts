import { type Distributions, type SpaceOptions } from '@netspace/design-space';
import { z } from 'zod';
import { checkSetting } from './check-setting.js';
import { draftSettings } from './draft-settings.js';
import { nameProblem, repeatedName } from './name-schema.js';
import { settingKeys } from './setting-schema.js';
import type { EvaluatorSection, StudyRecord } from './study.js';
import { studyKeys } from './study-keys.js';
import { StudyProblem } from './study-problem.js';
import { checkKnown, externalDataset, type Vocabulary } from './vocabulary.js';

/** What a study file is read against. */
export interface StudyContext {
  /** What definitions of spaces may speak of. */
  readonly spaces: SpaceOptions & { readonly distributions: Distributions };
  readonly vocabulary: Vocabulary;
}

const fileSchema = ({ spaces }: StudyContext) => z.strictObject({ ...studyKeys(spaces), ...settingKeys });

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

function studyOf(file: StudyFile, { spaces: { distributions }, vocabulary }: StudyContext): Omit<StudyRecord, 'plugins'> {
  const { name, seed, networks, replicates, engine, evaluator = { kind: 'train' }, spaces, settings, plugins, ...base } = file;
  checkKnown(['engine'], engine, vocabulary.engine);
  if (evaluator.kind === 'plugin') checkKnown(['evaluator', 'name'], evaluator.name, vocabulary.evaluator);
  checkSpaceNames(spaces.map((space) => space.name));
  const drafts = draftSettings(settings === undefined ? { base } : { base, settings });
  checkDistinct('settings', drafts.map((draft) => draft.name));
  const checked = drafts.map((draft) => checkSetting(draft, { spaces, distributions, vocabulary }));
  checked.forEach(({ dataset }) => checkImages(dataset.name, evaluator));
  return { name, seed, networks, replicates, engine, evaluator, settings: checked };
}

function checkSpaceNames(names: readonly string[]): void {
  names.forEach((name, index) => {
    const expected = nameProblem(name);
    if (expected !== undefined) throw StudyProblem.of(['spaces', index, 'name'], `got ${JSON.stringify(name)}`, expected);
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
