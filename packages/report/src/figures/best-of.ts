import type { ArmAnalysis, FigureStyle, StudyAnalysis } from '@netspace/contracts';
import { axisScale } from '../axis-scale.js';
import { partialNote } from '../coverage.js';
import { type CurveEnd, labelsBeside } from '../curve-labels.js';
import { armLine, errorTitle, positionOf } from '../encoding.js';
import type { ChartSpec, Layer } from '../figure.js';
import { sentences } from '../sentences.js';

/** More bands would hide each other. */
const mostBands = 2;

/** Of the figure, in pixels. */
const [width, height] = [620, 280];

/** What a random search of so many networks finds. */
export function bestOfFigure({ arms }: StudyAnalysis, style: FigureStyle): ChartSpec[] {
  const trained = arms.filter(({ networks }) => networks.length > 0);
  const points = trained.flatMap(({ name, bestOf }) => bestOf.map((one) => ({ ...one, arm: name })));
  const networks = points.map((point) => point.networks);
  const errors = points.map(({ expected }) => expected);
  if (new Set(errors).size < 2 || Math.max(...networks) < 2) return [];
  const [xScale, yScale] = [{ type: 'log', domain: [1, Math.max(...networks)] } as const, axisScale(errors)];
  const x = positionOf('networks', networks, xScale, 'networks trained');
  const y = positionOf('expected', errors, yScale, `best ${errorTitle}`);
  const ends = trained.map(endOf);
  return [
    {
      name: 'best-of',
      title: 'What a random search finds',
      caption: captionOf(trained),
      spec: {
        width,
        height,
        layer: [
          ...(trained.length > mostBands ? [] : trained.map((arm) => bandLayer(arm, style))),
          {
            data: { values: points.map(({ expected, networks: m, arm }) => ({ networks: m, expected, arm })) },
            mark: { type: 'line', strokeWidth: 2 },
            encoding: { x, y, ...armLine(trained, style) },
          },
          ...labelsBeside(ends, { scale: xScale, length: width }, { scale: yScale, length: height }, style),
        ],
      },
    },
  ];
}

function endOf({ name, bestOf }: ArmAnalysis): CurveEnd {
  const { networks, expected } = bestOf.at(-1)!;
  return { arm: name, x: networks, y: expected };
}

function bandLayer({ name, bestOf }: ArmAnalysis, { arms }: FigureStyle): Layer {
  return {
    data: { values: bestOf.map(({ networks, interval }) => ({ networks, ...interval })) },
    mark: { type: 'area', color: arms[name]!.colour, opacity: 0.12, clip: true },
    encoding: {
      x: { field: 'networks', type: 'quantitative' },
      y: { field: 'low', type: 'quantitative' },
      y2: { field: 'high' },
    },
  };
}

function captionOf(trained: readonly ArmAnalysis[]): string {
  const byValidation = trained.every(({ chosenBy }) => chosenBy === 'validation');
  return sentences(
    byValidation
      ? 'Test error to expect of the one of so many random networks that has the lowest validation error'
      : 'Expected lowest test error of so many networks drawn at random',
    '(closed form, without replacement; networks that diverged count as 100 %).',
    trained.length > mostBands
      ? ''
      : 'Shaded: simultaneous 95 % bands of the median of the best of so many draws from the space.',
    partialNote(trained),
  );
}
