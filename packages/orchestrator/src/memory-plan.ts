import { totalmem } from 'node:os';
import { constrainedMemory } from 'node:process';
import { InvalidInputError, type SampledNetwork } from '@netspace/contracts';
import { formatMegabytes } from '@netspace/formats';

/** A network and the memory that training it takes. */
export interface NetworkMemory {
  readonly arm: string;
  readonly network: SampledNetwork;
  /** Bytes that the engine plans for parameters, activations and scratch. */
  readonly bytes: number;
}

/** The memory that training the populations takes. */
export interface MemoryPlan {
  /** In the order of the populations. */
  readonly networks: readonly NetworkMemory[];
  /** Bytes of a process that has loaded the engine and the datasets, and no network. */
  readonly processBytes: number;
}

/** What makes networks smaller. */
export const memoryRemedy = 'a smaller recipe.batchSize or regime.acts';

/**
 * Bytes that so many workers and the process that leads them take at most: when the largest networks meet.
 *
 * @example
 * import { type MemoryPlan, mostMemory } from '@netspace/orchestrator';
 * const plan: MemoryPlan = { networks: [], processBytes: 50e6 };
 * mostMemory(plan, 2); // => 50e6
 */
export function mostMemory({ networks, processBytes }: MemoryPlan, workers: number): number {
  const largest = networks
    .map(({ bytes }) => bytes)
    .sort((a, b) => b - a)
    .slice(0, workers);
  return largest.reduce((sum, bytes) => sum + bytes + processBytes, processBytes);
}

/** Bytes that the machine has, or its container, whose limit (cgroup v1 or v2) may be lower. */
export function machineMemory(): number {
  return Math.min(totalmem(), constrainedMemory() || Infinity);
}

/**
 * Checks that so many workers can train at once.
 *
 * @throws InvalidInputError where they may need more than `limit` bytes: names the largest network and what would fit.
 */
export function checkMemory(plan: MemoryPlan, workers: number, limit: number): void {
  const needed = mostMemory(plan, workers);
  if (needed <= limit) return;
  const { arm, network, bytes } = plan.networks.reduce((a, b) => (b.bytes > a.bytes ? b : a));
  const fitting = Array.from({ length: workers }, (_, index) => workers - index).find(
    (fewer) => mostMemory(plan, fewer) <= limit,
  );
  throw new InvalidInputError({
    key: '--workers',
    problem:
      `${workers} at once may need ${formatMegabytes(needed)}, but there are ${formatMegabytes(limit)}; ` +
      `the largest network, ${network.id} of ${arm}, takes ${formatMegabytes(bytes)}`,
    expected:
      fitting === undefined
        ? `${memoryRemedy}; one worker needs ${formatMegabytes(mostMemory(plan, 1))}`
        : `--workers ${fitting}, or ${memoryRemedy}`,
  });
}
