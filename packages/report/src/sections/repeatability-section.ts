import type { ArmAnalysis, FigureStyle, Repeatability, StudyAnalysis } from '@netspace/contracts';
import { armColumn } from '../arm-column.js';
import { withInterval } from '../interval-text.js';
import { html, type Markup } from '../markup.js';
import { numeric, table } from '../table.js';

/** How much of errors is luck, and from which epoch on networks are ranked as in the end; nothing where neither is known. */
export function repeatabilitySection({ arms }: StudyAnalysis, style: FigureStyle): Markup {
  const content = [replicatesTable(arms, style), epochsTable(arms, style)].filter((part) => part !== null);
  if (content.length === 0) return html``;
  return html`<section id="repeatability">
    <h2>Luck and patience</h2>
    ${content}
  </section>`;
}

type Repeated = ArmAnalysis & { readonly repeatability: Repeatability };

function replicatesTable(arms: readonly ArmAnalysis[], style: FigureStyle): Markup | null {
  const rows = arms.filter((arm): arm is Repeated => arm.repeatability !== null);
  if (rows.length === 0) return null;
  return html`${table<Repeated>(
      [
        armColumn<Repeated>(arms, style, (arm) => arm),
        numeric('networks trained again', ({ repeatability }) => repeatability.networks),
        numeric('spread of a network', ({ repeatability }) => repeatability.within.toFixed(2)),
        numeric('spread of the space', ({ repeatability }) => repeatability.between.toFixed(2)),
        numeric('reliability of a ranking', ({ repeatability: { reliability } }) =>
          reliability === null ? '–' : withInterval(reliability.value, reliability.interval),
        ),
        numeric(
          'trainings for 0.9',
          ({ repeatability: { trainingsForReliableRanking } }) => trainingsForReliableRanking ?? '–',
        ),
      ],
      rows,
    )}
    <p class="note">
      Standard deviations in percentage points, of one network’s trainings and of the networks’ true errors, by one-way
      random effects. The reliability is the share of the errors’ variance that is the networks’ own: the correlation of
      two rankings, each by one training. To compare spaces, one training of each of more networks tells more than more
      trainings of each.
    </p>`;
}

function epochsTable(arms: readonly ArmAnalysis[], style: FigureStyle): Markup | null {
  const rows = arms.filter(({ epochRankings }) => epochRankings.length > 0);
  if (rows.length === 0) return null;
  const epochs = [...new Set(rows.flatMap(({ epochRankings }) => epochRankings.map(({ epoch }) => epoch)))];
  const shown = epochs.length <= 6 ? epochs : epochs.filter((_, index) => index % Math.ceil(epochs.length / 6) === 0);
  return html`${table<ArmAnalysis>(
      [
        armColumn(arms, style, (arm) => arm),
        ...shown.map((epoch) =>
          numeric<ArmAnalysis>(`after epoch ${epoch}`, ({ epochRankings }) => {
            const ranking = epochRankings.find((one) => one.epoch === epoch);
            return ranking === undefined ? '–' : withInterval(ranking.rankCorrelation, ranking.interval);
          }),
        ),
        numeric('enough', ({ rankingEpoch }) => rankingEpoch ?? 'none'),
      ],
      rows,
    )}
    <p class="note">
      Spearman’s rank correlation of the errors after an epoch with those in the end, with its 95&nbsp;% interval;
      enough is the first epoch from which the interval stays above 0.9.
    </p>`;
}
