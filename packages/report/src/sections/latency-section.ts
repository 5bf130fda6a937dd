import type { ArmAnalysis, ArmLatency, FigureStyle, LatencyCorrelation, StudyAnalysis } from '@netspace/contracts';
import { formatSigned } from '@netspace/formats';
import { armColumn } from '../arm-column.js';
import { html, type Markup } from '../markup.js';
import { passText } from '../pass-text.js';
import { numeric, table, textual } from '../table.js';

interface Row {
  readonly arm: ArmAnalysis;
  readonly latency: ArmLatency;
}

/** Inference times by engine and size of a pass, and what they follow; nothing where none was measured. */
export function latencySection({ arms }: StudyAnalysis, style: FigureStyle): Markup {
  const rows = arms.flatMap((arm) => arm.latencies.map((latency) => ({ arm, latency })));
  if (rows.length === 0) return html``;
  return html`<section id="inference-times">
    <h2>Inference times and complexity</h2>
    ${table<Row>(
      [
        armColumn<Row>(arms, style, ({ arm }) => arm),
        textual('engine', ({ latency }) => latency.engine),
        textual('a pass', ({ latency }) => passText(latency)),
        numeric('networks', networksOf),
        numeric('median ms', ({ latency }) => latency.median.toPrecision(3)),
        ...(['flops', 'params', 'acts'] as const).map((measure) =>
          numeric<Row>(`time with ${measure}`, ({ latency }) => correlationText(latency.correlations[measure])),
        ),
      ],
      rows,
    )}
    <p class="note">
      Correlation of the median times of networks with their complexity: Pearson’s r of the values, then Spearman’s ρ of
      the ranks. The median over networks is in milliseconds a pass.
    </p>
  </section>`;
}

function networksOf({ arm: { counts }, latency: { networks } }: Row): string {
  return networks.length < counts.networks ? `${networks.length} of ${counts.networks}` : String(networks.length);
}

function correlationText(found: LatencyCorrelation | null): string {
  return found === null ? '–' : `${formatSigned(found.pearson)}, ${formatSigned(found.spearman)}`;
}
