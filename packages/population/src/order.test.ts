import { describe, expect, test } from '@jest/globals';
import type { TrainingTask } from '@netspace/contracts';
import fc from 'fast-check';
import { ToyRunner } from './fixtures/toy-runner.js';
import { ToyStore } from './fixtures/toy-store.js';
import { toyTasks } from './fixtures/toy-tasks.js';
import { trainPopulation } from './train-population.js';

/** A study: networks of each arm, in any order, whose cost anything may decide. */
const studies = fc.record({
  arms: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 3 }),
  replicates: fc.integer({ min: 1, max: 3 }),
  workers: fc.integer({ min: 1, max: 4 }),
  costs: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 20 }),
  interruptAfter: fc.nat({ max: 54 }),
});

/** All that a study asks for, replicate by replicate and arm by arm. */
function tasksOf(arms: readonly number[], replicates: number, costs: readonly number[]): TrainingTask[] {
  let count = 0;
  return Array.from({ length: replicates }, (_, replicate) =>
    arms.flatMap((networks, arm) => toyTasks(networks, { arm: `arm${arm}`, replicate, prefix: `${arm}-` })),
  )
    .flat()
    .map((task) => {
      const flops = costs[count++ % costs.length]!;
      return { ...task, network: { ...task.network, complexity: { flops, params: 1, acts: 1 } } };
    });
}

const nameOf = ({ arm, network, replicate }: TrainingTask): string => `${network.index}/${replicate}/${arm}`;

/** Trains and returns which tasks were started, in order, and which records are kept, when it ended or was interrupted. */
async function startsAndRecords(
  tasks: readonly TrainingTask[],
  workers: number,
  interruptAfter = Infinity,
): Promise<[starts: TrainingTask[], records: readonly TrainingTask[]]> {
  const store = new ToyStore();
  const starts: TrainingTask[] = [];
  const controller = new AbortController();
  // A training takes as long as its network is large.
  const runner = new ToyRunner({ turns: ({ network }) => network.complexity.flops });
  const run = trainPopulation({
    ...{ tasks, store, runner, workers, writer: 'local', signal: controller.signal },
    onEvent: (event) => {
      if (event.kind === 'started') starts.push(event.task);
      if (event.kind === 'trained' && event.done >= interruptAfter) controller.abort();
    },
  });
  await run.catch((error: unknown) => {
    if (!controller.signal.aborted) throw error;
  });
  return [starts, await store.records()];
}

describe('trainPopulation(run) trains in an order', () => {
  test('by index across arms, then by replicate, then by arm, whatever the costs, but for the packed end', async () => {
    await fc.assert(
      fc.asyncProperty(studies, async ({ arms, replicates, workers, costs }) => {
        const tasks = tasksOf(arms, replicates, costs);
        const [starts] = await startsAndRecords(tasks, workers);
        const inOrder = tasks.map(nameOf).sort();
        const free = Math.max(0, tasks.length - (2 * workers - 1));
        expect(starts.slice(0, free).map(nameOf)).toEqual(inOrder.slice(0, free));
        expect(starts.map(nameOf).sort()).toEqual(inOrder);
        // Of the last ones, the largest goes first.
        const flops = starts.slice(free).map(({ network }) => network.complexity.flops);
        expect(flops).toEqual([...flops].sort((a, b) => b - a));
      }),
    );
  });

  test('whose interruption leaves out no more than one task a worker, so that cost hardly decides what is there', async () => {
    await fc.assert(
      fc.asyncProperty(studies, async ({ arms, replicates, workers, costs, interruptAfter }) => {
        const tasks = tasksOf(arms, replicates, costs);
        // Before the packed end.
        const stop = Math.min(interruptAfter, tasks.length - 3 * workers);
        fc.pre(stop > 0);
        const [starts, records] = await startsAndRecords(tasks, workers, stop);
        const prefix = tasks.map(nameOf).sort().slice(0, starts.length);
        expect(starts.map(nameOf)).toEqual(prefix);
        const kept = new Set(records.map(nameOf));
        expect(prefix.filter((name) => !kept.has(name)).length).toBeLessThanOrEqual(workers);
        expect([...kept].every((name) => prefix.includes(name))).toBe(true);
      }),
    );
  });
});
