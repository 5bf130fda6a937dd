import { beforeAll, describe, expect, test } from '@jest/globals';
import type {
  Checkpoint,
  Checkpoints,
  CompiledNetwork,
  Dataset,
  Engine,
  NetworkConfig,
  NetworkState,
  TrainingOutcome,
} from '@netspace/contracts';
import { createBatchSource, loadDataset } from '@netspace/datasets';
import { loadEngine } from '@netspace/engine-reference';
import { buildGraph, initialState } from '@netspace/model-builder';
import fc from 'fast-check';
import { countingSource, RecordingNetwork } from './fixtures/recording-network.js';
import { recipeSchema, trainNetwork, type TrainingProgress } from './index.js';

const config: NetworkConfig = {
  stem: { type: 'res_stem_cifar', width: 4 },
  block: 'x',
  stages: [{ depth: 1, width: 4, stride: 2, bottleneckRatio: 1, groupWidth: 2 }],
  squeezeExcitationRatio: 0,
  headWidth: 0,
  classes: 3,
  imageSize: 4,
  imageChannels: 1,
};

let engine: Engine;
let dataset: Dataset;
beforeAll(async () => {
  ({ engine } = await loadEngine());
  // 72 steps an epoch of two images: more than pass between two looks at the loss.
  const images = { trainImages: 144, testImages: 20, classes: 3, imageSize: 4, channels: 1 };
  const synthetic = await loadDataset({ name: 'synthetic', ...images, difficulty: 0.3, seed: 1 });
  dataset = { ...synthetic, validation: synthetic.test };
});

/** What is kept of a training, in memory: as a file would, it holds what was there when it was kept. */
class KeptCheckpoint implements Checkpoints {
  checkpoint: Checkpoint | undefined;
  private asked = 0;

  /** @param period - Of the times that it is asked, every how many it is time. */
  constructor(private readonly period: number) {}

  last = (): Promise<Checkpoint | undefined> => Promise.resolve(structuredClone(this.checkpoint));
  isDue = (): boolean => ++this.asked % this.period === 0;
  keep(checkpoint: Checkpoint): Promise<void> {
    this.checkpoint = structuredClone(checkpoint);
    return Promise.resolve();
  }
}

/** What breaks a training off: a signal after which it keeps a checkpoint, or a crash. */
interface Break {
  readonly kind: 'stop' | 'crash';
  /** Calls that compute, before it. */
  readonly after: number;
}

class Crash extends Error {}

/** Counts the calls that compute, and breaks the training off at one of them. */
function breaking(network: CompiledNetwork, { kind, after }: Break, stop: AbortController, calls: string[]): void {
  let left = after;
  for (const name of ['trainStep', 'evaluate', 'updateStatistics'] as const) {
    const call = network[name].bind(network) as (...args: unknown[]) => void;
    network[name] = (...args: unknown[]) => {
      if (left === 0 && kind === 'crash') throw new Crash();
      call(...args);
      calls.push(name);
      if (left-- === 0) stop.abort();
    };
  }
}

const recipes = {
  plain: {},
  full: { movingAverage: { decay: 0.9, period: 5 }, preciseStatistics: { images: 10 } },
};

interface Trained {
  readonly outcome: object;
  readonly state: NetworkState;
  readonly calls: readonly string[];
}

/** Trains over breaks to the end, each time with a new network. */
async function train(own: object, breaks: readonly Break[], checkpoints?: Checkpoints): Promise<Trained> {
  const recipe = recipeSchema.parse({ epochs: 2, batchSize: 2, augmentation: { cropPadding: 1 }, ...own });
  const calls: string[] = [];
  const graph = buildGraph(config);
  for (const at of [...breaks, { kind: 'stop', after: Infinity } as const]) {
    const network = await engine.compile(graph, recipe);
    network.setState(initialState(graph, 1));
    const stop = new AbortController();
    breaking(network, at, stop, calls);
    const source = createBatchSource(dataset, { batchSize: 2, seed: 1, augmentation: recipe.augmentation });
    const training = { network, source, recipe, signal: stop.signal, ...(checkpoints && { checkpoints }) };
    try {
      const outcome = await trainNetwork(training);
      return { outcome: timeless(outcome), state: await network.getState(), calls };
    } catch (error) {
      if (!(error instanceof Crash || stop.signal.aborted)) throw error;
    }
  }
  throw new Error('the last training was broken off');
}

