import { correlation } from '@netspace/statistics';
import { axisScale } from '../axis-scale.js';
import { errorPosition, positionOf, spaceColour } from '../encoding.js';
import type { FigureSpec } from '../figure.js';
import { signed } from '../format.js';
import type { SpaceView, StudyView } from '../study-view.js';

/** A network's error beside how far its widths are from the quantised-linear rule. */
export interface FitPoint {
  readonly fitError: number;
  readonly error: number;
}

/** The networks of a space that completed and have a fit. */
export function fitPoints({ completed }: SpaceView): FitPoint[] {
  return completed.flatMap(({ fit, error }) => (fit === undefined ? [] : [{ fitError: fit.fitError, error }]));
}

/** Whether good networks are those whose widths follow the quantised-linear rule. */
export function errorAgainstFitErrorFigure(study: StudyView): FigureSpec[] {
  const points = study.spaces.flatMap((space) => fitPoints(space).map((point) => ({ ...point, space: space.name })));
  const values = points.map(({ fitError }) => fitError);
  if (new Set(values).size < 2) return [];
  return [
    {
      name: 'error-against-fit-error',
      title: 'Error against distance from the quantised-linear rule',
      caption: [
        'Each point is a network that did not diverge; e_fit is the mean absolute log error of the closest rule.',
        ...study.spaces.flatMap(correlationText),
      ].join(' '),
      spec: {
        width: 620,
        height: 280,
        data: { values: points },
        mark: { type: 'point', filled: true, size: 36, opacity: 0.7 },
        encoding: {
          x: positionOf('fitError', values, axisScale(values), 'e_fit (mean absolute log error a block)'),
          y: errorPosition(study),
          color: spaceColour(study.spaces),
          shape: { field: 'space', type: 'nominal', scale: { domain: study.spaces.map(({ name }) => name) } },
        },
      },
    },
  ];
}

function correlationText(space: SpaceView): string[] {
  const points = fitPoints(space);
  const fitErrors = points.map(({ fitError }) => fitError);
  const errors = points.map(({ error }) => error);
  if (new Set(fitErrors).size < 2 || new Set(errors).size < 2) return [];
  return [`Spearman’s rank correlation in ${space.name}: ${signed(correlation(fitErrors, errors).spearman)}.`];
}
