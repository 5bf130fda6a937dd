import type { ArmAnalysis, EdfBand, EdfStep, FigureStyle, StudyAnalysis } from '@netspace/contracts';
import { formatPercent } from '@netspace/formats';
import { networksText, partialNote } from '../coverage.js';
import { type CurveEnd, labelsAbove, legendAbove } from '../curve-labels.js';
import { armLine, errorPosition } from '../encoding.js';
import type { ChartSpec, Layer } from '../figure.js';
import { sentences } from '../sentences.js';
import { ink } from '../ink.js';

/** A corner of an EDF's staircase. */
export interface EdfPoint {
  readonly error: number;
  /** Share of the arm's networks with at most this error. */
  readonly share: number;
}

/** The exact steps of an EDF from one end of the axis to the other; what lies beyond, it does not reach. */
export function edfPoints(edf: readonly EdfStep[], [low, high]: readonly [number, number]): EdfPoint[] {
  const steps = edf.filter(({ error }) => error <= high).map(({ error, atMost }) => ({ error, share: atMost }));
  return [{ error: low, share: 0 }, ...steps, { error: high, share: steps.at(-1)?.share ?? 0 }];
}

/** Of the figure, in pixels. */
const [width, height] = [720, 340];

/** The error distributions of all arms. */
export function errorEdfFigure(analysis: StudyAnalysis, style: FigureStyle): ChartSpec[] {
  const trained = analysis.arms.filter(({ networks }) => networks.length > 0);
  if (trained.every(({ counts }) => counts.completed === 0)) return [];
  const curves = trained.flatMap((arm) =>
    edfPoints(arm.edf, style.errorScale.domain).map((point) => ({ ...point, arm: legendOf(arm) })),
  );
  const y = { field: 'share', type: 'quantitative', title: 'share of networks with at most this error' } as const;
  const ends = trained.flatMap((arm) => endOf(arm, style));
  return [
    {
      name: 'error-edf',
      title: 'Error distributions',
      caption: captionOf(analysis, style),
      spec: {
        width,
        height,
        ...legendAbove(ends),
        layer: [
          ...bandLayers(trained, style),
          {
            data: { values: curves },
            mark: { type: 'line', interpolate: 'step-after', strokeWidth: 2, clip: true },
            encoding: {
              x: errorPosition(analysis.arms, style),
              y: { ...y, scale: { domain: [0, 1] }, axis: { format: '.0%', tickCount: 5 } },
              ...armLine(trained, style, legendOf),
            },
          },
          ...distanceLayers(analysis, style),
          ...labelsAbove(ends, { scale: style.errorScale, length: width }, height, style),
        ],
      },
    },
  ];
}

/** The last step of an arm's curve that the axis reaches; none where it reaches none. */
function endOf({ name, edf }: ArmAnalysis, { errorScale: { domain } }: FigureStyle): CurveEnd[] {
  const last = edf.filter(({ error }) => error <= domain[1]).at(-1);
  return last === undefined ? [] : [{ arm: name, x: last.error, y: last.atMost }];
}

function legendOf({ name, counts, errors }: ArmAnalysis): string {
  const { min, mean } = errors!;
  return `${name}: n = ${networksText(counts)}, min ${formatPercent(min)}, mean ${formatPercent(mean)}`;
}

function captionOf({ arms }: StudyAnalysis, { errorScale }: FigureStyle): string {
  const diverged = arms.filter(({ counts }) => counts.diverged > 0);
  const beyond = errorScale.domain[1] < 100 ? ', right of the axis, so that their curve ends below 100 %' : '';
  const list = diverged.map(({ name, counts }) => `${counts.diverged} of ${name}`).join(', ');
  return sentences(
    'Empirical distribution functions of the test error, exact steps: further up and left is better.',
    arms.length <= mostBands
      ? 'Shaded: the exact simultaneous 95 % bands, in which the distribution of the whole space lies (Learned-Miller and DeStefano).'
      : '',
    untrainedText(arms),
    diverged.length === 0 ? '' : `Networks that diverged count as 100 %${beyond}: ${list}.`,
    partialNote(arms),
  );
}

function untrainedText(arms: readonly ArmAnalysis[]): string {
  const some = arms.filter(({ counts }) => (counts.untrained ?? 0) > 0);
  const list = some.map(({ name, counts }) => `${counts.untrained} of ${name}`).join(', ');
  return some.length === 0 ? '' : `Networks that did not learn are among them: ${list}.`;
}

/** More bands would hide each other. */
const mostBands = 4;

/** The corners of a band from one end of the axis to the other. */
export function bandPoints(
  { below, steps }: EdfBand,
  [low, high]: readonly [number, number],
): { error: number; lower: number; upper: number }[] {
  const inside = steps.filter(({ error }) => error <= high).map(({ error, lower, upper }) => ({ error, lower, upper }));
  const { lower, upper } = inside.at(-1) ?? { lower: 0, upper: below };
  return [{ error: low, lower: 0, upper: below }, ...inside, { error: high, lower, upper }];
}

/** The simultaneous 95 % bands of the arms, where they are few. */
function bandLayers(trained: readonly ArmAnalysis[], { arms, errorScale }: FigureStyle): Layer[] {
  if (trained.length > mostBands) return [];
  return trained.map(({ name, band }) => ({
    data: { values: bandPoints(band!, errorScale.domain) },
    mark: { type: 'area', interpolate: 'step-after', color: arms[name]!.colour, opacity: 0.12, clip: true },
    encoding: {
      x: { field: 'error', type: 'quantitative' },
      y: { field: 'lower', type: 'quantitative' },
      y2: { field: 'upper' },
    },
  }));
}

/** Where the distributions of two arms are furthest apart. */
function distanceLayers({ arms, comparisons }: StudyAnalysis, { errorScale }: FigureStyle): Layer[] {
  const test = comparisons[0]?.test;
  if (arms.length > 2 || test === undefined || test.statistic === 0 || test.at > errorScale.domain[1]) return [];
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
