import type { ArmAnalysis, FigureStyle, StudyAnalysis } from '@netspace/contracts';
import { formatSigned } from '@netspace/formats';
import { axisScale } from '../axis-scale.js';
import { completedOf } from '../completed-of.js';
import { partialNote } from '../coverage.js';
import { errorPosition, errorTitle, positionOf } from '../encoding.js';
import type { ChartSpec, Panel } from '../figure.js';
import { ink } from '../ink.js';
import { sentences } from '../sentences.js';

const columns = 3;

/** A network that completed. */
interface FitPoint {
  readonly fitError: number;
  readonly error: number;
}

/** Whether good networks are those whose widths follow the quantised-linear rule: a panel each arm (paper, Fig. 8). */
export function errorAgainstFitErrorFigure({ arms }: StudyAnalysis, style: FigureStyle): ChartSpec[] {
  const shown = arms
    .map((arm) => ({ arm, points: pointsOf(arm) }))
    .filter(({ points }) => new Set(points.map(({ fitError }) => fitError)).size > 1);
  const values = shown.flatMap(({ points }) => points.map(({ fitError }) => fitError));
  if (shown.length === 0) return [];
  return [
    {
      name: 'error-against-fit-error',
      title: 'Error against distance from the quantised-linear rule',
      caption: sentences(
        'Each point is a network that did not diverge; e_fit is the mean absolute log error of the closest rule. The line',
        'and the band are median and 95 % range of e_fit among the best networks (empirical bootstrap); above each panel',
        'Spearman’s rank correlation.',
        partialNote(arms),
      ),
      spec: {
        concat: shown.map(({ arm, points }, index) =>
          panelOf(arm, points, { arms, values, isFirst: index % columns === 0 }, style),
        ),
        columns,
        spacing: { row: 40, column: 24 },
      },
    },
  ];
}

function pointsOf(arm: ArmAnalysis): FitPoint[] {
  return completedOf(arm).flatMap(({ fit, error }) => (fit === null ? [] : [{ fitError: fit.fitError, error }]));
}

interface Axes {
  readonly arms: readonly ArmAnalysis[];
  /** Of all panels. */
  readonly values: readonly number[];
  /** Whether the panel is the first of its row. */
  readonly isFirst: boolean;
}

function panelOf(
  { name, parameters, fitErrorCorrelation }: ArmAnalysis,
  points: FitPoint[],
  { arms, values, isFirst }: Axes,
  style: FigureStyle,
): Panel {
  const x = positionOf('fitError', values, axisScale(values), 'e_fit');
  const y = errorPosition(arms, style, isFirst ? errorTitle : null);
  const best = parameters.filter((series) => series.name === 'e_fit').map((series) => series.best);
  return {
    width: 270,
    height: 170,
    title: { text: name, subtitle: fitErrorCorrelation === null ? '' : `r = ${formatSigned(fitErrorCorrelation)}` },
    layer: [
      {
        data: { values: best },
        mark: { type: 'rect', color: ink, opacity: 0.1 },
        encoding: { x: { ...x, field: 'low' }, x2: { field: 'high' } },
      },
      {
        data: { values: best },
        mark: { type: 'rule', color: ink, strokeDash: [4, 3] },
        encoding: { x: { ...x, field: 'median' } },
      },
      {
        data: { values: points },
        mark: { type: 'point', filled: true, size: 30, opacity: 0.7, color: style.arms[name]!.colour },
        encoding: { x, y },
      },
    ],
  };
}
