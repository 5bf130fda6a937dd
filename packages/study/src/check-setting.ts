import { didYouMean, knownKeys, mostTelling } from '@netspace/config-file';
import { defineDesignSpace, type DesignSpace, type Distributions } from '@netspace/design-space';
import type { z } from 'zod';
import { datasetSchemaOf } from './dataset-section.js';
import type { SettingDraft } from './draft-settings.js';
import { isMap, type Layer, mergeLayers, type Path, placeOf, valueAt } from './setting-layers.js';
import { settingSchema } from './setting-schema.js';
import type { DatasetSection, Setting } from './study.js';
import { StudyProblem, within } from './study-problem.js';
import { checkKnown, type Vocabulary } from './vocabulary.js';

/** What the settings of a study are checked against. */
export interface SettingContext {
  /** The study's spaces, before a setting changes them. */
  readonly spaces: readonly DesignSpace[];
  readonly distributions: Distributions;
  readonly vocabulary: Vocabulary;
}

/**
 * Completes a setting with its defaults and its spaces, and checks it.
 *
 * @throws StudyProblem for the first problem, where it stands in the file.
 */
export function checkSetting(draft: SettingDraft, context: SettingContext): Setting {
  const layers = withImageSize(draft.layers);
  const sections = parsed(layers, settingSchema, mergeLayers(layers));
  const { name } = draft;
  const { regime, stem, recipe } = sections;
  const { vocabulary } = context;
  checkKnown(placeOf(layers, ['stem', 'type']), stem.type, vocabulary.stem);
  checkKnown(placeOf(layers, ['dataset', 'name']), sections.dataset.name, vocabulary.dataset);
  const dataset = checkDataset(layers, sections.dataset);
  return { name, regime, stem, dataset, recipe, spaces: ownSpaces(layers, sections, context) };
}

/** `imageSize` is a key of the dataset that every setting may name. */
function withImageSize(layers: readonly Layer[]): readonly Layer[] {
  const merged = mergeLayers(layers);
  const value = isMap(merged) ? merged.imageSize : undefined;
  if (value === undefined) return layers;
  return [...layers, { place: placeOf(layers, ['imageSize']), part: ['dataset', 'imageSize'], value }];
}

function checkDataset(layers: readonly Layer[], dataset: DatasetSection): DatasetSection {
  const { imageSize, ...others } = dataset;
  const schema = datasetSchemaOf(dataset.name);
  if (imageSize !== undefined && !schema.safeParse(dataset).success && schema.safeParse(others).success) {
    const problem = `the images of ${dataset.name} have a size of their own`;
    throw StudyProblem.of(
      placeOf(layers, ['dataset', 'imageSize']),
      problem,
      'a dataset whose imageSize can be chosen',
    );
  }
  return parsed(layers, schema, dataset, ['dataset']);
}

/** Parses what layers say together; an issue is told where the file says the value. */
function parsed<T>(layers: readonly Layer[], schema: z.ZodType<T>, value: unknown, part: PropertyKey[] = []): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = mostTelling(result.error.issues);
  const known = knownKeys(schema, issue.path, value);
  const place = (path: Path): Path => placeOf(layers, [...part, ...path]);
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0]!;
    const at = place([...issue.path, key]);
    // Of a value of a matrix the key is the axis.
    const path = typeof at.at(-1) === 'number' ? at.slice(0, -1) : at;
    throw StudyProblem.of(path, `unknown key${didYouMean(key, known ?? [])}`, known?.join(', '));
  }
  if (issue.code === 'invalid_type' && known !== undefined) {
    const problem = `got ${JSON.stringify(valueAt(value, issue.path))}`;
    throw StudyProblem.of(place(issue.path), problem, `a map of the keys ${known.join(', ')}`);
  }
  throw new StudyProblem({ ...issue, path: [...place(issue.path)] });
}

type Sections = z.output<typeof settingSchema>;

/** The study's spaces with a setting's block and stages. */
function ownSpaces(layers: readonly Layer[], { block, stages }: Sections, context: SettingContext): DesignSpace[] {
  const { spaces, distributions, vocabulary } = context;
  if (block === undefined) {
    spaces.forEach((space, index) => checkKnown(['spaces', index, 'block'], space.block, vocabulary.block));
  } else {
    checkKnown(placeOf(layers, ['block']), block, vocabulary.block);
  }
  const own = { ...(block === undefined ? {} : { block }), ...(stages === undefined ? {} : { stages }) };
  if (Object.keys(own).length === 0) return [...spaces];
  return spaces.map((space) => {
    const { name, description } = space;
    const definition = { name, description, extends: space, ...own };
    return within(placeOf(layers, ['stages']), () => defineDesignSpace(definition, { distributions }));
  });
}
