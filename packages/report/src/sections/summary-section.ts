import type { ArmAnalysis, FigureStyle, StudyAnalysis } from '@netspace/contracts';
import { formatPercent } from '@netspace/formats';
import { armColumn } from '../arm-column.js';
import { networksText } from '../coverage.js';
import { html, type Markup } from '../markup.js';
import { numeric, table } from '../table.js';

const none = '–';

/** The arms side by side: how many networks there are, and what their errors are. */
export function summarySection(analysis: StudyAnalysis, style: FigureStyle): Markup {
  const { arms } = analysis;
  return html`<section id="summary">
    <h2>Spaces</h2>
    ${summaryTable(analysis, style)}
    ${arms.filter(({ networks }) => arms.length > 1 && networks.length === 0).map(notCompared)}
    <p class="note">
      Errors are top-1 test errors. Networks that did not learn (their last training loss is above 90&nbsp;% of that of
      predicting the frequencies of the classes) and networks whose training diverged, which count as 100&nbsp;%, are in
      every distribution; networks that failed to run are left out.
      ${arms.some(({ setting }) => setting !== arms[0]!.setting) ? pairsNote : ''}
    </p>
    ${arms.map(failures)}
  </section>`;
}

function summaryTable({ arms }: StudyAnalysis, style: FigureStyle): Markup {
  const statistic = (of: 'min' | 'median' | 'mean') => (arm: ArmAnalysis) =>
    arm.errors === null ? none : formatPercent(arm.errors[of]);
  const hasReplicates = arms.some(({ counts }) => counts.trainings.asked > counts.networks);
  return table<ArmAnalysis>(
    [
      armColumn(arms, style, (arm) => arm),
      numeric('networks', ({ counts }) => networksText(counts)),
      ...(hasReplicates ? [numeric<ArmAnalysis>('trainings', trainingsText)] : []),
      numeric('learned', ({ counts: { completed, untrained } }) => (untrained === null ? none : completed - untrained)),
      numeric('did not learn', ({ counts }) => counts.untrained ?? 'not known'),
      numeric('diverged', ({ counts }) => counts.diverged),
      numeric('failed', ({ counts }) => counts.failed),
      ...(arms.every(({ size }) => size === null)
        ? []
        : [
            numeric<ArmAnalysis>('degrees of freedom', ({ degreesOfFreedom }) => degreesOfFreedom ?? none),
            numeric<ArmAnalysis>('size', ({ size }) => size ?? none),
          ]),
      numeric('min error', statistic('min')),
      numeric('median', statistic('median')),
      numeric('mean', statistic('mean')),
    ],
    arms,
  );
}

function trainingsText({ counts: { trainings } }: ArmAnalysis): string {
  const { done, failed, asked } = trainings;
  const text = done === asked ? String(done) : `${done} of ${asked}`;
  return failed === 0 ? text : `${text}, ${failed} failed`;
}

const pairsNote =
  'Where two settings train the same networks, their distributions lie closer than those of independent samples: the ' +
  'test is cautious then.';

function notCompared({ name }: ArmAnalysis): Markup {
  return html`<p>${name} has no trained network: it is compared with no other.</p>`;
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
