import { compareArms, type ComparedResults } from '@netspace/analysis';
import type { ArmComparison } from '@netspace/contracts';
import type { InParts } from './in-thread.js';
import { armsOfText, type ResultsText } from './results-text.js';

/** What is compared. */
export interface ComparedFrom extends ResultsText {
  readonly how: Omit<ComparedResults, 'arms'>;
}

/** In a thread, beside the one that analyses each arm. */
export async function compute({ how, ...text }: InParts<ComparedFrom>): Promise<ArmComparison[]> {
  const arms = await armsOfText(text);
  return compareArms({ arms, ...(await how) });
}
