import type { ArmAnalysis, ArmCounts } from '@netspace/contracts';

/** How many networks have a result: `48`, or `37 of 48` where some have none. */
export function networksText({ trained, networks }: Pick<ArmCounts, 'trained' | 'networks'>): string {
  return trained === networks ? String(networks) : `${trained} of ${networks}`;
}

/** Which results are missing, as a sentence; empty where every training has one. */
export function partialNote(arms: readonly ArmAnalysis[]): string {
  const partial = arms.filter(({ counts: { trainings } }) => trainings.done < trainings.asked);
  return partial.length === 0 ? '' : `Partial results: ${partial.map(coverageOf).join('; ')}.`;
}

/** `37 of 48 networks of AnyNetX-A (2 failed)`; with several trainings of each, `(80 of 96 trainings, 3 failed)`. */
function coverageOf({ name, counts }: ArmAnalysis): string {
  const { trained, networks, trainings } = counts;
  const { done, failed, asked } = trainings;
  const remarks = [
    ...(asked === networks ? [] : [`${done} of ${asked} trainings`]),
    ...(failed === 0 ? [] : [`${failed} failed`]),
  ];
  return `${trained} of ${networks} networks of ${name}${remarks.length === 0 ? '' : ` (${remarks.join(', ')})`}`;
}
