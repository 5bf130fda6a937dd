import { blockWidths } from '@netspace/quantized-linear';
import { logarithmicScale } from '../axis-scale.js';
import { positionOf } from '../encoding.js';
import type { FigureSpec, Panel } from '../figure.js';
import { panelGrid, panelWidth } from '../panel-grid.js';
import { compact, percent } from '../format.js';
import { ink } from '../palette.js';
import type { SpaceView, StudyView, TrainedNetwork } from '../study-view.js';

/** The best networks drawn of a space; its worst is drawn beside them. */
const bestShown = 4;

/** Three lines stand above a panel. */
const spacing = { ...panelGrid.spacing, row: 96 };

/** A block of a network: its width, and that of the fitted rule. */
export interface BlockPoint {
  /** Counts from 1. */
  readonly block: number;
  readonly width: number;
  readonly predicted: number | undefined;
}

/** The widths of a network's blocks, and of its fitted rule where there is one. */
export function blockPoints({ network, fit }: TrainedNetwork): BlockPoint[] {
  const predicted = fit === undefined ? [] : blockWidths(fit);
  return network.config.stages
    .flatMap(({ depth, width }) => new Array<number>(depth).fill(width))
    .map((width, index) => ({ block: index + 1, width, predicted: predicted[index] }));
}

/** The best networks, best first, and the worst that did not diverge. */
export function shownNetworks({ completed }: SpaceView): { label: string; network: TrainedNetwork }[] {
  const best = completed
    .slice(0, bestShown)
    .map((network, index) => ({ label: index === 0 ? 'best' : `best ${index + 1}`, network }));
  const worst = completed.slice(bestShown).slice(-1);
  return [...best, ...worst.map((network) => ({ label: 'worst', network }))];
}

/** The best networks of each space and its worst: width against block index, with the fitted rule. */
export function widthsOfNetworksFigures({ spaces }: StudyView): FigureSpec[] {
  return spaces.flatMap((space) => {
    const shown = shownNetworks(space);
    if (shown.length === 0) return [];
    return [
      {
        name: `widths-of-networks-${space.slug}`,
        title: `Best and worst networks, ${space.name}`,
        caption:
          'Width of each block (steps), and the quantised-linear rule that comes closest (dashed); e_fit is the ' +
          'rule’s mean absolute log error a block.',
        spec: { concat: panelsOf(space, shown), columns: bestShown + 1, ...panelGrid, spacing },
      },
    ];
  });
}

function panelsOf({ colour }: SpaceView, shown: ReturnType<typeof shownNetworks>): Panel[] {
  const points = shown.map(({ network }) => blockPoints(network));
  const blocks = points.flat().map(({ block }) => block);
  const widths = points.flat().flatMap(({ width, predicted }) => [width, predicted ?? width]);
  const x = positionOf('block', blocks, { type: 'linear', domain: [0.5, Math.max(...blocks) + 0.5] }, 'block');
  const title = 'width (channels)';
  const y = positionOf('width', widths, logarithmicScale(widths), title);
  return shown.map(({ label, network }, index) => ({
    width: panelWidth,
    height: 140,
    title: { text: `${label}: ${percent(network.error)}`, subtitle: ruleText(network) },
    data: { values: points[index]! },
    layer: [
      {
        mark: { type: 'line', interpolate: 'step', color: colour, strokeWidth: 2, point: { color: colour, size: 16 } },
        encoding: { x, y: { ...y, title: index === 0 ? title : null } },
      },
      ...(network.fit === undefined
        ? []
        : [
            {
              mark: { type: 'line' as const, interpolate: 'step' as const, color: ink, strokeDash: [4, 3] },
              encoding: { x, y: { ...y, field: 'predicted', title: index === 0 ? title : null } },
            },
          ]),
    ],
  }));
}

function ruleText({ fit }: TrainedNetwork): string[] {
  if (fit === undefined) return ['not fitted'];
  const { initialWidth, slope, widthMultiplier, fitError } = fit;
  const rule = `w_0 ${compact(initialWidth)}  w_a ${compact(slope)}  w_m ${compact(widthMultiplier)}`;
  return [rule, `e_fit ${fitError.toFixed(3)}`];
}
