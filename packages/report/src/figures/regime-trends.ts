import type { ArmAnalysis, BootstrapRange, FigureStyle, StudyAnalysis } from '@netspace/contracts';
import { axisScale, medianOf } from '../axis-scale.js';
import { partialNote } from '../coverage.js';
import { armCurve, armPoint, positionOf } from '../encoding.js';
import type { ChartSpec, Panel } from '../figure.js';
import { sentences } from '../sentences.js';
import { firstOfSpaces } from './settings-edfs.js';

/** What the paper follows from regime to regime. */
const followed = ['depth', 'b', 'g', 'w_m', 'w_a', 'w_0'] as const;

/** A parameter of the best networks in one regime. */
export interface RegimePoint extends BootstrapRange {
  /** The space. */
  readonly arm: string;
  readonly parameter: string;
  /** Median of the networks. */
  readonly flops: number;
}

/** The parameters of the best networks of every arm whose flops are known. */
export function regimePoints(arms: readonly ArmAnalysis[]): RegimePoint[] {
  return arms.flatMap((arm) => {
    const flops = medianFlops(arm);
    if (flops === undefined) return [];
    return followed.flatMap((parameter) => {
      const series = arm.parameters.find(({ name }) => name === parameter);
      return series === undefined ? [] : [{ arm: arm.space, parameter, flops, ...series.best }];
    });
  });
}

/**
 * The parameters of the best networks against the flops of their regime (paper, Fig. 11); none where no space was trained
 * in two regimes, one of at least twice the flops of the other.
 */
export function regimeTrendsFigure({ arms }: StudyAnalysis, style: FigureStyle): ChartSpec[] {
  const spaces = firstOfSpaces(arms).filter(({ space }) => spansRegimes(arms.filter((arm) => arm.space === space)));
  if (spaces.length === 0) return [];
  const points = regimePoints(arms.filter(({ space }) => spaces.some((one) => one.space === space)));
  const shown = followed.filter((parameter) => points.some((point) => point.parameter === parameter));
  return [
    {
      name: 'regime-trends',
      title: 'The best networks from regime to regime',
      caption: sentences(
        'Median and 95 % range of the parameters of the best networks (empirical bootstrap) against the median flops of',
        'their population.',
        partialNote(arms),
      ),
      spec: {
        concat: shown.map((parameter) =>
          panelOf(
            parameter,
            points.filter((point) => point.parameter === parameter),
            { spaces, style },
          ),
        ),
        columns: 3,
        spacing: 24,
      },
    },
  ];
}

function panelOf(
  parameter: string,
  points: RegimePoint[],
  { spaces, style }: { readonly spaces: readonly ArmAnalysis[]; readonly style: FigureStyle },
): Panel {
  const flops = points.map((point) => point.flops);
  const ends = points.flatMap(({ low, high }) => [low, high]);
  const x = positionOf('flops', flops, { ...axisScale(flops), type: 'log' }, 'flops (multiply-adds)');
  const y = positionOf('median', ends, axisScale(ends), parameter);
  const named = spaces.map((arm) => ({ ...arm, name: arm.space }));
  const styles = { ...style, arms: Object.fromEntries(spaces.map(({ name, space }) => [space, style.arms[name]!])) };
  return {
    width: 270,
    height: 170,
    data: { values: points },
    layer: [
      {
        mark: { type: 'rule', strokeWidth: 2, opacity: 0.6 },
        encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color: armPoint(named, styles).color },
      },
      { mark: { type: 'line', strokeWidth: 1.5 }, encoding: { x, y, ...armCurve(named, styles) } },
      { mark: { type: 'point', filled: true, size: 50, opacity: 1 }, encoding: { x, y, ...armPoint(named, styles) } },
    ],
  };
}

function spansRegimes(arms: readonly ArmAnalysis[]): boolean {
  const flops = arms.flatMap((arm) => medianFlops(arm) ?? []);
  return new Set(arms.map(({ setting }) => setting)).size > 1 && Math.max(...flops) >= 2 * Math.min(...flops);
}

/** Undefined where a network's flops are not known, or none has a result. */
function medianFlops({ networks }: ArmAnalysis): number | undefined {
  const flops = networks.map(({ network }) => network.complexity.flops);
  if (flops.length === 0 || !flops.every((value) => value !== undefined)) return undefined;
  return medianOf(flops);
}
