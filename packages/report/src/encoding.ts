import { type AxisScale, axisTicks } from './axis-scale.js';
import type { Encoding } from './figure.js';
import type { SpaceView, StudyView } from './study-view.js';

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
  { spaces, errorScale }: StudyView,
  title: string | null = errorTitle,
): ReturnType<typeof positionOf> {
  const errors = spaces.flatMap((space) => space.errors);
  return positionOf('error', errors, errorScale, title);
}

/** The colours of spaces, and their names in a legend above the figure. */
export function spaceColour(
  spaces: readonly SpaceView[],
  labelOf: (space: SpaceView) => string = ({ name }) => name,
): NonNullable<Encoding['color']> {
  return {
    field: 'space',
    type: 'nominal',
    title: null,
    scale: { domain: spaces.map(labelOf), range: spaces.map(({ colour }) => colour) },
    legend: { orient: 'top', direction: 'vertical' },
  };
}
