import { totalmem } from 'node:os';
import { constrainedMemory } from 'node:process';
import { type Engine, InvalidInputError, type Population, type Recipe, type SampledNetwork } from '@netspace/contracts';
import { buildGraph } from '@netspace/model-builder';
import { createProgress } from '../progress.js';
import type { Study } from '../study.js';

/** A network and the memory that training it takes. */
export interface NetworkMemory {
  readonly space: string;
  readonly network: SampledNetwork;
  /** Bytes that the engine plans for parameters, activations and scratch. */
  readonly bytes: number;
}

/** The memory that training the populations takes. */
export interface MemoryPlan {
  /** In the order of the populations. */
  readonly networks: readonly NetworkMemory[];
  /** Bytes of a process that has loaded the engine and the dataset, and no network. */
  readonly processBytes: number;
}

/**
 * Plans the memory of every network without training any. The dataset is loaded already, as in a worker.
 *
 * @throws InvalidInputError where a network alone does not fit into `limit` bytes.
 */
export async function planStep(
  { recipe }: Pick<Study, 'recipe'>,
  populations: readonly Population[],
  engine: Engine,
  limit: number,
): Promise<MemoryPlan> {
  const processBytes = process.memoryUsage.rss();
  const waiting = populations.flatMap(({ space, networks }) => networks.map((network) => ({ space, network })));
  const progress = createProgress('plan', waiting.length);
  try {
    const networks: NetworkMemory[] = [];
    for (const { space, network } of waiting) {
      networks.push({ space, network, bytes: await plannedBytes(space, network, recipe, engine, limit) });
      progress.update(networks.length);
    }
    return { networks, processBytes };
  } finally {
    progress.stop();
  }
}

const bytesPerFloat = 4;

async function plannedBytes(
  space: string,
  { id, config, complexity }: SampledNetwork,
  recipe: Recipe,
  engine: Engine,
  limit: number,
): Promise<number> {
  // An engine takes memory when it compiles, so what cannot fit is refused before.
  const activations = bytesPerFloat * recipe.batchSize * complexity.acts;
  const tooLarge = (cause?: unknown): InvalidInputError => {
    const reason = cause instanceof Error ? ` (${cause.message})` : '';
    const problem =
      `${id} of ${space} does not fit into ${megabytes(limit)} MB${reason}: ` +
      `its activations alone take ${megabytes(activations)} MB in batches of ${recipe.batchSize}`;
    return new InvalidInputError({ key: 'recipe.batchSize', problem, expected: remedy }, { cause });
  };
  if (activations > limit) throw tooLarge();
  try {
    const compiled = await engine.compile(buildGraph(config), recipe);
    const { memoryBytes } = compiled;
    compiled.dispose();
    return memoryBytes;
  } catch (error) {
    throw error instanceof InvalidInputError ? error : tooLarge(error);
  }
}

const remedy = 'a smaller recipe.batchSize or regime.acts';

/** Bytes that so many workers and the process that leads them take at most: when the largest networks meet. */
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
  const { space, network, bytes } = plan.networks.reduce((a, b) => (b.bytes > a.bytes ? b : a));
  const fitting = Array.from({ length: workers }, (_, index) => workers - index).find(
    (fewer) => mostMemory(plan, fewer) <= limit,
  );
  throw new InvalidInputError({
    key: '--workers',
    problem:
      `${workers} at once may need ${megabytes(needed)} MB, but there are ${megabytes(limit)} MB; ` +
      `the largest network, ${network.id} of ${space}, takes ${megabytes(bytes)} MB`,
    expected: `${fitting === undefined ? '' : `--workers ${fitting}, or `}${remedy}`,
  });
}

/** Whole megabytes (10^6 bytes), rounded up. */
export function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1e6);
}
