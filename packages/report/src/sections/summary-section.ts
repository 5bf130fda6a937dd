import type { ArmAnalysis, ArmComparison, FigureStyle, StudyAnalysis } from '@netspace/contracts';
import { formatPercent, formatProbability } from '@netspace/formats';
import { armColumn } from '../arm-column.js';
import { comparisonsOf } from '../comparisons-of.js';
import { networksText } from '../coverage.js';
import { describeDifference, level } from '../describe-difference.js';
import { html, type Markup } from '../markup.js';
import { type Column, numeric, table } from '../table.js';

const none = '–';

/** The arms side by side, and in words how they compare. */
export function summarySection(analysis: StudyAnalysis, style: FigureStyle): Markup {
  const { arms, comparisons } = analysis;
  const { inRows, ofSettings } = comparisonsOf(analysis);
  const inWords = (some: readonly ArmComparison[]): Markup[] =>
    some.map((comparison) => html`<p>${describeDifference(comparison, analysis)}</p>`);
  return html`<section id="summary">
    <h2>Summary</h2>
    ${summaryTable(analysis, inRows, style)} ${inWords(inRows)}
    ${ofSettings.length === 0 ? '' : html`${settingsTable(analysis, ofSettings, style)} ${inWords(ofSettings)}`}
    ${arms.filter(({ networks }) => arms.length > 1 && networks.length === 0).map(notCompared)}
    <p class="note">
      Errors are top-1 test errors. Networks whose training diverged count as 100&nbsp;%; networks that failed to run
      are left out. ${comparisons.length > 0 ? kolmogorovSmirnovNote(comparisons.length) : ''}
      ${arms.some(({ setting }) => setting !== arms[0]!.setting) ? pairsNote : ''}
    </p>
    ${arms.map(failures)}
  </section>`;
}

function summaryTable(
  { arms, comparisons }: StudyAnalysis,
  inRows: readonly ArmComparison[],
  style: FigureStyle,
): Markup {
  const statistic = (of: 'min' | 'median' | 'mean') => (arm: ArmAnalysis) =>
    arm.errors === null ? none : formatPercent(arm.errors[of]);
  const hasReplicates = arms.some(({ counts }) => counts.trainings.asked > counts.networks);
  return table<ArmAnalysis>(
    [
      armColumn(arms, style, (arm) => arm),
      numeric('networks', ({ counts }) => networksText(counts)),
      ...(hasReplicates ? [numeric<ArmAnalysis>('trainings', trainingsText)] : []),
      numeric('completed', ({ counts }) => counts.completed),
      numeric('diverged', ({ counts }) => counts.diverged),
      numeric('failed', ({ counts }) => counts.failed),
      numeric('degrees of freedom', ({ degreesOfFreedom }) => degreesOfFreedom),
      numeric('size', ({ size }) => size),
      numeric('min error', statistic('min')),
      numeric('median', statistic('median')),
      numeric('mean', statistic('mean')),
      ...comparisonColumns<ArmAnalysis>(comparisons.length, ({ name }) => inRows.find(({ other }) => other === name)),
    ],
    arms,
  );
}

/** Each space in its settings beside the first of them. */
function settingsTable(
  { arms, comparisons }: StudyAnalysis,
  ofSettings: readonly ArmComparison[],
  style: FigureStyle,
): Markup {
  const armOf = (name: string): ArmAnalysis => arms.find((arm) => arm.name === name)!;
  return table<ArmComparison>(
    [
      armColumn(arms, style, ({ other }) => armOf(other)),
      { ...armColumn<ArmComparison>(arms, style, ({ first }) => armOf(first)), header: 'against' },
      ...comparisonColumns<ArmComparison>(comparisons.length, (comparison) => comparison),
    ],
    ofSettings,
  );
}

function trainingsText({ counts: { trainings } }: ArmAnalysis): string {
  const { done, failed, asked } = trainings;
  const text = done === asked ? String(done) : `${done} of ${asked}`;
  return failed === 0 ? text : `${text}, ${failed} failed`;
}

/** @param all - Number of the study's comparisons. */
function comparisonColumns<Row>(all: number, comparisonOf: (row: Row) => ArmComparison | undefined): Column<Row>[] {
  const column = (header: string, text: (comparison: ArmComparison) => string): Column<Row> =>
    numeric(header, (row) => {
      const comparison = comparisonOf(row);
      return comparison === undefined ? none : text(comparison);
    });
  return [
    column('KS distance', ({ test }) => test.statistic.toFixed(3)),
    column('p', ({ p }) => formatProbability(p)),
    ...(all > 1 ? [column('adjusted p', ({ adjustedP }) => formatProbability(adjustedP))] : []),
  ];
}

const pairsNote =
  'Where two settings train the same networks, their distributions lie closer than those of independent samples: the ' +
  'test is cautious then.';

function notCompared({ name }: ArmAnalysis): Markup {
  return html`<p>${name} has no trained network: it is compared with no other.</p>`;
}

function kolmogorovSmirnovNote(comparisons: number): string {
  const note =
    'The KS distance D is the largest vertical distance between an error distribution and the one it is compared with ' +
    '(two-sample Kolmogorov-Smirnov test, two-sided); p is the chance of such a distance if both were samples of one ' +
    'distribution. It speaks of this regime, dataset and recipe.';
  if (comparisons === 1) return note;
  return (
    `${note} Among ${comparisons} comparisons, one p is small by chance more easily than a single one would be: the ` +
    'adjusted p makes up for that (Holm’s method). Calling distributions different only where it is below ' +
    `${level}, as above, keeps the chance of even one false difference below ${level}.`
  );
}

/** Why trainings could not run. */
function failures({ name, failures, counts }: ArmAnalysis): Markup {
  if (failures.length === 0) return html``;
  const hasReplicates = counts.trainings.asked > counts.networks;
  return html`<details>
    <summary>Why ${failures.length} ${failures.length === 1 ? 'training' : 'trainings'} of ${name} failed</summary>
    <ul>
      ${failures.map(
        ({ networkId, replicate, message }) =>
          html`<li><code>${networkId}</code>${hasReplicates ? ` (replicate ${replicate})` : ''}: ${message}</li> `,
      )}
    </ul>
  </details>`;
}
