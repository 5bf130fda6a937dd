import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import type { EpochRecord, EvaluationJob, EvaluatorKind, NetworkConfig, TrainingOutcome } from '@netspace/contracts';
import { complexityOf, shippedArchitecture } from '@netspace/model-builder';
import { recipeSchema } from '@netspace/trainer';
import { checkOutcome } from './check-outcome.js';
import { commandEvaluator } from './command-evaluator.js';
import { toyJob } from './fixtures/toy-job.js';

const fixtures = fileURLToPath(new URL('./fixtures', import.meta.url));
const examples = fileURLToPath(new URL('../../../examples/evaluators', import.meta.url));

const python = (code: string): boolean => spawnSync('python3', ['-c', code]).status === 0;
const testWithPython = python('') ? test : test.skip;
const describeWithPyTorch = python('import torch') ? describe : describe.skip;

testWithPython.each(['each', 'many'] as const)(
  'commandEvaluator(options) asks a Python program, a process for %s (skipped where there is no python3)',
  async (processes) => {
    const command = ['python3', 'guess.py'];
    const evaluator = commandEvaluator({ command, directory: fixtures, timeLimit: 60, processes });
    const epochs: EpochRecord[] = [];
    const outcome = await evaluator.evaluate(toyJob, { onEpoch: (epoch) => epochs.push(epoch) });
    expect(outcome).toMatchObject({ status: 'completed', error: 24, top5Error: 4.8, validationError: null });
    expect(epochs.map(({ testError }) => testError)).toEqual([99, 49, 100 / 3 - 1, 24]);
    const large = { ...toyJob.network, complexity: { flops: 1, params: 2000, acts: 1 } };
    expect(await evaluator.evaluate({ ...toyJob, network: large }, {})).toMatchObject({
      status: 'diverged',
      error: 100,
    });
    await evaluator.close();
  },
);

const stages = [
  { depth: 2, width: 16, stride: 1, bottleneckRatio: 2, groupWidth: 4 },
  { depth: 1, width: 24, stride: 2, bottleneckRatio: 1, groupWidth: 8 },
];

function jobOf(config: Partial<NetworkConfig>, recipe: Record<string, unknown> = {}): EvaluationJob {
  const whole = {
    stem: { type: 'res_stem_cifar', width: 8 },
    block: 'x',
    stages,
    squeezeExcitationRatio: config.block === 'y' || config.block === 'res_bottleneck_linear' ? 0.25 : 0,
    headWidth: 0,
    classes: 4,
    imageSize: 16,
    imageChannels: 3,
    ...config,
  };
  const complexity = complexityOf(whole, shippedArchitecture);
  const short = { epochs: 1, batchSize: 16, augmentation: { cropPadding: 1 } };
  return {
    network: { id: 'n0', index: 0, config: whole, complexity, parameters: {} },
    recipe: recipeSchema.parse({ ...short, ...recipe }),
    seed: 1,
  };
}

async function trainInPyTorch(
  jobs: readonly EvaluationJob[],
  words = ['--synthetic', '64'],
): Promise<TrainingOutcome[]> {
  const command = ['python3', 'train.py', ...words];
  const directory = join(examples, 'pytorch');
  const evaluator = commandEvaluator({ command, directory, timeLimit: 60, processes: 'many' });
  try {
    const outcomes: TrainingOutcome[] = [];
    for (const job of jobs) outcomes.push(await evaluator.evaluate(job, {}));
    return outcomes;
  } finally {
    await evaluator.close();
  }
}

describeWithPyTorch('examples/evaluators/pytorch/train.py (skipped where python3 has no PyTorch)', () => {
  test('builds every block, stem and head with the parameters of the job, and trains them', async () => {
    const jobs = [
      ...Object.keys(shippedArchitecture.blocks).map((block) => jobOf({ block })),
      ...Object.keys(shippedArchitecture.stems).map((type) => jobOf({ stem: { type, width: 8 } })),
      jobOf({ headWidth: 32 }),
    ];
    // The program itself refuses a network whose parameters are not the job's.
    for (const outcome of await trainInPyTorch(jobs)) {
      expect(outcome).toMatchObject({ status: 'completed', epochs: [{ epoch: 1 }] });
    }
    const { network, ...job } = jobOf({});
    const wrong = { ...network, complexity: { ...network.complexity, params: 1 } };
    await expect(trainInPyTorch([{ ...job, network: wrong }])).rejects.toThrow('parameters, not 1');
  });

  test('learns, gives the same outcome for the same job, and tells of divergence', async () => {
    const job = jobOf({}, { epochs: 4, learningRate: { base: 0.05 } });
    const [first, again, diverged] = await trainInPyTorch(
      [job, job, jobOf({}, { epochs: 4, learningRate: { base: 1e30 } })],
      ['--synthetic', '512'],
    );
    // Chance is 75 %.
    expect(first!.error).toBeLessThan(60);
    expect(again!.error).toBe(first!.error);
    expect(diverged!.status).toBe('diverged');
  });

  test('refuses what it does not implement', async () => {
    await expect(trainInPyTorch([jobOf({}, { movingAverage: {} })])).rejects.toThrow(
      'recipe.movingAverage is not implemented',
    );
  });

  test("reads CIFAR-10's binary files", async () => {
    const folder = mkdtempSync(join(tmpdir(), 'netspace-'));
    const row = (label: number): Buffer => Buffer.concat([Buffer.from([label]), Buffer.alloc(3072, 25 * label)]);
    const rows = Buffer.concat(Array.from({ length: 20 }, (_, index) => row(index % 10)));
    for (const name of ['data_batch_1', 'data_batch_2', 'data_batch_3', 'data_batch_4', 'data_batch_5', 'test_batch']) {
      writeFileSync(join(folder, `${name}.bin`), rows);
    }
    const [outcome] = await trainInPyTorch([jobOf({ imageSize: 32, classes: 10 })], ['--data', folder]);
    // 20 test images.
    expect(outcome!.error % 5).toBe(0);
    rmSync(folder, { recursive: true });
  });
});

describe('examples/evaluators/lookup.mjs', () => {
  const lookup = async (options: object): Promise<(seed: number) => Promise<TrainingOutcome>> => {
    const { evaluators } = (await import(join(examples, 'lookup.mjs'))) as { evaluators: { lookup: EvaluatorKind } };
    const evaluator = await evaluators.lookup({ ...options }, { studyDirectory: examples });
    return async (seed) => checkOutcome(await evaluator.evaluate({ ...jobOf({}), seed }, {}));
  };

  test('computes the same error for the same network and seed', async () => {
    const evaluate = await lookup({});
    expect(await evaluate(3)).toEqual(await evaluate(3));
  });

  test('adds noise of the standard deviation that the study asks for', async () => {
    const exact = (await (await lookup({ noise: 0 }))(1)).error;
    const noisy = await lookup({ noise: 2 });
    const differences = await Promise.all(
      Array.from({ length: 400 }, async (_, seed) => (await noisy(seed)).error - exact),
    );
    const square = differences.reduce((sum, difference) => sum + difference ** 2, 0) / differences.length;
    // The standard error of a standard deviation of 2 from 400 draws is 0.07.
    expect(Math.abs(Math.sqrt(square) - 2)).toBeLessThan(0.3);
    await expect(lookup({ noise: -1 })).rejects.toThrow('evaluator.noise: got -1');
  });
});
