import type { FigureStyle, StudyAnalysis } from '@netspace/contracts';
import { formatSigned } from '@netspace/formats';
import { axisScale } from '../axis-scale.js';
import { completedOf } from '../completed-of.js';
import { partialNote } from '../coverage.js';
import { armPoint, errorPosition, positionOf } from '../encoding.js';
import type { ChartSpec } from '../figure.js';
import { sentences } from '../sentences.js';

/** Whether good networks are those whose widths follow the quantised-linear rule. */
export function errorAgainstFitErrorFigure({ arms }: StudyAnalysis, style: FigureStyle): ChartSpec[] {
  const points = arms.flatMap((arm) =>
    completedOf(arm).flatMap(({ fit, error }) =>
      fit === null ? [] : [{ fitError: fit.fitError, error, arm: arm.name }],
    ),
  );
  const values = points.map(({ fitError }) => fitError);
  if (new Set(values).size < 2) return [];
  return [
    {
      name: 'error-against-fit-error',
      title: 'Error against distance from the quantised-linear rule',
      caption: sentences(
        'Each point is a network that did not diverge; e_fit is the mean absolute log error of the closest rule.',
        correlationText(arms),
        partialNote(arms),
      ),
      spec: {
        width: 620,
        height: 280,
        data: { values: points },
        mark: { type: 'point', filled: true, size: 36, opacity: 0.7 },
        encoding: {
          x: positionOf('fitError', values, axisScale(values), 'e_fit (mean absolute log error a block)'),
          y: errorPosition(arms, style),
          ...armPoint(arms, style),
        },
      },
    },
  ];
}

function correlationText(arms: StudyAnalysis['arms']): string {
  const texts = arms.flatMap(({ name, fitErrorCorrelation }) =>
    fitErrorCorrelation === null ? [] : [`${formatSigned(fitErrorCorrelation)} in ${name}`],
  );
  return texts.length === 0 ? '' : `Spearman’s rank correlation: ${texts.join(', ')}.`;
}
