import { type ComparedArm, compareArms, type ComparisonChoice } from '@netspace/analysis/comparisons';
import type { ArmComparison } from '@netspace/contracts';
import type { InParts } from './in-thread.js';

/** What is compared. */
export interface ComparedFrom {
  readonly arms: readonly ComparedArm[];
  readonly how: ComparisonChoice;
}

/** In a thread, beside the one that analyses each arm. */
export async function compute({ arms, how }: InParts<ComparedFrom>): Promise<ArmComparison[]> {
  return compareArms(await arms, await how);
}
