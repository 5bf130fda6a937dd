import type { ArmComparison, StudyFindings } from '@netspace/contracts';
import type { AnalysedFrom } from './compute-analysis.js';
import type { ComparedFrom } from './compute-comparisons.js';
import { inThread, type PartsOf } from './in-thread.js';

/** All that is analysed of a study. */
export type StudyText = Omit<AnalysedFrom, 'comparisons'> & ComparedFrom;

/**
 * Analyses a study in two threads, which the signal ends: one compares its arms, the other looks at each by itself. They start
 * while what is analysed is read.
 */
export async function analyseInThreads(text: PartsOf<StudyText>, signal?: AbortSignal): Promise<StudyFindings> {
  const { how, ...others } = text;
  const { populations, trained } = others;
  const over = new AbortController();
  const control = { signal: AbortSignal.any([over.signal, ...(signal === undefined ? [] : [signal])]) };
  const compared: PartsOf<ComparedFrom> = { populations, trained, how };
  const comparisons = inThread<ArmComparison[]>(
    new URL('./compute-comparisons.js', import.meta.url),
    { ...compared },
    control,
  );
  const analysed: PartsOf<AnalysedFrom> = { ...others, comparisons };
  try {
    return await inThread<StudyFindings>(new URL('./compute-analysis.js', import.meta.url), { ...analysed }, control);
  } finally {
    // Where the one has failed nothing is to be compared.
    over.abort();
  }
}
