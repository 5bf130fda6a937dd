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

/** The colours of arms, and their names in a legend above the figure. */
export function armColour(
  arms: readonly ArmAnalysis[],
  style: FigureStyle,
  labelOf: (arm: ArmAnalysis) => string = ({ name }) => name,
): Channels<'color'> {
  const range = arms.map(({ name }) => style.arms[name]!.colour);
  return { color: { ...byArm(arms, range, labelOf), legend } };
}

/** The colours and dashes of arms. */
export function armLine(...[arms, style, labelOf]: Parameters<typeof armColour>): Channels<'color' | 'strokeDash'> {
  const range = arms.map(({ name }) => [...style.arms[name]!.dash]);
  return { ...armColour(arms, style, labelOf), strokeDash: { ...byArm(arms, range, labelOf), legend } };
}

/** The colours and shapes of arms. */
export function armPoint(...[arms, style, labelOf]: Parameters<typeof armColour>): Channels<'color' | 'shape'> {
  const range = arms.map(({ name }) => style.arms[name]!.shape);
  return { ...armColour(arms, style, labelOf), shape: { ...byArm(arms, range, labelOf), legend } };
}

/** Channels of an encoding, each of them there. */
export type Channels<Name extends keyof Encoding> = { readonly [Key in Name]: NonNullable<Encoding[Key]> };

const legend = { orient: 'top', direction: 'vertical' } as const;

function byArm<Value>(
  arms: readonly ArmAnalysis[],
  range: Value[],
  labelOf: (arm: ArmAnalysis) => string = ({ name }) => name,
): { field: string; type: 'nominal'; title: null; scale: { domain: string[]; range: Value[] } } {
  return { field: 'arm', type: 'nominal', title: null, scale: { domain: arms.map(labelOf), range } };
}
