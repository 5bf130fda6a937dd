import { availableParallelism } from 'node:os';

/** The cores that each network gets where so many train at once: the machine's shared out, at least one. */
export function coresPerNetwork(networksAtOnce: number): number {
  return Math.max(1, Math.floor(availableParallelism() / Math.max(1, networksAtOnce)));
}
