import type { ArmAnalysis, FigureStyle, ParameterSeries, StudyAnalysis } from '@netspace/contracts';
import { formatCount, formatSigned } from '@netspace/formats';
import { axisScale } from '../axis-scale.js';
import { partialNote } from '../coverage.js';
import { errorPosition, positionOf } from '../encoding.js';
import type { ChartSpec, Panel } from '../figure.js';
import { ink } from '../ink.js';
import { panelGrid, panelWidth } from '../panel-grid.js';
import { sentences } from '../sentences.js';

const columns = 5;

/** Error against each parameter: one figure an arm, one panel a parameter. */
export function errorAgainstParametersFigures(analysis: StudyAnalysis, style: FigureStyle): ChartSpec[] {
  return analysis.arms
    .filter(({ parameters }) => parameters.length > 0)
    .map((arm) => ({
      name: `error-against-parameters-${style.arms[arm.name]!.slug}`,
      arm: arm.name,
      title: `Error against parameters, ${arm.name}`,
      caption: sentences(
        'Each point is a network. The line is the median and the band the 95 % range of the best network’s value ' +
          '(empirical bootstrap: 25 % of the population drawn with replacement, 10,000 times); both are written ' +
          'above each panel, with Spearman’s rank correlation ρ of value and error. Crosses on the upper edge are ' +
          'networks that diverged.',
        partialNote([arm]),
      ),
      spec: { concat: panelsOf(arm, analysis, style), columns, ...panelGrid },
    }));
}

function panelsOf(arm: ArmAnalysis, { arms }: StudyAnalysis, style: FigureStyle): Panel[] {
  const { colour } = style.arms[arm.name]!;
  const top = style.errorScale.domain[1];
  // How far widths are from the rule has a figure of its own.
  const shown = arm.parameters.filter(({ name }) => name !== 'e_fit');
  return shown.map((series, index) => {
    const x = positionOf('value', series.values, axisScale(series.values), labelOf(series));
    const y = errorPosition(arms, style, index === 0 ? 'error (%)' : null);
    const points = arm.networks.map(({ error, diverged }, rank) => ({ value: series.values[rank]!, error, diverged }));
    const completed = points.filter(({ diverged }) => !diverged);
    const crosses = points.filter(({ diverged }) => diverged).map((point) => ({ ...point, error: top }));
    return {
      width: panelWidth,
      height: 115,
      title: { text: titleOf(series), fontSize: 11, fontWeight: 'normal', offset: 3 },
      layer: [
        {
          data: { values: [series.best] },
          mark: { type: 'rect', color: colour, opacity: 0.16 },
          encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' } },
        },
        {
          data: { values: completed },
          mark: { type: 'circle', color: colour, size: 18, opacity: 0.7 },
          encoding: { x, y },
        },
        {
          data: { values: crosses },
          mark: { type: 'point', shape: 'cross', angle: 45, color: ink, filled: true, size: 32 },
          encoding: { x, y },
        },
        {
          data: { values: [series.best] },
          mark: { type: 'rule', color: ink, strokeWidth: 1.5 },
          encoding: { x: { ...x, field: 'median' } },
        },
      ],
    };
  });
}

const units: Readonly<Record<string, string>> = { depth: 'blocks', flops: 'multiply-adds', acts: 'elements' };

function labelOf({ name, kind }: ParameterSeries): string {
  if (kind === 'fitted') return `${name}, fitted`;
  const unit = kind === 'derived' ? units[name] : undefined;
  return unit === undefined ? name : `${name} (${unit})`;
}

function titleOf({ best, rankCorrelation }: ParameterSeries): string {
  const range = `best ${formatCount(best.median)} [${formatCount(best.low)}, ${formatCount(best.high)}]`;
  return rankCorrelation === null ? range : `${range}  ρ ${formatSigned(rankCorrelation)}`;
}
