import type { ArmAnalysis, ParameterSeries, StudyAnalysis } from './study-analysis.js';

/** The best of m random networks, m from 1: a list each of what {@link BestOf} has. */
export interface BestOfCurve {
  readonly expected: readonly number[];
  readonly median: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** A band around an EDF whose steps are known: see {@link EdfBand}. */
export interface EdfBandBounds {
  readonly below: number;
  /** One for each distinct error, ascending, as `upper`. */
  readonly lower: readonly number[];
  readonly upper: readonly number[];
}

/**
 * What was computed of an arm: its analysis without what only repeats its networks' results, or puts them in order.
 */
export interface ArmFindings extends Omit<
  ArmAnalysis,
  'networks' | 'failures' | 'edf' | 'band' | 'bestOf' | 'parameters'
> {
  readonly band: EdfBandBounds | null;
  readonly bestOf: BestOfCurve;
  readonly parameters: readonly Omit<ParameterSeries, 'values'>[];
}

/** What was computed of a study's results: with these it is the study's analysis again. */
export interface StudyFindings extends Omit<StudyAnalysis, 'arms'> {
  readonly arms: readonly ArmFindings[];
}
