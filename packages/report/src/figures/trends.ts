import { axisScale } from '../axis-scale.js';
import { errorPosition, positionOf, spaceColour } from '../encoding.js';
import type { Encoding, FigureSpec, Layer, Panel } from '../figure.js';
import type { SpaceView, StudyView } from '../study-view.js';
import { frontier, trendOf, trendPoints } from '../trends.js';

/** Error, params and acts against flops. */
export function trendsFigure(study: StudyView): FigureSpec[] {
  const flops = study.spaces.flatMap((space) => trendPoints(space).map((point) => point.flops));
  if (new Set(flops).size < 2) return [];
  const x = positionOf('flops', flops, axisScale(flops), 'flops (multiply-adds)');
  return [
    {
      name: 'trends',
      title: 'Trends with flops',
      caption: captionOf(study),
      spec: {
        concat: [
          errorPanel(study, x),
          quantityPanel(study, x, 'params', 'params'),
          quantityPanel(study, x, 'acts', 'acts (elements)'),
        ],
        columns: 3,
        spacing: 24,
      },
    },
  ];
}

const size = { width: 270, height: 220 };

function errorPanel(study: StudyView, x: NonNullable<Encoding['x']>): Panel {
  const lowest = study.spaces.flatMap((space) =>
    frontier(trendPoints(space)).map((point) => ({ ...point, space: space.name })),
  );
  const encoding = { x, y: errorPosition(study), color: spaceColour(study.spaces) };
  return {
    ...size,
    layer: [
      pointLayer(study, encoding),
      { data: { values: lowest }, mark: { type: 'line', interpolate: 'step-after', strokeWidth: 1.5 }, encoding },
    ],
  };
}

function quantityPanel(
  study: StudyView,
  x: NonNullable<Encoding['x']>,
  quantity: 'params' | 'acts',
  title: string,
): Panel {
  const values = study.spaces.flatMap((space) => trendPoints(space).map((point) => point[quantity]));
  const encoding = { x, y: positionOf(quantity, values, axisScale(values), title), color: spaceColour(study.spaces) };
  const curves = study.spaces.flatMap((space) => trendCurve(space, quantity));
  const curve: Layer = { data: { values: curves }, mark: { type: 'line', strokeWidth: 1.5, clip: true }, encoding };
  return { ...size, layer: [pointLayer(study, encoding), ...(curves.length === 0 ? [] : [curve])] };
}

function pointLayer({ spaces }: StudyView, encoding: Encoding): Layer {
  const points = spaces.flatMap((space) => trendPoints(space).map((point) => ({ ...point, space: space.name })));
  return {
    data: { values: points },
    mark: { type: 'circle', size: 30 },
    encoding: { ...encoding, opacity: { condition: { test: 'datum.isBest', value: 0.9 }, value: 0.25 } },
  };
}

const curvePoints = 40;

function trendCurve(space: SpaceView, quantity: 'params' | 'acts'): Record<string, number | string>[] {
  const points = trendPoints(space);
  const trend = trendOf(points, quantity);
  if (trend === undefined) return [];
  const flops = points.filter(({ isBest }) => isBest).map((point) => point.flops);
  const [low, high] = [Math.min(...flops), Math.max(...flops)];
  return Array.from({ length: curvePoints + 1 }, (_, index) => {
    const at = low + ((high - low) * index) / curvePoints;
    return {
      space: space.name,
      flops: at,
      [quantity]: trend.intercept + trend.slope * (quantity === 'acts' ? Math.sqrt(at) : at),
    };
  });
}

function captionOf({ spaces }: StudyView): string {
  const text =
    'Each point is a network that did not diverge; the best quarter of each space is drawn strong. The steps are the ' +
    'lowest error within so many flops.';
  const trends = spaces.flatMap((space) => {
    const points = trendPoints(space);
    const params = trendOf(points, 'params');
    const acts = trendOf(points, 'acts');
    if (params === undefined || acts === undefined) return [];
    return `${space.name}: params linear in flops, r² ${params.r2.toFixed(2)}; acts in their square root, r² ${acts.r2.toFixed(2)}.`;
  });
  if (trends.length > 0) return [text, 'The curves are fits to the best quarter.', ...trends].join(' ');
  return `${text} The flops of the best networks are too much alike to fit a trend of params or acts.`;
}
