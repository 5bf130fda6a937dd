import type {
  ArmAnalysis,
  Complexity,
  FigureStyle,
  NetworkConfig,
  NetworkResult,
  StudyAnalysis,
} from '@netspace/contracts';
import { formatCount, formatDuration, formatPercent } from '@netspace/formats';
import { armColumn } from '../arm-column.js';
import { completedOf } from '../completed-of.js';
import { withInterval } from '../interval-text.js';
import { html, type Markup } from '../markup.js';
import { type Column, numeric, table, textual } from '../table.js';
import { stringify } from 'yaml';

/** Networks listed of each arm, and of all together. */
const [listed, listedInAll] = [5, 20];

/** The best networks of all arms sorted together, and what it takes to build them again. */
export function bestNetworksSection({ arms }: StudyAnalysis, style: FigureStyle): Markup {
  const rows = arms
    .flatMap((arm) =>
      completedOf(arm)
        .slice(0, listed)
        .map((result) => ({ arm, ...result })),
    )
    .sort((a, b) => chosenError(a) - chosenError(b))
    .slice(0, listedInAll);
  if (rows.length === 0) return html``;
  return html`<section id="best-networks">
    <h2>Best networks</h2>
    ${bestTable(rows, arms, style)}
    <p class="note">
      The best ${rows.length}, of each space ${listed} at most${leftOut(arms)}. ${choiceNote(arms)}
      ${expectedNote(rows)}
    </p>
    ${configurations(rows)}
  </section>`;
}

/** The error that networks are ranked by. */
function chosenError({ arm, error, validationError }: BestRow): number {
  return arm.chosenBy === 'validation' ? validationError! : error;
}

function choiceNote(arms: readonly ArmAnalysis[]): string {
  return arms.every(({ chosenBy }) => chosenBy === 'validation')
    ? 'They are chosen by their validation error; the test error is that of images that chose nothing.'
    : 'They are chosen by the test error that is told: what was chosen as the lowest is better by luck, too.';
}

function expectedNote(rows: readonly BestRow[]): string {
  return rows.every(({ expectedError }) => expectedError === null)
    ? ''
    : 'The expected error is the test error to expect of another training, with its 95 % interval: the mean of the ' +
        'network’s trainings drawn towards the mean of its space by the reliability of its error. ';
}

type BestRow = NetworkResult & { readonly arm: ArmAnalysis };

function bestTable(rows: readonly BestRow[], arms: readonly ArmAnalysis[], style: FigureStyle): Markup {
  const cost = (of: keyof Complexity) => (row: BestRow) => {
    const value = row.network.complexity[of];
    return value === undefined ? '' : formatCount(value);
  };
  return table<BestRow>(
    [
      armColumn(arms, style, ({ arm }) => arm),
      ...(rows.some(({ validationError }) => validationError !== null)
        ? [numeric<BestRow>('validation', ({ validationError: error }) => (error === null ? '' : formatPercent(error)))]
        : []),
      numeric('test error', ({ error }) => formatPercent(error)),
      ...(rows.some(({ expectedError }) => expectedError !== null)
        ? [
            numeric<BestRow>('expected error', ({ expectedError }) =>
              expectedError === null ? '' : withInterval(expectedError.error, expectedError.interval, 1),
            ),
          ]
        : []),
      ...(['flops', 'params', 'acts'] as const)
        .filter((of) => rows.some(({ network }) => network.complexity[of] !== undefined))
        .map((of) => numeric<BestRow>(of, cost(of))),
      ...(rows.some(({ network }) => network.config !== null) ? architecture : [textual('parameters', parameters)]),
      ...(rows.some(({ seconds }) => seconds !== null)
        ? [numeric<BestRow>('training', ({ seconds }) => (seconds === null ? '' : formatDuration(seconds)))]
        : []),
      textual('network id', ({ network }) => html`<code>${network.id}</code>`),
    ],
    rows,
  );
}

/** A value a stage. */
const stages = (of: (stage: NetworkConfig['stages'][number]) => number) => (row: BestRow) =>
  row.network.config?.stages.map(of).join(', ') ?? '';

/** One value where all stages have it. */
const sharedByStages = (of: (stage: NetworkConfig['stages'][number]) => number) => (row: BestRow) => {
  const values = row.network.config?.stages.map(of) ?? [];
  return new Set(values).size === 1 ? String(values[0]) : values.join(', ');
};

/** Columns of what is known of networks that were built here, one value a stage. */
const architecture: readonly Column<BestRow>[] = [
  textual(
    'depths',
    stages(({ depth }) => depth),
  ),
  textual(
    'widths',
    stages(({ width }) => width),
  ),
  textual(
    'b',
    sharedByStages(({ bottleneckRatio }) => bottleneckRatio),
  ),
  textual(
    'g',
    sharedByStages(({ groupWidth }) => groupWidth),
  ),
  numeric('e_fit', ({ fit }) => fit?.fitError.toFixed(3) ?? ''),
];

function parameters({ network }: BestRow): string {
  return Object.entries(network.parameters)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

/** How many networks cannot be among the best: `; 2 that diverged and 1 that failed are not among them`. */
function leftOut(arms: readonly ArmAnalysis[]): string {
  const sum = (of: 'diverged' | 'failed'): number => arms.reduce((total, { counts }) => total + counts[of], 0);
  const parts = (['diverged', 'failed'] as const).filter((of) => sum(of) > 0).map((of) => `${sum(of)} that ${of}`);
  return parts.length === 0 ? '' : `; ${parts.join(' and ')} are not among them`;
}

/** What builds the networks again; nothing where it is not known. */
function configurations(rows: readonly BestRow[]): Markup {
  const known = rows.filter(({ network }) => network.config !== null);
  if (known.length === 0) return html``;
  const areOurs = known.every(({ arm }) => arm.sampling !== null);
  const identity =
    'A network’s id is the hash of its configuration, and finds it among the records of the run. With the study’s file ' +
    'in place of STUDY, its command trains it again and writes it for TensorFlow.';
  return html`<p class="note">
      Lists give one value a stage; of b and g a single value is that of all. A network’s configuration, saved to a
      file, is the network as netspace reads it. ${areOurs ? identity : ''}
    </p>
    <details>
      <summary>Their configurations${areOurs ? ', and the commands that export them' : ''}</summary>
      ${known.map(configuration)}
    </details>`;
}

function configuration({ arm, network, error }: BestRow): Markup {
  const command = `netspace study export STUDY ${exportName(arm, network.id)} --format saved-model`;
  return html`<details>
    <summary>
      <code>${network.id}</code>: ${formatPercent(error)}, number ${network.index} of
      ${arm.name}${arm.sampling === null ? '' : `, seed ${arm.seed}`}
    </summary>
    ${arm.sampling === null ? '' : html`<pre>${command}</pre>`}
    <pre>${stringify(network.config)}</pre>
  </details>`;
}

/** How a command names a network: by its id, and where a study has settings, with its arm. */
function exportName({ name, space }: ArmAnalysis, id: string): string {
  return name === space ? id : `'${name}/${id}'`;
}
