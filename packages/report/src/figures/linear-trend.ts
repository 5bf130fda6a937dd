import type { ArmAnalysis, FigureStyle, StudyAnalysis, WidthTrend } from '@netspace/contracts';
import { logarithmicScale } from '../axis-scale.js';
import { completedOf } from '../completed-of.js';
import { partialNote } from '../coverage.js';
import { positionOf } from '../encoding.js';
import type { ChartSpec, Panel } from '../figure.js';
import { ink } from '../ink.js';
import { withInterval } from '../interval-text.js';
import { sentences } from '../sentences.js';
import { blockPoints } from './widths-of-networks.js';

const columns = 4;

type Trended = ArmAnalysis & { readonly widthTrend: WidthTrend };

/** The widths of the blocks of the best networks of each arm in one panel, and the line that they follow. */
export function linearTrendFigure({ arms }: StudyAnalysis, style: FigureStyle): ChartSpec[] {
  const trended = arms.filter((arm): arm is Trended => arm.widthTrend !== null);
  if (trended.length === 0) return [];
  const points = trended.map(pointsOf);
  const all = points.flat();
  const blocks = all.map(({ block }) => block);
  const widths = all.map(({ width }) => width);
  return [
    {
      name: 'linear-trend',
      title: 'Widths of the best networks',
      caption: sentences(
        'Width of each block of the best networks (a line each), and dashed the line w = a (j + 1), j from 0, of their',
        'geometric mean: in the paper a is 48 for AnyNetX-E. Above each panel a with its 95 % interval.',
        partialNote(arms),
      ),
      spec: {
        concat: trended.map((arm, index) =>
          panelOf(arm, points[index]!, { blocks, widths, first: index % columns === 0 }, style),
        ),
        columns,
        spacing: { row: 40, column: 24 },
      },
    },
  ];
}

/** A block of one of the best networks. */
interface TrendPoint {
  readonly network: string;
  readonly block: number;
  readonly width: number;
}

function pointsOf(arm: Trended): TrendPoint[] {
  return completedOf(arm)
    .filter(({ network }) => network.config !== null)
    .slice(0, arm.widthTrend.networks)
    .flatMap((result) => blockPoints(result).map(({ block, width }) => ({ network: result.network.id, block, width })));
}

interface Axes {
  readonly blocks: readonly number[];
  readonly widths: readonly number[];
  /** Whether the panel is the first of its row. */
  readonly first: boolean;
}

function panelOf(
  { name, widthTrend }: Trended,
  points: TrendPoint[],
  { blocks, widths, first }: Axes,
  style: FigureStyle,
): Panel {
  const { networks, slope, interval } = widthTrend;
  const deepest = Math.max(...blocks);
  const x = positionOf('block', blocks, { type: 'linear', domain: [0.5, deepest + 0.5] }, 'block');
  const y = positionOf('width', widths, logarithmicScale(widths), first ? 'width (channels)' : null);
  return {
    width: 200,
    height: 170,
    title: { text: name, subtitle: `best ${networks}: a = ${withInterval(slope, interval, 1)}` },
    layer: [
      {
        data: { values: points },
        mark: { type: 'line', interpolate: 'step', color: style.arms[name]!.colour, opacity: 0.5, clip: true },
        encoding: { x, y, detail: { field: 'network', type: 'nominal' } },
      },
      {
        data: { values: Array.from({ length: deepest }, (_, j) => ({ block: j + 1, width: slope * (j + 1) })) },
        mark: { type: 'line', color: ink, strokeDash: [4, 3], clip: true },
        encoding: { x, y },
      },
    ],
  };
}
