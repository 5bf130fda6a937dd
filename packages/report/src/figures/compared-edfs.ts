import type { ArmAnalysis, FigureStyle, StudyAnalysis } from '@netspace/contracts';
import { partialNote } from '../coverage.js';
import { errorPosition } from '../encoding.js';
import type { ChartSpec, Layer, Panel } from '../figure.js';
import { withInterval } from '../interval-text.js';
import { sentences } from '../sentences.js';
import { bandPoints, edfPoints } from './error-edf.js';

/** Fewer are told apart in one figure. */
const fewest = 2;

const columns = 3;

/** The two error distributions of each comparison with their bands, one panel a comparison. */
export function comparedEdfsFigure({ arms, comparisons }: StudyAnalysis, style: FigureStyle): ChartSpec[] {
  if (comparisons.length < fewest || arms.every(({ counts }) => counts.completed === 0)) return [];
  const armOf = (name: string): ArmAnalysis => arms.find((arm) => arm.name === name)!;
  const panels = comparisons.map(({ first, other, medianDifference: { difference, interval } }, index): Panel => {
    const share = index % columns === 0 ? 'share of networks' : null;
    return {
      width: 270,
      height: 190,
      title: { text: `${other} against ${first}`, subtitle: `better by ${withInterval(difference, interval)}` },
      layer: [first, other].flatMap((name) => layersOf(armOf(name), arms, style, share)),
    };
  });
  return [
    {
      name: 'compared-edfs',
      title: 'Error distributions, two by two',
      caption: sentences(
        'Each panel holds the spaces of one comparison, with the exact simultaneous 95 % bands of their distributions; above',
        'it the median of all differences in percentage points, with its 95 % interval.',
        partialNote(arms),
      ),
      spec: { concat: panels, columns, spacing: { row: 40, column: 24 } },
    },
  ];
}

function layersOf(
  { name, edf, band }: ArmAnalysis,
  arms: readonly ArmAnalysis[],
  style: FigureStyle,
  title: string | null,
): Layer[] {
  const { colour: color } = style.arms[name]!;
  const { domain } = style.errorScale;
  const x = errorPosition(arms, style);
  const type = 'quantitative' as const;
  const y = { type, title, scale: { domain: [0, 1] }, axis: { format: '.0%', tickCount: 5 } };
  return [
    {
      data: { values: bandPoints(band!, domain) },
      mark: { type: 'area', interpolate: 'step-after', color, opacity: 0.14, clip: true },
      encoding: { x, y: { ...y, field: 'lower' }, y2: { field: 'upper' } },
    },
    {
      data: { values: edfPoints(edf, domain) },
      mark: { type: 'line', interpolate: 'step-after', strokeWidth: 2, color, clip: true },
      encoding: { x, y: { ...y, field: 'share' } },
    },
  ];
}
