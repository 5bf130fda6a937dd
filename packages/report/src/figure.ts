import type { TopLevelSpec } from 'vega-lite';
import type { StudyView } from './study-view.js';

/** A figure before it is drawn. */
export interface FigureSpec {
  /** For file names: `error-edf`. */
  readonly name: string;
  readonly title: string;
  /** What the figure shows and how to read it, in a sentence or two. */
  readonly caption: string;
  /** Vega-Lite, with its data. */
  readonly spec: TopLevelSpec;
}

/** A drawn figure. */
export interface Figure extends FigureSpec {
  /** An SVG document; its ink takes the colour of the text around it. */
  readonly svg: string;
  /** The same, laid out for the width of a phone. */
  readonly narrowSvg: string;
}

/** One kind of figure: none or more figures of a study. */
export type FigureKind = (study: StudyView) => FigureSpec[];

/** A part of a figure that stands beside others. */
export type Panel = Extract<TopLevelSpec, { concat: readonly unknown[] }>['concat'][number];

/** A mark of a layered panel. */
export type Layer = Extract<TopLevelSpec, { layer: readonly unknown[] }>['layer'][number];

/** How the data of a mark become positions and colours. */
export type Encoding = NonNullable<Extract<Layer, { mark: unknown }>['encoding']>;
