import type {
  ArmAnalysis,
  ArmLatency,
  Complexity,
  FigureStyle,
  MeasuredNetwork,
  StudyAnalysis,
} from '@netspace/contracts';
import { axisScale } from '../axis-scale.js';
import { armPoint, type Channels, positionOf } from '../encoding.js';
import type { ChartSpec, Panel } from '../figure.js';
import { passText } from '../pass-text.js';
import { sentences } from '../sentences.js';

/** A network, trained or not, whose inference time was measured. */
export type LatencyPoint = MeasuredNetwork['complexity'] & MeasuredNetwork['latency'] & { readonly arm: string };

/** What inference times were measured by: points of one series share a panel. */
type Series = Pick<ArmLatency, 'engine' | 'description' | 'batchSize'>;

/** The networks of an arm whose inference time was measured by an engine in passes of one size. */
export function latencyPoints({ name, latencies }: ArmAnalysis, series: Series): LatencyPoint[] {
  return latencies
    .filter((latency) => isOf(latency, series))
    .flatMap(({ networks }) => networks.map(({ complexity, latency }) => ({ ...complexity, ...latency, arm: name })));
}

const measures: readonly { readonly measure: keyof Complexity; readonly title: string }[] = [
  { measure: 'flops', title: 'flops (multiply-adds)' },
  { measure: 'params', title: 'params' },
  { measure: 'acts', title: 'acts (elements)' },
];

/** Which measure of complexity inference time follows: a row of panels for each engine and size of a pass. */
export function latencyFigure({ arms }: StudyAnalysis, style: FigureStyle): ChartSpec[] {
  const measured = arms.filter(({ latencies }) => latencies.length > 0);
  const byArm = armPoint(measured, style);
  const series = seriesOf(measured).filter((one) => pointsOf(measured, one).length >= 2);
  if (series.length === 0) return [];
  return [
    {
      name: 'latency',
      title: 'Inference time',
      caption: captionOf(series),
      spec: {
        concat: series.flatMap((one) =>
          measures.map(({ measure, title }) => latencyPanel(one, pointsOf(measured, one), { byArm, measure, title })),
        ),
        columns: 3,
        spacing: 24,
      },
    },
  ];
}

function seriesOf(arms: readonly ArmAnalysis[]): Series[] {
  const all = arms.flatMap(({ latencies }) => latencies);
  return all.filter((latency, index) => all.findIndex((other) => isOf(other, latency)) === index);
}

function isOf(latency: Series, { engine, batchSize }: Series): boolean {
  return latency.engine === engine && latency.batchSize === batchSize;
}

function pointsOf(arms: readonly ArmAnalysis[], series: Series): LatencyPoint[] {
  return arms.flatMap((arm) => latencyPoints(arm, series));
}

interface Axis {
  readonly byArm: Channels<'color' | 'shape'>;
  readonly measure: keyof Complexity;
  readonly title: string;
}

function latencyPanel(series: Series, points: readonly LatencyPoint[], { byArm, measure, title }: Axis): Panel {
  const values = points.map((point) => point[measure]);
  const times = points.map(({ median }) => median);
  const x = positionOf(measure, values, axisScale(values), title);
  const y = positionOf('median', times, axisScale(times), measure === 'flops' ? 'milliseconds a pass' : null);
  const { color } = byArm;
  return {
    width: 270,
    height: 190,
    title: `${series.engine}, ${passText(series)}`,
    data: { values: [...points] },
    layer: [
      { mark: { type: 'point', filled: true, size: 30, opacity: 0.7 }, encoding: { x, y, ...byArm } },
      {
        mark: { type: 'rule', opacity: 0.5, clip: true },
        encoding: { x, y: { ...y, field: 'lowerQuartile' }, y2: { field: 'upperQuartile' }, color },
      },
    ],
  };
}

function captionOf(series: readonly Series[]): string {
  const engines = new Map(series.map(({ engine, description }) => [engine, description]));
  const rows = series.length === 1 ? '' : 'One row of panels for each engine and size of a pass.';
  return sentences(
    'Each point is a network: the median time of one inference pass, with the interquartile range of the passes as a line.',
    rows,
    ...[...engines].map(([engine, description]) => `${engine}: ${description}.`),
  );
}
