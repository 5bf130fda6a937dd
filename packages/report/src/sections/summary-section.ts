import { summarise } from '@netspace/statistics';
import { compareSpaces, describeDifference, pValueOf } from '../compare-spaces.js';
import { percent, probability, sharePercent } from '../format.js';
import { html, type Markup } from '../markup.js';
import type { SpaceView, StudyView } from '../study-view.js';
import { numeric, spaceName, table, textual } from '../table.js';

const none = '–';

/** The spaces side by side, and in words how the others compare with the first. */
export function summarySection({ spaces }: StudyView): Markup {
  const [first, ...others] = spaces;
  return html`<section id="summary">
    <h2>Summary</h2>
    ${summaryTable(spaces)} ${others.map((other) => html`<p>${describeDifference(first!, other)}</p>`)}
    <p class="note">
      Errors are top-1 test errors. Networks whose training diverged count as 100&nbsp;%; networks that failed to run
      are left out. ${others.length > 0 ? kolmogorovSmirnovNote(others.length) : ''}
    </p>
    ${spaces.map(failures)}
  </section>`;
}

function summaryTable(spaces: readonly SpaceView[]): Markup {
  const statistic = (of: 'min' | 'median' | 'mean') => (space: SpaceView) =>
    space.errors.length === 0 ? none : percent(summarise(space.errors)[of]);
  const first = spaces[0]!;
  const test = (space: SpaceView): ReturnType<typeof compareSpaces> =>
    space === first ? undefined : compareSpaces(first, space);
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
      numeric('KS distance', (space) => test(space)?.statistic.toFixed(3) ?? none),
      numeric('p', (space) => pText(test(space))),
      numeric('acceptance', ({ population: { sampling } }) =>
        sampling.drawn === 0 ? none : sharePercent(sampling.accepted / sampling.drawn),
      ),
    ],
    spaces,
  );
}

function pText(test: ReturnType<typeof compareSpaces>): string {
  return test === undefined ? none : probability(pValueOf(test));
}

function kolmogorovSmirnovNote(comparisons: number): string {
  const note =
    'The KS distance D is the largest vertical distance between a space’s error distribution and that of the first ' +
    'space (two-sample Kolmogorov-Smirnov test, two-sided); p is the chance of such a distance if both spaces had one ' +
    'distribution. It speaks of this regime, dataset and recipe.';
  return comparisons === 1 ? note : `${note} The p-values are not corrected for there being ${comparisons} of them.`;
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
