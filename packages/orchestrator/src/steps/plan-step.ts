import { totalmem } from 'node:os';
import { constrainedMemory } from 'node:process';
import { type Engine, InvalidInputError, type Population } from '@netspace/contracts';
import { buildGraph } from '@netspace/model-builder';
import { createProgress } from '../progress.js';
import type { Study } from '../study.js';

/** The memory that training one population takes. */
export interface MemoryPlan {
  readonly space: string;
  readonly networks: number;
  /** Bytes that the engine plans for the smallest and for the largest network. */
  readonly smallest: number;
  readonly largest: number;
}

/** Plans the memory of every network without training any. */
export async function planStep(
  study: Study,
  populations: readonly Population[],
  engine: Engine,
): Promise<MemoryPlan[]> {
  const plans: MemoryPlan[] = [];
  for (const { space, networks } of populations) {
    const progress = createProgress(`plan ${space}`, networks.length);
    try {
      const bytes: number[] = [];
      for (const { config } of networks) {
        const { batchSize, optimizer } = study.recipe;
        const network = await engine.compile(buildGraph(config), { batchSize, optimizer });
        bytes.push(network.memoryBytes);
        network.dispose();
        progress.update(bytes.length);
      }
      plans.push({ space, networks: networks.length, smallest: Math.min(...bytes), largest: Math.max(...bytes) });
    } finally {
      progress.stop();
    }
  }
  return plans;
}

/**
 * Checks that so many workers can train at once.
 *
 * @throws InvalidInputError where the largest networks together need more memory than the machine (or its container) has.
 */
export function checkMemory(plans: readonly MemoryPlan[], workers: number): void {
  const needed = workers * Math.max(...plans.map(({ largest }) => largest));
  const available = Math.min(totalmem(), constrainedMemory() || Infinity);
  if (needed <= available) return;
  const problem = `${workers} workers may need ${megabytes(needed)} MB, but there are ${megabytes(available)} MB`;
  throw new InvalidInputError({ key: '--workers', problem, expected: 'fewer workers or a smaller recipe.batchSize' });
}

/** Whole megabytes (10^6 bytes), rounded up. */
export function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1e6);
}
