import { summarise } from '@netspace/statistics';
import { type Comparison, compareWithFirst, describeDifference, level } from '../compare-spaces.js';
import { percent, probability, sharePercent } from '../format.js';
import { html, type Markup } from '../markup.js';
import type { SpaceView, StudyView } from '../study-view.js';
import { type Column, numeric, spaceName, table, textual } from '../table.js';

const none = '–';

/** The spaces side by side, and in words how the others compare with the first. */
export function summarySection({ spaces }: StudyView): Markup {
  const [first, ...others] = spaces;
  const comparisons = compareWithFirst(spaces);
  const describe = (other: SpaceView): string => {
    const comparison = comparisons.find((one) => one.other === other);
    if (comparison !== undefined) return describeDifference(comparison);
    return `${first!.name} and ${other.name} cannot be compared: one has no trained network.`;
  };
  return html`<section id="summary">
    <h2>Summary</h2>
    ${summaryTable(spaces, comparisons)} ${others.map((other) => html`<p>${describe(other)}</p>`)}
    <p class="note">
      Errors are top-1 test errors. Networks whose training diverged count as 100&nbsp;%; networks that failed to run
      are left out. ${comparisons.length > 0 ? kolmogorovSmirnovNote(comparisons.length) : ''}
    </p>
    ${spaces.map(failures)}
  </section>`;
}

function summaryTable(spaces: readonly SpaceView[], comparisons: readonly Comparison[]): Markup {
  const statistic = (of: 'min' | 'median' | 'mean') => (space: SpaceView) =>
    space.errors.length === 0 ? none : percent(summarise(space.errors)[of]);
  return table<SpaceView>(
    [
      textual('space', spaceName),
      numeric('networks', ({ population }) => population.networks.length),
      numeric('completed', ({ completed }) => completed.length),
      numeric('diverged', ({ networks, completed }) => networks.length - completed.length),
      numeric('failed', ({ failed }) => failed.length),
      numeric('degrees of freedom', ({ degreesOfFreedom }) => degreesOfFreedom),
      numeric('size', ({ size }) => size),
      numeric('min error', statistic('min')),
      numeric('median', statistic('median')),
      numeric('mean', statistic('mean')),
      ...comparisonColumns(comparisons),
      numeric('acceptance', ({ population: { sampling } }) =>
        sampling.drawn === 0 ? none : sharePercent(sampling.accepted / sampling.drawn),
      ),
    ],
    spaces,
  );
}

function comparisonColumns(comparisons: readonly Comparison[]): Column<SpaceView>[] {
  const column = (header: string, text: (comparison: Comparison) => string): Column<SpaceView> =>
    numeric(header, (space) => {
      const comparison = comparisons.find(({ other }) => other === space);
      return comparison === undefined ? none : text(comparison);
    });
  return [
    column('KS distance', ({ test }) => test.statistic.toFixed(3)),
    column('p', ({ p }) => probability(p)),
    ...(comparisons.length > 1 ? [column('adjusted p', ({ adjustedP }) => probability(adjustedP))] : []),
  ];
}

function kolmogorovSmirnovNote(comparisons: number): string {
  const note =
    'The KS distance D is the largest vertical distance between a space’s error distribution and that of the first ' +
    'space (two-sample Kolmogorov-Smirnov test, two-sided); p is the chance of such a distance if both spaces had one ' +
    'distribution. It speaks of this regime, dataset and recipe.';
  if (comparisons === 1) return note;
  return (
    `${note} Among ${comparisons} comparisons, one p is small by chance more easily than a single one would be: the ` +
    'adjusted p makes up for that (Holm’s method). Calling spaces different only where it is below ' +
    `${level}, as above, keeps the chance of even one false difference below ${level}.`
  );
}

/** Why networks could not run. */
function failures({ name, failed }: SpaceView): Markup {
  if (failed.length === 0) return html``;
  return html`<details>
    <summary>Why ${failed.length} of ${name} failed</summary>
    <ul>
      ${failed.map(({ network, message }) => html`<li><code>${network.id}</code>: ${message ?? 'no reason given'}</li> `)}
    </ul>
  </details>`;
}
