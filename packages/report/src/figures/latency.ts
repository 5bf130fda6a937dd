import type { Complexity, Latencies, Latency } from '@netspace/contracts';
import { axisScale } from '../axis-scale.js';
import { positionOf, spaceColour } from '../encoding.js';
import type { FigureSpec, Panel } from '../figure.js';
import { signed } from '../format.js';
import { type LatencyCorrelations, latencyCorrelations } from '../latency-correlations.js';
import type { SpaceView, StudyView } from '../study-view.js';

/** A network's complexity and inference time. */
export type LatencyPoint = Complexity & Latency & { readonly space: string };

/** The networks of a space, trained or not, whose inference time was measured. */
export function latencyPoints({ name, population }: SpaceView, { networks }: Latencies): LatencyPoint[] {
  return population.networks.flatMap(({ id, complexity }) => {
    const latency = networks[id];
    return latency === undefined ? [] : [{ ...complexity, ...latency, space: name }];
  });
}

const measures: readonly { readonly measure: keyof Complexity; readonly title: string }[] = [
  { measure: 'flops', title: 'flops (multiply-adds)' },
  { measure: 'params', title: 'params' },
  { measure: 'acts', title: 'acts (elements)' },
];

/** Which measure of complexity inference time follows. */
export function latencyFigure({ spaces, latencies }: StudyView): FigureSpec[] {
  if (latencies === undefined) return [];
  const points = spaces.flatMap((space) => latencyPoints(space, latencies));
  if (points.length < 2) return [];
  return [
    {
      name: 'latency',
      title: 'Inference time',
      caption: captionOf(spaces, latencies),
      spec: {
        concat: measures.map(({ measure, title }) => latencyPanel(spaces, points, measure, title)),
        columns: 3,
        spacing: 24,
      },
    },
  ];
}

function latencyPanel(
  spaces: readonly SpaceView[],
  points: readonly LatencyPoint[],
  measure: keyof Complexity,
  title: string,
): Panel {
  const values = points.map((point) => point[measure]);
  const times = points.map(({ median }) => median);
  const yTitle = measure === 'flops' ? 'milliseconds a pass' : null;
  const encoding = { x: positionOf(measure, values, axisScale(values), title), color: spaceColour(spaces) };
  const y = positionOf('median', times, axisScale(times), yTitle);
  return {
    width: 270,
    height: 220,
    data: { values: [...points] },
    layer: [
      { mark: { type: 'circle', size: 30, opacity: 0.7 }, encoding: { ...encoding, y } },
      {
        mark: { type: 'rule', opacity: 0.5, clip: true },
        encoding: { ...encoding, y: { ...y, field: 'lowerQuartile' }, y2: { field: 'upperQuartile' } },
      },
    ],
  };
}

function captionOf(spaces: readonly SpaceView[], latencies: Latencies): string {
  const { engine, batchSize } = latencies;
  const pass = batchSize === 1 ? 'one image' : `${batchSize} images`;
  return [
    `Each point is a network: the median time of one inference pass of ${pass} (${engine}), with the interquartile range`,
    'of the passes as a line. r is Pearson’s correlation of time and complexity, ρ Spearman’s.',
    ...spaces.map((space) => correlationText(space, latencyCorrelations(space.population.networks, latencies))),
  ].join(' ');
}

function correlationText({ name }: SpaceView, correlations: LatencyCorrelations): string {
  const texts = measures.map(({ measure }) => {
    const found = correlations[measure];
    return `${measure} ${found === null ? 'does not vary' : `r ${signed(found.pearson)}, ρ ${signed(found.spearman)}`}`;
  });
  return `${name}: ${texts.join('; ')}.`;
}
