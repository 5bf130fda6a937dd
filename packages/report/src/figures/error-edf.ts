import { errorEdf, summarise } from '@netspace/statistics';
import { compareSpaces } from '../compare-spaces.js';
import { errorPosition, spaceColour } from '../encoding.js';
import type { FigureSpec, Layer } from '../figure.js';
import { percent } from '../format.js';
import { ink } from '../palette.js';
import type { SpaceView, StudyView } from '../study-view.js';

/** A corner of an EDF's staircase. */
export interface EdfPoint {
  readonly error: number;
  /** Share of the space's networks with at most this error. */
  readonly share: number;
}

/** The exact steps of a space's EDF from one end of the axis to the other; what lies beyond, it does not reach. */
export function edfPoints({ errors }: SpaceView, [low, high]: readonly [number, number]): EdfPoint[] {
  if (errors.length === 0) return [];
  const steps = errorEdf(errors)
    .filter(({ error }) => error <= high)
    .map(({ error, atMost }) => ({ error, share: atMost }));
  return [{ error: low, share: 0 }, ...steps, { error: high, share: steps.at(-1)?.share ?? 0 }];
}

/** The error distributions of all spaces. */
export function errorEdfFigure(study: StudyView): FigureSpec[] {
  if (!study.spaces.some(({ completed }) => completed.length > 0)) return [];
  const trained = study.spaces.filter(({ errors }) => errors.length > 0);
  const curves = trained.flatMap((space) =>
    edfPoints(space, study.errorScale.domain).map((point) => ({ ...point, space: legendOf(space) })),
  );
  return [
    {
      name: 'error-edf',
      title: 'Error distributions',
      caption: captionOf(study),
      spec: {
        width: 720,
        height: 340,
        layer: [
          {
            data: { values: curves },
            mark: { type: 'line', interpolate: 'step-after', strokeWidth: 2, clip: true },
            encoding: {
              x: errorPosition(study),
              y: {
                field: 'share',
                type: 'quantitative',
                title: 'share of networks with at most this error',
                scale: { domain: [0, 1] },
                axis: { format: '.0%', tickCount: 5 },
              },
              color: spaceColour(trained, legendOf),
            },
          },
          ...distanceLayers(study),
        ],
      },
    },
  ];
}

function legendOf({ name, errors }: SpaceView): string {
  const { n, min, mean } = summarise(errors);
  return `${name}: n = ${n}, min ${percent(min)}, mean ${percent(mean)}`;
}

function captionOf({ spaces, errorScale }: StudyView): string {
  const text = 'Empirical distribution functions of the error, exact steps: further up and left is better.';
  const diverged = spaces.flatMap(({ name, networks, completed }) => {
    const count = networks.length - completed.length;
    return count === 0 ? [] : `${count} of ${name}`;
  });
  if (diverged.length === 0) return text;
  const beyond = errorScale.domain[1] < 100 ? ', right of the axis, so that their space’s curve ends below 100 %' : '';
  return `${text} Networks that diverged count as 100 %${beyond}: ${diverged.join(', ')}.`;
}

/** Where the distributions of two spaces are furthest apart. */
function distanceLayers({ spaces, errorScale }: StudyView): Layer[] {
  const [first, second] = spaces;
  if (first === undefined || second === undefined || spaces.length > 2) return [];
  const test = compareSpaces(first, second);
  if (test === undefined || test.statistic === 0 || test.at > errorScale.domain[1]) return [];
  const data = { values: [{ error: test.at, share: Math.min(...test.shares), top: Math.max(...test.shares) }] };
  const x = { field: 'error', type: 'quantitative' } as const;
  return [
    {
      data,
      mark: { type: 'rule', color: ink, strokeDash: [3, 3] },
      encoding: { x, y: { field: 'share', type: 'quantitative' }, y2: { field: 'top' } },
    },
    {
      data,
      mark: { type: 'text', color: ink, align: 'left', dx: 5, dy: 12, baseline: 'top' },
      encoding: {
        x,
        y: { field: 'top', type: 'quantitative' },
        text: { value: `D = ${test.statistic.toFixed(2)}` },
      },
    },
  ];
}
