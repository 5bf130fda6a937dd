import type { FigureSpec } from '@netspace/contracts';
import type { TopLevelSpec } from 'vega-lite';

/** A figure of this package's own kinds before it is drawn. */
export interface ChartSpec extends FigureSpec {
  readonly spec: TopLevelSpec;
}

/** A drawn figure. */
export interface Figure extends FigureSpec {
  /** An SVG document; its ink takes the colour of the text around it. */
  readonly svg: string;
  /** The same, laid out for the width of a phone. */
  readonly narrowSvg: string;
}

/** A part of a figure that stands beside others. */
export type Panel = Extract<TopLevelSpec, { concat: readonly unknown[] }>['concat'][number];

/** A mark of a layered panel. */
export type Layer = Extract<TopLevelSpec, { layer: readonly unknown[] }>['layer'][number];

/** How the data of a mark become positions and colours. */
export type Encoding = NonNullable<Extract<Layer, { mark: unknown }>['encoding']>;

/** Where a mark of a quantity lies along an axis. */
export type Position = NonNullable<Encoding['x']>;
