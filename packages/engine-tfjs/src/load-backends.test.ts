import { expect, test } from '@jest/globals';
import { expectedScoresOfManyClasses, scoresOfManyClasses } from '@netspace/engine-testing';
import { availableBackends, engineOf, hasTensorflow } from './fixtures/tfjs-backends.js';
import { loadBackends, loadEngine } from './load-backends.js';

async function withBackendNamed<Result>(name: string | undefined, use: () => Promise<Result>): Promise<Result> {
  const before = process.env.NETSPACE_TFJS_BACKEND;
  const set = (value: string | undefined): void => {
    if (value === undefined) delete process.env.NETSPACE_TFJS_BACKEND;
    else process.env.NETSPACE_TFJS_BACKEND = value;
  };
  set(name);
  try {
    return await use();
  } finally {
    set(before);
  }
}

test('every backend says what it is, or why it is not there and what helps', async () => {
  for (const backend of await loadBackends()) {
    if (backend.available) {
      expect(backend.engine).toMatchObject({ name: 'tfjs', numerics: '1', instructionSet: backend.name });
      expect(backend.engine.description).toContain(backend.name);
      expect(backend.version).toMatch(/\d+\.\d+\.\d+/);
      expect(backend.device).toMatch(/CPU|GPU/);
    } else {
      expect(backend.name).toBe('tensorflow');
      expect(backend.reason).toContain('@tensorflow/tfjs-node-gpu');
      expect(backend.remedy).toContain('npm run setup:tfjs');
    }
  }
});

test('the fastest backend is the engine', async () => {
  const engine = await withBackendNamed(undefined, loadEngine);
  expect(engine).toMatchObject({ available: true, engine: { name: 'tfjs' } });
  expect(engine.available && engine.engine.description).toContain(hasTensorflow ? 'tensorflow' : 'wasm');
});

test('NETSPACE_TFJS_BACKEND picks one', async () => {
  const engine = await withBackendNamed('cpu', loadEngine);
  expect(engine.available && engine.engine.description).toContain('backend cpu');
});

test('a backend that tfjs has not is refused, with those that it has', async () => {
  expect(await withBackendNamed('webgpu', loadEngine)).toEqual({
    available: false,
    name: 'tfjs',
    reason: 'NETSPACE_TFJS_BACKEND is webgpu',
    remedy: 'set it to tensorflow, wasm, cpu or unset it',
  });
});

test.each(availableBackends)('65,535 classes are told apart on the backend %s', async (backend) => {
  const scores = await scoresOfManyClasses(engineOf(backend));
  expect(scores).toEqual({
    ...expectedScoresOfManyClasses,
    // wasm adds the 65,535 exponentials one by one in float32.
    lossSum: expect.closeTo(expectedScoresOfManyClasses.lossSum, 2),
  });
});
