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
  const comparisons = start<ArmComparison[], ComparedFrom>('comparisons', { populations, trained, how }, control);
  try {
    return await start<StudyFindings, AnalysedFrom>('analysis', { ...others, comparisons }, control);
  } finally {
    // Where the one has failed nothing is to be compared.
    over.abort();
  }
}

function start<Output, Input>(
  what: 'analysis' | 'comparisons',
  parts: PartsOf<Input>,
  control: { readonly signal: AbortSignal },
): Promise<Output> {
  return inThread(new URL(`./compute-${what}.js`, import.meta.url), { ...parts }, control);
}
