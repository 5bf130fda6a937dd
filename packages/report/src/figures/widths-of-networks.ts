import type { ArmAnalysis, FigureStyle, NetworkResult, StudyAnalysis } from '@netspace/contracts';
import { formatCount, formatPercent } from '@netspace/formats';
import { logarithmicScale } from '../axis-scale.js';
import { completedOf } from '../completed-of.js';
import { partialNote } from '../coverage.js';
import { positionOf } from '../encoding.js';
import type { ChartSpec, Panel } from '../figure.js';
import { ink } from '../ink.js';
import { panelGrid, panelWidth } from '../panel-grid.js';
import { sentences } from '../sentences.js';

/** The best networks drawn of an arm; its worst is drawn beside them. */
const bestShown = 4;

/** Three lines stand above a panel. */
const spacing = { ...panelGrid.spacing, row: 96 };

/** A block of a network: its width, and that of the fitted rule. */
export interface BlockPoint {
  /** Counts from 1. */
  readonly block: number;
  readonly width: number;
  readonly fitted: number;
}

/** The widths of a network's blocks, and of its fitted rule. */
export function blockPoints({ network, fittedWidths }: NetworkResult): BlockPoint[] {
  return (network.config?.stages ?? [])
    .flatMap(({ depth, width }) => new Array<number>(depth).fill(width))
    .map((width, index) => ({ block: index + 1, width, fitted: fittedWidths[index]! }));
}

/** The best networks, best first, and the worst that did not diverge. */
export function shownNetworks(arm: ArmAnalysis): { label: string; result: NetworkResult }[] {
  const completed = completedOf(arm).filter(({ network }) => network.config !== null);
  const best = completed
    .slice(0, bestShown)
    .map((result, index) => ({ label: index === 0 ? 'best' : `best ${index + 1}`, result }));
  const worst = completed.slice(bestShown).slice(-1);
  return [...best, ...worst.map((result) => ({ label: 'worst', result }))];
}

/** The best networks of each arm and its worst: width against block index, with the fitted rule. */
export function widthsOfNetworksFigures({ arms }: StudyAnalysis, style: FigureStyle): ChartSpec[] {
  return arms
    .filter((arm) => shownNetworks(arm).length > 0)
    .map((arm) => ({
      name: `widths-of-networks-${style.arms[arm.name]!.slug}`,
      arm: arm.name,
      title: `Best and worst networks, ${arm.name}`,
      caption: sentences(
        'Width of each block (steps), and the quantised-linear rule that comes closest (dashed); e_fit is the rule’s ' +
          'mean absolute log error a block.',
        partialNote([arm]),
      ),
      spec: { concat: panelsOf(arm, style), columns: bestShown + 1, ...panelGrid, spacing },
    }));
}

function panelsOf(arm: ArmAnalysis, style: FigureStyle): Panel[] {
  const { colour } = style.arms[arm.name]!;
  const shown = shownNetworks(arm);
  const points = shown.map(({ result }) => blockPoints(result));
  const blocks = points.flat().map(({ block }) => block);
  const widths = points.flat().flatMap(({ width, fitted }) => [width, fitted]);
  const x = positionOf('block', blocks, { type: 'linear', domain: [0.5, Math.max(...blocks) + 0.5] }, 'block');
  return shown.map(({ label, result }, index) => {
    const y = positionOf('width', widths, logarithmicScale(widths), index === 0 ? 'width (channels)' : null);
    return {
      width: panelWidth,
      height: 140,
      title: { text: `${label}: ${formatPercent(result.error)}`, subtitle: ruleText(result) },
      data: { values: points[index]! },
      layer: [
        {
          mark: {
            type: 'line',
            interpolate: 'step',
            color: colour,
            strokeWidth: 2,
            point: { color: colour, size: 16 },
          },
          encoding: { x, y },
        },
        {
          mark: { type: 'line', interpolate: 'step', color: ink, strokeDash: [4, 3] },
          encoding: { x, y: { ...y, field: 'fitted' } },
        },
      ],
    };
  });
}

function ruleText({ fit }: NetworkResult): string[] {
  if (fit === null) return [];
  const { initialWidth, slope, widthMultiplier, fitError } = fit;
  const rule = `w_0 ${formatCount(initialWidth)}  w_a ${formatCount(slope)}  w_m ${formatCount(widthMultiplier)}`;
  return [rule, `e_fit ${fitError.toFixed(3)}`];
}
