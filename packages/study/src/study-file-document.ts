import { datasetSchema } from '@netspace/datasets';
import { designSpaceSchema } from '@netspace/design-space';
import { slurmSectionSchema } from '@netspace/slurm';
import { recipeSchema } from '@netspace/trainer/recipe';
import { z } from 'zod';
import { externalSchema } from './dataset-section.js';
import { commandSchema } from './evaluator-schema.js';
import { type SchemaKey, schemaKeys } from './schema-keys.js';
import { settingSchema } from './setting-schema.js';
import { examples } from './study-file-examples.js';
import { studyKeys } from './study-keys.js';

/** A section of the document of study files. */
export interface DocumentSection {
  readonly title: string;
  readonly introduction: string;
  readonly keys: readonly SchemaKey[];
  /** YAML that has every key. */
  readonly example: string;
}

/** Every section of a study file and its keys, from the schemas that read it. */
export function documentSections(): DocumentSection[] {
  const datasets = [...datasetSchema.options, externalSchema];
  return [
    {
      title: 'A study',
      introduction: `Keys of the file itself; the next section has the rest of them. How many networks \`stop\` takes, and why:
[decision 15](decisions/0015-stopping-early.md).`,
      keys: schemaKeys(z.strictObject(studyKeys)).filter(
        ({ key }) => !/^(spaces|evaluator|settings|slurm)\./.test(key),
      ),
      example: examples.study,
    },
    {
      title: 'Settings',
      introduction: `Keys of the file, which all settings start from, and of each of its \`settings\`, which changes what it names: maps are
merged key by key, anything else is replaced, and a dataset of another \`name\` or a learning rate of another \`schedule\`
begins anew. Numbers of a regime may be written \`4M\`.`,
      keys: schemaKeys(settingSchema).filter(({ key }) => !/^(dataset|recipe)\./.test(key)),
      example: examples.settings,
    },
    ...datasets.map((schema) => {
      const name = schema.shape.name.value;
      return { title: `dataset: ${name}`, introduction: '', keys: schemaKeys(schema), example: examples.dataset[name] };
    }),
    {
      title: 'recipe',
      introduction: 'How a network is trained.',
      keys: schemaKeys(recipeSchema),
      example: examples.recipe,
    },
    {
      title: 'evaluator',
      introduction: 'A program. An evaluator of a plugin, `{ name: mine }`, has the keys that the plugin reads.',
      keys: schemaKeys(commandSchema),
      example: examples.evaluator,
    },
    {
      title: 'slurm',
      introduction: `What a cluster is asked for by \`netspace study submit --slurm\`, in sbatch's own words; a profile has the same keys
([on many machines](scaling.md#slurm)). It is no part of what results are made from: it may change at any time.`,
      keys: schemaKeys(slurmSectionSchema),
      example: examples.slurm,
    },
    {
      title: 'A design space',
      introduction: 'Keys of a definition in `spaces`, or of a YAML file of its own.',
      keys: schemaKeys(designSpaceSchema()),
      example: examples.space,
    },
  ];
}

/**
 * The document `docs/study-file.md`: every key of a study file, in Markdown.
 *
 * @example
 * import { studyFileDocument } from '@netspace/study';
 * studyFileDocument().includes('# Study files'); // => true
 */
export function studyFileDocument(): string {
  const head = `<!-- Written by tools/write-study-file-doc.mjs from the schemas: change those, and run it. -->

# Study files

A study file says which design spaces are compared, in which settings, and how their networks are trained. Paths in it are
meant from its own folder. \`netspace study new NAME\` writes one to start from.
`;
  return [head, ...documentSections().map(sectionText)].join('\n');
}

function sectionText({ title, introduction, keys, example }: DocumentSection): string {
  const rows = keys.map(({ key, description, type, unit, fallback }) => [
    `\`${key}\``,
    description,
    type,
    unit,
    fallback === 'required' || fallback === '' ? fallback : `\`${fallback}\``,
  ]);
  const paragraphs = [`## ${title}`, introduction, table(rows), `\`\`\`yaml\n${example.trim()}\n\`\`\``];
  return `${paragraphs.filter((text) => text !== '').join('\n\n')}\n`;
}

/** A table of Markdown as Prettier writes it. */
function table(rows: readonly (readonly string[])[]): string {
  const header = ['key', 'what it says', 'value', 'unit', 'default'];
  const cells = [header, ...rows].map((row) => row.map((cell) => cell.replace(/[|*]/g, String.raw`\$&`)));
  const widths = header.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const line = (row: readonly string[], fill: string): string =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column]!, fill)).join(' | ')} |`;
  const [first, ...body] = cells.map((row) => line(row, ' '));
  const rule = line(
    header.map(() => ''),
    '-',
  );
  return [first, rule, ...body].join('\n');
}
