import type { ArmAnalysis, FigureStyle, Range, SamplingReport, StudyAnalysis } from '@netspace/contracts';
import { formatCount, formatShare } from '@netspace/formats';
import { armColumn } from '../arm-column.js';
import { networksText } from '../coverage.js';
import { html, type Markup } from '../markup.js';
import { numeric, table, textual } from '../table.js';

/** An arm that was drawn here. */
type DrawnArm = ArmAnalysis & { readonly sampling: SamplingReport };

/** The arms that were drawn here. */
export function drawnArms({ arms }: StudyAnalysis): DrawnArm[] {
  return arms.filter((arm): arm is DrawnArm => arm.sampling !== null);
}

/**
 * How many candidates were drawn, what rejected them, and what became of those that were accepted; nothing where they
 * were drawn elsewhere.
 */
export function samplingSection(analysis: StudyAnalysis, style: FigureStyle): Markup {
  const arms = drawnArms(analysis);
  if (arms.length === 0) return html``;
  const checks = [...new Set(arms.flatMap(({ sampling }) => Object.keys(sampling.rejected)))];
  return html`<section id="candidates">
    <h2>Candidates drawn</h2>
    ${table<DrawnArm>(
      [
        armColumn(arms, style, (arm) => arm),
        textual('regime', ({ regime }) => regimeText(regime)),
        numeric('seed', ({ seed }) => seed),
        numeric('candidates', ({ sampling }) => sampling.drawn),
        ...checks.map((check) =>
          numeric<DrawnArm>(`rejected: ${check}`, ({ sampling }) => sampling.rejected[check] ?? 0),
        ),
        numeric('accepted', ({ sampling }) => sampling.accepted),
        numeric('acceptance', acceptanceText),
        numeric('trained', ({ counts }) => networksText(counts)),
        numeric('diverged', ({ counts }) => counts.diverged),
        numeric('failed', ({ counts }) => counts.failed),
      ],
      arms,
    )}
  </section>`;
}

function acceptanceText({ sampling: { drawn, accepted } }: DrawnArm): string {
  return drawn === 0 ? '–' : formatShare(accepted / drawn);
}

function regimeText(regime: ArmAnalysis['regime']): string {
  const limits = Object.entries(regime).map(
    ([measure, { low, high }]: [string, Range]) => `${measure} ${formatCount(low)} to ${formatCount(high)}`,
  );
  return limits.length === 0 ? 'no limit' : limits.join(', ');
}
