import type { Worker } from 'node:worker_threads';
import type { StudyFindings } from '@netspace/contracts';
import type { AnalysedFrom } from './compute-analysis.js';
import { inThread, type PartsOf, startThread } from './in-thread.js';

/** The threads of an analysis. */
export type AnalysisThreads = Worker;

/**
 * Starts the threads of an analysis, which load while others look for what is analysed.
 *
 * @returns What an analysis takes as its `threads`, and ends. Without one, `terminate()` ends them.
 * @example
 * import { startAnalysis } from '@netspace/orchestrator/threads';
 * const threads = startAnalysis();
 * await threads.terminate();
 */
export function startAnalysis(): AnalysisThreads {
  return startThread(new URL('./compute-analysis.js', import.meta.url));
}

/** How an analysis is ended, and where it is computed. */
export interface AnalysisControl {
  readonly signal?: AbortSignal | undefined;
  /** Those that were started for it; new ones unless told. */
  readonly threads?: AnalysisThreads | undefined;
}

/**
 * Analyses a study in two threads, which the signal ends: one looks at each arm by itself, and has the other compare them. They
 * start while what is analysed is read.
 */
export async function analyseInThreads(
  text: PartsOf<AnalysedFrom>,
  { signal, threads = startAnalysis() }: AnalysisControl,
): Promise<StudyFindings> {
  return inThread<StudyFindings>(threads, { ...text }, { signal });
}
