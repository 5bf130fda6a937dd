import type { StudyAnalysis } from './study-analysis.js';

/** A figure before it is drawn. */
export interface FigureSpec {
  /** For file names and anchors: letters, digits, `-` and `_`; distinct in a report. */
  readonly name: string;
  /** The arm that the figure is about; left out where it is about several. */
  readonly arm?: string;
  readonly title: string;
  /** What the figure shows and how to read it, in a sentence or two. */
  readonly caption: string;
  /** A Vega-Lite specification with its data. */
  readonly spec: object;
}

/** How an arm is drawn, the same in all figures. Colours repeat where arms are many; colour and dash, or colour and shape, do not. */
export interface ArmStyle {
  /** Its name as part of the names of figures: letters, digits and hyphens; distinct in the study. */
  readonly slug: string;
  /** `#0072B2`. */
  readonly colour: string;
  /** Of lines: lengths of dashes and gaps in pixels; [1, 0] is a solid line. */
  readonly dash: readonly number[];
  /** Of points, by Vega's name: `circle`, `square`. */
  readonly shape: string;
}

/** What the figures of a report share. */
export interface FigureStyle {
  /** By the arm's name. */
  readonly arms: Readonly<Record<string, ArmStyle>>;
  /** The axis of errors, the same in all figures: it spans the networks that completed. */
  readonly errorScale: { readonly type: 'linear' | 'log'; readonly domain: readonly [low: number, high: number] };
}

/** One kind of figure: none or more figures of a study. */
export type FigureKind = (analysis: StudyAnalysis, style: FigureStyle) => readonly FigureSpec[];
