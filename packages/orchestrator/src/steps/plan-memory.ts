import { type Engine, InvalidInputError, type Recipe, type SampledNetwork } from '@netspace/contracts';
import type { Architecture } from '@netspace/contracts';
import { formatMegabytes } from '@netspace/formats';
import { buildGraph } from '@netspace/model-builder';
import type { Arm } from '@netspace/study';
import { type MemoryPlan, memoryRemedy, type NetworkMemory } from '../memory-plan.js';
import { othersMayRun } from '../others-may-run.js';
import type { StepControl } from '../pipeline-event.js';
import type { Populations } from './read-populations.js';

/** What the memory of networks is planned with. */
export interface PlanningRoom {
  readonly engine: Engine;
  readonly architecture: Architecture;
  /** Bytes that a network may take. */
  readonly limit: number;
}

/** Networks that are refused in one message; the others are counted. */
const named = 3;

/**
 * Plans the memory of every network without training any. The datasets are loaded already, as in a worker.
 *
 * @throws InvalidInputError where networks do not fit into `limit` bytes or the engine refuses them: all of them at once,
 * by the first few and their number.
 */
export async function planMemory(
  arms: readonly Arm[],
  populations: Populations,
  room: PlanningRoom,
  { signal, onEvent }: StepControl = {},
): Promise<MemoryPlan> {
  const processBytes = process.memoryUsage.rss();
  const waiting = arms.flatMap((arm, index) => populations[index]!.networks.map((network) => ({ arm, network })));
  const networks: NetworkMemory[] = [];
  const refusals: InvalidInputError[] = [];
  for (const [index, { arm, network }] of waiting.entries()) {
    await othersMayRun();
    signal?.throwIfAborted();
    try {
      networks.push({ arm: arm.name, network, bytes: await plannedBytes(arm, network, room) });
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      refusals.push(error);
    }
    onEvent?.({ kind: 'planning', done: index + 1, total: waiting.length });
  }
  if (refusals.length > 0) throw refusalOf(refusals, waiting.length);
  const plan = { networks, processBytes };
  onEvent?.({ kind: 'planned', plan });
  return plan;
}

function refusalOf(refusals: readonly InvalidInputError[], all: number): InvalidInputError {
  const [first] = refusals;
  if (refusals.length === 1) return first!;
  const problems = refusals.slice(0, named).map(({ input }) => input.problem);
  const others = refusals.length - problems.length;
  const list = [...problems, ...(others > 0 ? [`and ${others} more`] : [])].join('\n  ');
  const problem = `${refusals.length} of ${all} networks cannot be trained:\n  ${list}\n `;
  return new InvalidInputError({ ...first!.input, problem }, { cause: first });
}

const bytesPerFloat = 4;

async function plannedBytes(
  { name, setting: { recipe } }: Arm,
  { id, config, complexity }: SampledNetwork,
  { engine, architecture, limit }: PlanningRoom,
): Promise<number> {
  // An engine takes memory when it compiles, so what cannot fit is refused before.
  const activations = bytesPerFloat * recipe.batchSize * complexity.acts;
  if (activations > limit) throw tooLarge(`${id} of ${name}`, activations, recipe, limit);
  const graph = buildGraph(config, architecture);
  try {
    const compiled = await engine.compile(graph, recipe);
    const { memoryBytes } = compiled;
    compiled.dispose();
    return memoryBytes;
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw tooLarge(`${id} of ${name}`, activations, recipe, limit, error);
    throw new InvalidInputError(
      { ...error.input, problem: `${id} of ${name}: ${error.input.problem}` },
      { cause: error },
    );
  }
}

function tooLarge(
  network: string,
  activations: number,
  { batchSize }: Recipe,
  limit: number,
  cause?: unknown,
): InvalidInputError {
  const reason = cause instanceof Error ? ` (${cause.message})` : '';
  const problem =
    `${network} does not fit into ${formatMegabytes(limit)}${reason}: ` +
    `its activations alone take ${formatMegabytes(activations)} in batches of ${batchSize}`;
  return new InvalidInputError({ key: 'recipe.batchSize', problem, expected: memoryRemedy }, { cause });
}