function timeless({ seconds, imagesPerSecond, epochs, ...outcome }: TrainingOutcome): object {
  expect([seconds > 0, imagesPerSecond! > 0]).toEqual([true, true]);
  return { ...outcome, epochs: epochs.map((record) => ({ ...record, seconds: 0 })) };
}

const stops = fc.array(fc.record({ kind: fc.constant('stop' as const), after: fc.nat(120) }), {
  minLength: 1,
  maxLength: 4,
});
const anyBreaks = fc.array(fc.record({ kind: fc.constantFrom('stop', 'crash'), after: fc.nat(120) }), {
  minLength: 1,
  maxLength: 4,
}) as fc.Arbitrary<Break[]>;

describe.each(Object.entries(recipes))('a training that is broken off, by a recipe that is %s', (_, recipe) => {
  let whole: Trained;
  beforeAll(async () => {
    whole = await train(recipe, []);
  });

  test('comes to the same outcome and network, bit for bit, wherever and however often', async () => {
    await fc.assert(
      fc.asyncProperty(anyBreaks, fc.constantFrom(1, 7, 40, Infinity), async (breaks, period) => {
        const { outcome, state } = await train(recipe, breaks, new KeptCheckpoint(period));
        expect(outcome).toStrictEqual(whole.outcome);
        expect(state).toEqual(whole.state);
      }),
      { seed: 404, numRuns: 25 },
    );
  });

  test('where it is stopped, takes no training step twice', async () => {
    await fc.assert(
      fc.asyncProperty(stops, async (breaks) => {
        const { calls } = await train(recipe, breaks, new KeptCheckpoint(Infinity));
        expect(calls.filter((call) => call === 'trainStep')).toHaveLength(144);
      }),
      { seed: 405, numRuns: 15 },
    );
  });
});

test('a training counts the seconds and the images of its parts', async () => {
  const checkpoints = new KeptCheckpoint(Infinity);
  const part = { kind: 'stop', after: 100 } as const;
  await expect(train({}, [part], checkpoints)).resolves.toBeDefined();
  const { seconds, images, step, epochs } = checkpoints.checkpoint!;
  // 72 steps and ten batches each of the test and the validation part, then 9 steps.
  expect([images, step, epochs.map(({ epoch }) => epoch)]).toEqual([2 * (72 + step), 9, [1]]);
  expect(seconds.training).toBeGreaterThanOrEqual(seconds.steps);
  expect(seconds.training).toBeGreaterThanOrEqual(epochs[0]!.seconds + seconds.epoch - 1e-6);
  const before = { ...checkpoints.checkpoint!, seconds: { training: 1000, epoch: 100, steps: 500 } };
  const source = createBatchSource(dataset, { batchSize: 2, seed: 1, augmentation: { cropPadding: 1, mirror: true } });
  const recipe = recipeSchema.parse({ epochs: 2, batchSize: 2, augmentation: { cropPadding: 1 } });
  const network = await engine.compile(buildGraph(config), recipe);
  checkpoints.checkpoint = before;
  const resumed: TrainingProgress[] = [];
  const onResume = (progress: TrainingProgress): unknown => resumed.push(progress);
  const outcome = await trainNetwork({ network, source, recipe, checkpoints, onResume });
  expect(resumed).toEqual([{ epoch: 2, epochs: 2, step: 9, stepsPerEpoch: 72 }]);
  expect(Math.floor(outcome.seconds / 10)).toBe(100);
  expect(Math.floor(outcome.epochs[1]!.seconds / 10)).toBe(10);
  expect(outcome.imagesPerSecond! * 500).toBeCloseTo(288, -1);
});

describe('an engine that cannot go on from a training state', () => {
  test('trains as without checkpoints, and is asked for none', async () => {
    const network = new RecordingNetwork(8);
    const recipe = recipeSchema.parse({ epochs: 2, batchSize: 8 });
    const never: Checkpoints = {
      last: () => Promise.reject(new Error('asked')),
      isDue: () => true,
      keep: () => Promise.reject(new Error('kept')),
    };
    const { status } = await trainNetwork({ network, source: countingSource(8, 3, [8]), recipe, checkpoints: never });
    expect(status).toBe('completed');
  });
});
