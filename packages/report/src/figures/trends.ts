import type { ArmAnalysis, Complexity, FigureStyle, StudyAnalysis } from '@netspace/contracts';
import { axisScale } from '../axis-scale.js';
import { completedOf } from '../completed-of.js';
import { partialNote } from '../coverage.js';
import { armCurve, armPoint, errorPosition, positionOf } from '../encoding.js';
import type { ChartSpec, Encoding, Layer, Panel, Position } from '../figure.js';
import { sentences } from '../sentences.js';

/** A network that completed: its cost and error. */
export interface TrendPoint extends Complexity {
  readonly arm: string;
  readonly error: number;
  /** Whether it is among the best quarter of its arm. */
  readonly isBest: boolean;
  /** Whether it is better than all cheaper ones of its arm. */
  readonly isLowest: boolean;
}

/** The networks of an arm that completed, best first. */
export function trendPoints(arm: ArmAnalysis): TrendPoint[] {
  const { trends } = arm;
  if (trends === null) return [];
  return completedOf(arm).map(({ network: { id, complexity }, error }, rank) => ({
    // Where there are trends, every network's cost is known.
    ...(complexity as Complexity),
    arm: arm.name,
    error,
    isBest: rank < trends.best,
    isLowest: trends.frontier.includes(id),
  }));
}

/** Error, params and acts against flops. */
export function trendsFigure({ arms }: StudyAnalysis, style: FigureStyle): ChartSpec[] {
  const points = arms.flatMap(trendPoints);
  const flops = points.map((point) => point.flops);
  if (new Set(flops).size < 2) return [];
  const x = positionOf('flops', flops, axisScale(flops), 'flops (multiply-adds)');
  const lowest = points.filter(({ isLowest }) => isLowest).sort((a, b) => a.flops - b.flops);
  const panel = (y: Position, curve: Layer[]): Panel => ({
    width: 270,
    height: 220,
    layer: [pointLayer(points, { x, y, ...armPoint(arms, style) }), ...curve],
  });
  const quantityPanel = (quantity: 'params' | 'acts', title: string): Panel => {
    const values = points.map((point) => point[quantity]);
    const y = positionOf(quantity, values, axisScale(values), title);
    const curves = arms.flatMap((arm) => trendCurve(arm, quantity));
    return panel(y, lineLayer(curves, 'linear', { x, y, ...armCurve(arms, style) }));
  };
  const error = errorPosition(arms, style);
  return [
    {
      name: 'trends',
      title: 'Trends with flops',
      caption: captionOf(arms),
      spec: {
        concat: [
          panel(error, lineLayer(lowest, 'step-after', { x, y: error, ...armCurve(arms, style) })),
          quantityPanel('params', 'params'),
          quantityPanel('acts', 'acts (elements)'),
        ],
        columns: 3,
        spacing: 24,
      },
    },
  ];
}

function pointLayer(points: readonly TrendPoint[], encoding: Encoding): Layer {
  return {
    data: { values: [...points] },
    mark: { type: 'point', filled: true, size: 30 },
    encoding: { ...encoding, opacity: { condition: { test: 'datum.isBest', value: 0.9 }, value: 0.25 } },
  };
}

function lineLayer(values: object[], interpolate: 'linear' | 'step-after', encoding: Encoding): Layer[] {
  const mark = { type: 'line', interpolate, strokeWidth: 1.5, clip: true } as const;
  return values.length === 0 ? [] : [{ data: { values }, mark, encoding }];
}

const curvePoints = 40;

/** The fit to the best networks, over the range of their flops. */
function trendCurve(arm: ArmAnalysis, quantity: 'params' | 'acts'): object[] {
  const trend = arm.trends?.[quantity];
  if (trend === null || trend === undefined) return [];
  const flops = trendPoints(arm)
    .filter(({ isBest }) => isBest)
    .map((point) => point.flops);
  const [low, high] = [Math.min(...flops), Math.max(...flops)];
  return Array.from({ length: curvePoints + 1 }, (_, index) => {
    const at = low + ((high - low) * index) / curvePoints;
    const x = quantity === 'acts' ? Math.sqrt(at) : at;
    return { arm: arm.name, flops: at, [quantity]: trend.intercept + trend.slope * x };
  });
}

function captionOf(arms: readonly ArmAnalysis[]): string {
  const trends = arms.flatMap(({ name, trends }) => {
    if (trends?.params == null || trends.acts == null) return [];
    const [params, acts] = [trends.params.r2.toFixed(2), trends.acts.r2.toFixed(2)];
    return `${name}: params linear in flops, r² ${params}; acts in their square root, r² ${acts}.`;
  });
  return sentences(
    'Each point is a network that did not diverge; the best quarter of each space is drawn strong. The steps are the ' +
      'lowest error within so many flops.',
    trends.length > 0
      ? 'The curves are fits to the best quarter.'
      : 'The flops of the best networks are too much alike to fit a trend of params or acts.',
    ...trends,
    partialNote(arms),
  );
}
