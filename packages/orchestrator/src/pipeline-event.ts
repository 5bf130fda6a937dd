import type { Population, SequentialComparison, StopRule, StudyFindings } from '@netspace/contracts';
import type { PopulationEvent } from '@netspace/population';
import type { MemoryPlan } from './memory-plan.js';

/** What happens while a study runs. */
export type PipelineEvent =
  /** What will evaluate networks was chosen; `passedOver` says why no engine before it was taken. */
  | { readonly kind: 'evaluator'; readonly description: string; readonly passedOver: readonly string[] }
  /** `done` of an arm's `total` networks are drawn. */
  | { readonly kind: 'sampling'; readonly arm: string; readonly done: number; readonly total: number }
  | { readonly kind: 'sampled'; readonly arm: string; readonly population: Population }
  /** The memory of `done` of `total` networks is planned. */
  | { readonly kind: 'planning'; readonly done: number; readonly total: number }
  | { readonly kind: 'planned'; readonly plan: MemoryPlan }
  /** Training begins: `done` of `total` trainings of the study have a result already. */
  | { readonly kind: 'training'; readonly done: number; readonly total: number }
  /** Started, progress, epoch, notice, trained, failed, retried, enough. */
  | PopulationEvent
  /** Training has ended in a study that says when it may `stop`: what is known then. */
  | { readonly kind: 'compared'; readonly comparisons: readonly SequentialComparison[]; readonly rule: StopRule }
  /** The quantised-linear rule is fitted to `done` of `total` networks. */
  | { readonly kind: 'fitting'; readonly done: number; readonly total: number }
  /** The inference time of `done` of `total` networks is measured. */
  | { readonly kind: 'measuring'; readonly done: number; readonly total: number }
  | { readonly kind: 'analysed'; readonly findings: StudyFindings }
  /** `done` of `total` figures are drawn. */
  | { readonly kind: 'drawing'; readonly done: number; readonly total: number }
  /** A figure is drawn and written. */
  | { readonly kind: 'drawn'; readonly name: string; readonly file: string }
  /** Something to notice of no training that ends nothing: a torn last line that was moved aside. */
  | { readonly kind: 'notice'; readonly task?: undefined; readonly message: string };

/** How a step is watched and ended. */
export interface StepControl {
  /**
   * Ends the step within a second; where networks train, as soon as they have kept how far they are, within ten. What is done
   * is kept. The promise rejects with an AbortError.
   */
  readonly signal?: AbortSignal;
  /** Called as things happen; what it throws ends the step. */
  readonly onEvent?: (event: PipelineEvent) => void;
}
