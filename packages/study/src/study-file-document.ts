import { datasetSchema } from '@netspace/datasets';
import { designSpaceSchema } from '@netspace/design-space';
import { recipeSchema } from '@netspace/trainer';
import { z } from 'zod';
import { externalSchema } from './dataset-section.js';
import { commandSchema } from './evaluator-schema.js';
import { type SchemaKey, schemaKeys } from './schema-keys.js';
import { settingSchema } from './setting-schema.js';
import { studyKeys } from './study-keys.js';

/** A section of the document of study files. */
export interface DocumentSection {
  readonly title: string;
  readonly introduction: string;
  readonly keys: readonly SchemaKey[];
}

/** Every section of a study file and its keys, from the schemas that read it. */
export function documentSections(): DocumentSection[] {
  return [
    {
      title: 'A study',
      introduction: 'Keys of the file itself.',
      keys: schemaKeys(z.strictObject(studyKeys({}))).filter(isOutermost),
    },
    {
      title: 'Settings',
      introduction: `Keys of the file, which all settings start from, and of each of its \`settings\`, which changes what it names: maps are
merged key by key, anything else is replaced, and a dataset of another \`name\` or a learning rate of another \`schedule\`
begins anew. A limit is \`[low, high]\`, or \`{ min, max }\` with one of them left out; numbers may be written \`4M\`.`,
      keys: schemaKeys(settingSchema).filter(({ key }) => !/^(dataset|recipe)\./.test(key)),
    },
    ...datasetSchema.options.map((schema) => datasetSection(schema.shape.name.value, schema)),
    datasetSection('external', externalSchema),
    {
      title: 'recipe',
      introduction: 'How a network is trained. The keys of `learningRate` depend on its `schedule`.',
      keys: schemaKeys(recipeSchema),
    },
    {
      title: 'evaluator: a program',
      introduction: 'An evaluator of a plugin is named, `{ name: mine }`, and has the keys that the plugin reads.',
      keys: schemaKeys(commandSchema),
    },
    {
      title: 'A design space',
      introduction: 'Keys of a definition in `spaces`, or of a YAML file of its own.',
      keys: schemaKeys(designSpaceSchema()),
    },
  ];
}

function datasetSection(name: string, schema: z.ZodType): DocumentSection {
  const [first, ...others] = schemaKeys(schema);
  const introduction = schema.meta()?.description ?? '';
  return { title: `dataset: ${name}`, introduction, keys: [{ ...first!, description: 'Names the dataset.' }, ...others] };
}

function isOutermost({ key }: SchemaKey): boolean {
  return !key.includes('.');
}

/** The document `docs/study-file.md`: every key of a study file, in Markdown. */
export function studyFileDocument(): string {
  const head = `<!-- Written by tools/write-study-file-doc.mjs from the schemas: change those, and run it. -->

# Study files

A study file says which design spaces are compared, in which settings, and how their networks are trained. Paths in it are
meant from its own folder. \`netspace study new NAME\` writes one to start from.
`;
  return `${[head, ...documentSections().map(sectionText)].join('\n')}`;
}

function sectionText({ title, introduction, keys }: DocumentSection): string {
  const rows = keys.map(({ key, description, type, unit, fallback, example }) => [
    code(key),
    description,
    unit === '' ? type : `${type} (${unit})`,
    fallback === 'required' ? fallback : code(fallback),
    code(example),
  ]);
  const paragraph = introduction === '' ? '' : `\n${introduction}\n`;
  return `## ${title}\n${paragraph}\n${table([['key', 'what it says', 'value', 'default', 'example'], ...rows])}`;
}

function code(text: string): string {
  return text === '' ? '' : `\`${text}\``;
}

/** A table of Markdown as Prettier writes it. */
function table(rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map((cell) => cell.replaceAll('|', String.raw`\|`)));
  const widths = cells[0]!.map((_, column) => Math.max(3, ...cells.map((row) => row[column]!.length)));
  const line = (row: readonly string[], fill: string): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!, fill)).join(' | ')} |\n`;
  const [header, ...body] = cells;
  return [line(header!, ' '), line(header!.map(() => ''), '-'), ...body.map((row) => line(row, ' '))].join('');
}
