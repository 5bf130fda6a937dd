import { axisScale } from '../axis-scale.js';
import { errorPosition, positionOf } from '../encoding.js';
import type { FigureSpec, Panel } from '../figure.js';
import { compact, signed } from '../format.js';
import { panelGrid, panelWidth } from '../panel-grid.js';
import { ink } from '../palette.js';
import { type ParameterSeries, parameterSeries } from '../parameter-series.js';
import type { SpaceView, StudyView } from '../study-view.js';

const columns = 5;

/** Error against each parameter: one figure a space, one panel a parameter. */
export function errorAgainstParametersFigures(study: StudyView): FigureSpec[] {
  return study.spaces.flatMap((space) => {
    const series = parameterSeries(space);
    if (series.length === 0) return [];
    return [
      {
        name: `error-against-parameters-${space.slug}`,
        title: `Error against parameters, ${space.name}`,
        caption:
          'Each point is a network. The line is the median and the band the 95 % range of the best network’s value ' +
          '(empirical bootstrap: 25 % of the population drawn with replacement, 10,000 times); both are written ' +
          'above each panel, with Spearman’s rank correlation ρ of value and error. Crosses on the upper edge are ' +
          'networks that diverged.',
        spec: {
          concat: series.map((one, index) => parameterPanel(study, space, one, index === 0)),
          columns,
          ...panelGrid,
        },
      },
    ];
  });
}

function parameterPanel(study: StudyView, { colour }: SpaceView, series: ParameterSeries, isFirst: boolean): Panel {
  const values = series.points.map(({ value }) => value);
  const x = positionOf('value', values, axisScale(values), series.label);
  const y = errorPosition(study, isFirst ? 'error (%)' : null);
  const top = study.errorScale.domain[1];
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
        data: { values: series.points.filter(({ diverged }) => !diverged) },
        mark: { type: 'circle', color: colour, size: 18, opacity: 0.7 },
        encoding: { x, y },
      },
      {
        data: { values: series.points.filter(({ diverged }) => diverged).map((point) => ({ ...point, error: top })) },
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
}

function titleOf({ best, rankCorrelation }: ParameterSeries): string {
  const range = `best ${compact(best.median)} [${compact(best.low)}, ${compact(best.high)}]`;
  return rankCorrelation === undefined ? range : `${range}  ρ ${signed(rankCorrelation)}`;
}
