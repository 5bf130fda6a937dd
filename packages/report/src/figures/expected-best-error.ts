import type { FigureStyle, StudyAnalysis } from '@netspace/contracts';
import { axisScale } from '../axis-scale.js';
import { sentences } from '../sentences.js';
import { partialNote } from '../coverage.js';
import { armLine, errorTitle, positionOf } from '../encoding.js';
import type { ChartSpec } from '../figure.js';

/** What a random search of so many networks finds. */
export function expectedBestErrorFigure({ arms }: StudyAnalysis, style: FigureStyle): ChartSpec[] {
  const trained = arms.filter(({ networks }) => networks.length > 0);
  const points = trained.flatMap(({ name, bestOf }) =>
    bestOf.map(({ networks, expected }) => ({ networks, error: expected, arm: name })),
  );
  const networks = points.map((point) => point.networks);
  const errors = points.map(({ error }) => error);
  if (new Set(errors).size < 2 || Math.max(...networks) < 2) return [];
  return [
    {
      name: 'expected-best-error',
      title: 'What a random search finds',
      caption: sentences(
        'Expected lowest error of so many networks drawn at random from the population, without replacement ' +
          '(closed form; networks that diverged count as 100 %).',
        partialNote(arms),
      ),
      spec: {
        width: 620,
        height: 240,
        data: { values: points },
        mark: { type: 'line', strokeWidth: 2 },
        encoding: {
          x: positionOf('networks', networks, { type: 'log', domain: [1, Math.max(...networks)] }, 'networks trained'),
          y: positionOf('error', errors, axisScale(errors), `expected lowest ${errorTitle}`),
          ...armLine(trained, style),
        },
      },
    },
  ];
}
