import type { ArmAnalysis, FigureStyle } from '@netspace/contracts';
import { type AxisScale, axisTicks } from './axis-scale.js';
import type { Encoding } from './figure.js';

/** Title of every axis of errors. */
export const errorTitle = 'top-1 test error (%)';

/** The position of a quantity: its scale, where the axis is marked, and how numbers are written there. */
export function positionOf(
  field: string,
  values: readonly number[],
  scale: AxisScale,
  title: string | null,
): NonNullable<Encoding['x']> {
  const ticks = axisTicks(values, scale);
  const [low, high] = scale.domain;
  return {
    field,
    type: 'quantitative',
    title,
    scale: { type: scale.type, domain: [low, high], nice: false, ...(scale.type === 'log' ? {} : { zero: false }) },
    axis: {
      format: high >= 10_000 ? '~s' : '~f',
      labelOverlap: true,
      labelSeparation: 5,
      labelFlush: false,
      tickCount: 5,
      ...(ticks === undefined ? {} : { values: ticks }),
    },
  };
}

/** The position of errors, the same in all figures. */
export function errorPosition(
  arms: readonly ArmAnalysis[],
  { errorScale }: FigureStyle,
  title: string | null = errorTitle,
): ReturnType<typeof positionOf> {
  const errors = arms.flatMap(({ networks }) => networks.map(({ error }) => error));
  return positionOf('error', errors, errorScale, title);
}

/** Channels of an encoding, each of them there. */
export type Channels<Name extends keyof Encoding> = { readonly [Key in Name]: NonNullable<Encoding[Key]> };

const byArm = { field: 'arm', type: 'nominal', title: null } as const;

/** Vega leaves out what is beyond thirty symbols, where it is not told to show all. */
const legend = { orient: 'top', direction: 'horizontal', symbolLimit: 0 } as const;

/** Points have no outline, which the dash of a line among them would draw. */
const pointLegend = { ...legend, symbolStrokeWidth: 0 } as const;

/** Symbols long enough to tell dashes. */
const lineLegend = { ...legend, symbolSize: 324 } as const;

/** The colours and shapes of the points of arms, and their names in a legend above the figure. */
export function armPoint(arms: readonly ArmAnalysis[], { arms: styles }: FigureStyle): Channels<'color' | 'shape'> {
  const domain = arms.map(({ name }) => name);
  return {
    color: { ...byArm, scale: { domain, range: domain.map((name) => styles[name]!.colour) }, legend: pointLegend },
    shape: { ...byArm, scale: { domain, range: domain.map((name) => styles[name]!.shape) }, legend: pointLegend },
  };
}

/**
 * The colours and dashes of the lines of arms, and their names in a legend above the figure.
 *
 * @param labelOf - What the legend says of an arm, and the data's field `arm`: its name, unless told.
 */
export function armLine(
  arms: readonly ArmAnalysis[],
  { arms: styles }: FigureStyle,
  labelOf?: (arm: ArmAnalysis) => string,
): Channels<'color' | 'strokeDash'> {
  const domain = arms.map(labelOf ?? (({ name }) => name));
  const legend = labelOf === undefined ? lineLegend : { ...lineLegend, columns: 1 };
  const range = arms.map(({ name }) => styles[name]!);
  return {
    color: { ...byArm, scale: { domain, range: range.map(({ colour }) => colour) }, legend },
    strokeDash: { ...byArm, scale: { domain, range: range.map(({ dash }) => [...dash]) }, legend },
  };
}

/** The colours and dashes of lines among points, whose legend tells the colours. */
export function armCurve(arms: readonly ArmAnalysis[], style: FigureStyle): Channels<'color' | 'strokeDash'> {
  return {
    color: armPoint(arms, style).color,
    strokeDash: { ...armLine(arms, style).strokeDash, legend: pointLegend },
  };
}
