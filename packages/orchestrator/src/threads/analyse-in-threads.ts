import type { StudyFindings } from '@netspace/contracts';
import type { AnalysedFrom } from './compute-analysis.js';
import { inThread, type PartsOf } from './in-thread.js';

/**
 * Analyses a study in two threads, which the signal ends: one looks at each arm by itself, and has the other compare them. They
 * start while what is analysed is read.
 */
export async function analyseInThreads(text: PartsOf<AnalysedFrom>, signal?: AbortSignal): Promise<StudyFindings> {
  return inThread<StudyFindings>(new URL('./compute-analysis.js', import.meta.url), { ...text }, { signal });
}
