import type { ArmAnalysis, NetworkResult } from '@netspace/contracts';

/** The networks of an arm that did not diverge, best first. */
export function completedOf({ networks }: ArmAnalysis): readonly NetworkResult[] {
  return networks.filter(({ diverged }) => !diverged);
}
