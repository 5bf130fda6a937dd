import type { ArmAnalysis, Complexity, FigureStyle, MeasuredNetwork, StudyAnalysis } from '@netspace/contracts';
import { formatSigned } from '@netspace/formats';
import { axisScale } from '../axis-scale.js';
import { armPoint, type Channels, positionOf } from '../encoding.js';
import type { ChartSpec, Panel } from '../figure.js';
import { sentences } from '../sentences.js';

/** A network, trained or not, whose inference time was measured. */
export type LatencyPoint = MeasuredNetwork['complexity'] & MeasuredNetwork['latency'] & { readonly arm: string };

/** The networks of an arm whose inference time was measured. */
export function latencyPoints({ name, latency }: ArmAnalysis): LatencyPoint[] {
  return (latency?.networks ?? []).map((network) => ({ ...network.complexity, ...network.latency, arm: name }));
}

const measures: readonly { readonly measure: keyof Complexity; readonly title: string }[] = [
  { measure: 'flops', title: 'flops (multiply-adds)' },
  { measure: 'params', title: 'params' },
  { measure: 'acts', title: 'acts (elements)' },
];

/** Which measure of complexity inference time follows. */
export function latencyFigure(analysis: StudyAnalysis, style: FigureStyle): ChartSpec[] {
  const measured = analysis.arms.filter(({ latency }) => latency !== null);
  const points = measured.flatMap(latencyPoints);
  if (analysis.latency === null || points.length < 2) return [];
  const byArm = armPoint(measured, style);
  return [
    {
      name: 'latency',
      title: 'Inference time',
      caption: captionOf(measured, analysis.latency),
      spec: {
        concat: measures.map(({ measure, title }) => latencyPanel(points, byArm, measure, title)),
        columns: 3,
        spacing: 24,
      },
    },
  ];
}

function latencyPanel(
  points: readonly LatencyPoint[],
  byArm: Channels<'color' | 'shape'>,
  measure: keyof Complexity,
  title: string,
): Panel {
  const values = points.map((point) => point[measure]);
  const times = points.map(({ median }) => median);
  const x = positionOf(measure, values, axisScale(values), title);
  const y = positionOf('median', times, axisScale(times), measure === 'flops' ? 'milliseconds a pass' : null);
  const { color } = byArm;
  return {
    width: 270,
    height: 220,
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

function captionOf(
  measured: readonly ArmAnalysis[],
  { engine, batchSize }: NonNullable<StudyAnalysis['latency']>,
): string {
  const pass = batchSize === 1 ? 'one image' : `${batchSize} images`;
  return sentences(
    `Each point is a network: the median time of one inference pass of ${pass} (${engine}), with the interquartile range`,
    'of the passes as a line. r is Pearson’s correlation of time and complexity, ρ Spearman’s.',
    ...measured.map(correlationText),
  );
}

function correlationText({ name, counts, latency }: ArmAnalysis): string {
  const { networks, correlations } = latency!;
  const texts = measures.map(({ measure }) => {
    const found = correlations[measure];
    if (found === null) return `${measure} does not vary`;
    return `${measure} r ${formatSigned(found.pearson)}, ρ ${formatSigned(found.spearman)}`;
  });
  const part = networks.length < counts.networks ? ` (${networks.length} of ${counts.networks} networks)` : '';
  return `${name}${part}: ${texts.join('; ')}.`;
}
