import { compact, sharePercent } from '../format.js';
import type { Markup } from '../markup.js';
import type { SpaceView, StudyView } from '../study-view.js';
import { numeric, spaceName, table, textual } from '../table.js';

/** How many candidates were drawn, and what rejected them. */
export function samplingTable({ spaces }: StudyView): Markup {
  const checks = [...new Set(spaces.flatMap(({ population }) => Object.keys(population.sampling.rejected)))];
  return table<SpaceView>(
    [
      textual('space', spaceName),
      textual('regime', ({ population }) => regimeText(population.regime)),
      numeric('seed', ({ population }) => population.seed),
      numeric('candidates', ({ population }) => population.sampling.drawn),
      numeric('accepted', ({ population }) => population.sampling.accepted),
      numeric('acceptance', ({ population: { sampling } }) =>
        sampling.drawn === 0 ? '–' : sharePercent(sampling.accepted / sampling.drawn),
      ),
      ...checks.map((check) =>
        numeric<SpaceView>(`rejected: ${check}`, ({ population }) => population.sampling.rejected[check] ?? 0),
      ),
    ],
    spaces,
  );
}

function regimeText(regime: SpaceView['population']['regime']): string {
  const limits = Object.entries(regime).map(
    ([measure, { low, high }]: [string, { low: number; high: number }]) =>
      `${measure} ${compact(low)} to ${compact(high)}`,
  );
  return limits.length === 0 ? 'no limit' : limits.join(', ');
}
