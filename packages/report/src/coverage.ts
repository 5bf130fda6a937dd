import type { ArmAnalysis, ArmCounts } from '@netspace/contracts';

/** How many networks have a result: `48`, or `37 of 48` where some have none. */
export function networksText({ trained, networks }: ArmCounts): string {
  return trained === networks ? String(networks) : `${trained} of ${networks}`;
}

/** Whether trainings that were asked for have no result. */
export function isPartial({ counts: { trainings } }: ArmAnalysis): boolean {
  return trainings.done < trainings.asked;
}

/** What is left out of figures and tables, as a sentence; empty where every training has a result. */
export function partialNote(arms: readonly ArmAnalysis[]): string {
  const partial = arms.filter(isPartial);
  return partial.length === 0 ? '' : `Partial results: ${partial.map(coverageOf).join('; ')}.`;
}

/** `37 of 48 networks of AnyNetX-A (2 failed)`. */
function coverageOf({ name, counts }: ArmAnalysis): string {
  const { trained, networks, failed, trainings } = counts;
  const remarks = [
    ...(trainings.asked === networks ? [] : [`${trainings.done} of ${trainings.asked} trainings`]),
    ...(failed === 0 ? [] : [`${failed} failed`]),
  ];
  return `${trained} of ${networks} networks of ${name}${remarks.length === 0 ? '' : ` (${remarks.join(', ')})`}`;
}
