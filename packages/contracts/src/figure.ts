import type { StudyAnalysis } from './study-analysis.js';

/** A figure before it is drawn. */
export interface FigureSpec {
  /** For file names and anchors: letters, digits, `-` and `_`; distinct in a report. */
  readonly name: string;
  readonly title: string;
  /** What the figure shows and how to read it, in a sentence or two. */
  readonly caption: string;
  /** A Vega-Lite specification with its data. */
  readonly spec: Readonly<Record<string, unknown>>;
}

/** What the figures of a report share. */
export interface FigureStyle {
  /** The colour of each arm, by name. */
  readonly colours: Readonly<Record<string, string>>;
  /** The axis of errors, the same in all figures: it spans the networks that completed. */
  readonly errorScale: { readonly type: 'linear' | 'log'; readonly domain: readonly [low: number, high: number] };
}

/** One kind of figure: none or more figures of a study. */
export type FigureKind = (analysis: StudyAnalysis, style: FigureStyle) => readonly FigureSpec[];
