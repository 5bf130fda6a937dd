import { expectedBest } from '@netspace/statistics';
import { axisScale } from '../axis-scale.js';
import { errorTitle, positionOf, spaceColour } from '../encoding.js';
import type { FigureSpec } from '../figure.js';
import type { SpaceView, StudyView } from '../study-view.js';

/** The lowest error to expect of so many random networks. */
export interface ExpectedBestPoint {
  readonly networks: number;
  readonly error: number;
}

/** The expected lowest error of 1, 2, 3, ... networks of a space, up to all of them. */
export function expectedBestPoints({ errors }: SpaceView): ExpectedBestPoint[] {
  return errors.map((_, index) => ({ networks: index + 1, error: expectedBest(errors, index + 1) }));
}

/** What a random search of so many networks finds. */
export function expectedBestErrorFigure(study: StudyView): FigureSpec[] {
  const trained = study.spaces.filter(({ errors }) => errors.length > 0);
  if (new Set(trained.flatMap(({ errors }) => errors)).size < 2) return [];
  const points = trained.flatMap((space) =>
    expectedBestPoints(space).map((point) => ({ ...point, space: space.name })),
  );
  const networks = points.map((point) => point.networks);
  if (Math.max(...networks) < 2) return [];
  const errors = points.map(({ error }) => error);
  return [
    {
      name: 'expected-best-error',
      title: 'What a random search finds',
      caption:
        'Expected lowest error of so many networks drawn at random from the population, without replacement ' +
        '(closed form; networks that diverged count as 100 %).',
      spec: {
        width: 620,
        height: 240,
        data: { values: points },
        mark: { type: 'line', strokeWidth: 2 },
        encoding: {
          x: positionOf('networks', networks, { type: 'log', domain: [1, Math.max(...networks)] }, 'networks trained'),
          y: positionOf('error', errors, axisScale(errors), `expected lowest ${errorTitle}`),
          color: spaceColour(trained),
        },
      },
    },
  ];
}
