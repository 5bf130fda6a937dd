import { describe, expect, test } from '@jest/globals';
import type { CompileOptions, Engine, NetworkGraph, NetworkState } from '@netspace/contracts';
import { loadEngine as loadReference } from '@netspace/engine-reference';
import {
  derivatives,
  GraphMaker,
  optimizer,
  randomBatch,
  randomOutputGradient,
  randomState,
  withNetwork,
  worstDifference,
} from '@netspace/engine-testing';
import fc from 'fast-check';
import { loadAddon } from './addon.js';
import { instructionSets, nativeEngine } from './fixtures/native-engines.js';
import { rounded } from './fixtures/rounded.js';
import { smoothGraph } from './fixtures/smooth-graph.js';
import { withOptions } from './fixtures/with-options.js';

/** The engine with training in bfloat16. */
const inBfloat16 = (engine: Engine): Engine => withOptions(engine, { precision: 'bfloat16' });

const identity = new GraphMaker({ channels: 1, height: 1, width: 1 }).graph();

async function hasBfloat16(isa: string): Promise<boolean> {
  const compiled = inBfloat16(await nativeEngine(isa)).compile(identity, { batchSize: 1, optimizer });
  return compiled.then(
    () => true,
    () => false,
  );
}

async function referenceEngine(): Promise<Engine> {
  const reference = await loadReference();
  return reference.engine;
}

interface Operands {
  readonly images: Float32Array;
  readonly outputGradient: Float32Array;
  readonly state: NetworkState;
}

type Change = (values: Float32Array) => Float32Array;

function changed({ images, outputGradient, state }: Operands, change: Change): Operands {
  const tensors = [...state].map(([name, values]): [string, Float32Array] => [name, change(values)]);
  return { images: change(images), outputGradient: change(outputGradient), state: new Map(tensors) };
}

/** Output, gradient of the images and gradients of the parameters, by name. */
function differentiate(
  engine: Engine,
  graph: NetworkGraph,
  count: number,
  { images, outputGradient, state }: Operands,
): Promise<Map<string, Float32Array>> {
  return withNetwork(engine, graph, count, state, async (network) => {
    const batch = { count, images, labels: new Int32Array(count) };
    const { output, input, parameters } = await network.differentiate(batch, outputGradient);
    return new Map([['output', output], ['input', input], ...parameters]);
  });
}

const magnitudes: Change = (values) => values.map(Math.abs);

/** A convolution alone: kernel 1 or 3, any stride, groups of one width or the other, odd sizes. */
const convolution = fc
  .record({
    kernel: fc.constantFrom(1, 3),
    stride: fc.constantFrom(1, 1, 2, 3),
    groups: fc.constantFrom(1, 1, 2, 3),
    inputs: fc.integer({ min: 1, max: 40 }),
    outputs: fc.integer({ min: 1, max: 40 }),
    height: fc.integer({ min: 1, max: 12 }),
    width: fc.integer({ min: 1, max: 12 }),
    count: fc.constantFrom(1, 2, 3, 9, 17),
  })
  .map(({ kernel, stride, groups, inputs, outputs, height, width, count }) => {
    const maker = new GraphMaker({ channels: groups * inputs, height, width });
    maker.conv(0, groups * outputs, { kernel, stride, padding: (kernel - 1) / 2 }, groups);
    return {
      graph: maker.graph(),
      count,
      terms: Math.max(kernel ** 2 * Math.max(inputs, outputs), count * height * width),
    };
  });

const fastest = instructionSets[0]!;
const supporting: string[] = [];
for (const isa of instructionSets) if (await hasBfloat16(isa)) supporting.push(isa);
const whereSupported =
  supporting.length > 0 ? describe.each(supporting) : describe.skip.each(['which this processor lacks']);

whereSupported('bfloat16, %s', (isa) => {
  // The products of two numbers of eight bits are exact in float32. A sum of n of them in any order is off by at most
  // n u / (1 - n u) times the sum of their magnitudes, u = 2^-24 (Higham, Accuracy and Stability, 2002, section 4.2); the
  // reference gives that sum for operands without signs.
  test('a convolution of rounded operands is right to the rounding of sums in float32', async () => {
    const [native, reference] = [inBfloat16(await nativeEngine(isa)), await referenceEngine()];
    await fc.assert(
      fc.asyncProperty(convolution, async ({ graph, count, terms }) => {
        const { images } = randomBatch(graph, count, 1);
        const drawn = { images, outputGradient: randomOutputGradient(graph, count, 2), state: randomState(graph, 3) };
        const operands = changed(drawn, rounded);
        const actual = await differentiate(native, graph, count, operands);
        const expected = await differentiate(reference, graph, count, operands);
        const sizes = await differentiate(reference, graph, count, changed(operands, magnitudes));
        // The reference's results are rounded to float32, too.
        const most = ((terms + 2) * 2 ** -24) / (1 - (terms + 2) * 2 ** -24);
        for (const [name, values] of expected) {
          const scale = sizes.get(name)!;
          const errors = values.map((value, i) => Math.abs(actual.get(name)![i]! - value) / (scale[i]! || 1));
          expect({ name, right: Math.max(...errors) <= most }).toEqual({ name, right: true });
        }
      }),
      { seed: 20202, numRuns: 80 },
    );
  });

  // Each operand is off by at most 2^-9 of itself; a gradient has come through eleven layers with two operands, and back.
  test.each([5, 8, 13])(
    'a network on images of %d pixels differs from double precision by no more than roundings',
    async (size) => {
      const [native, reference] = [inBfloat16(await nativeEngine(isa)), await referenceEngine()];
      const graph = smoothGraph(size);
      for (const count of [3, 16]) {
        const expected = await derivatives(reference, graph, count);
        const { error } = worstDifference(await derivatives(native, graph, count), expected);
        expect(error).toBeLessThan(2 * 11 * 2 * 2 ** -9);
        expect(error).toBeGreaterThan(2 ** -12);
      }
    },
  );
});

test.each(instructionSets)(
  'training takes it where its multiply-adds are faster, and says so where not, %s',
  async (isa) => {
    const speed = loadAddon().bfloat16Speed(isa);
    const compiled = inBfloat16(await nativeEngine(isa)).compile(identity, { batchSize: 1, optimizer });
    const outcome = await compiled.then(
      () => 'taken',
      (error: unknown) => String(error),
    );
    const refusal = speed === 0 ? /needs a processor with AVX512_BF16/ : /would be slower than float32 here/;
    expect(outcome).toMatch(speed >= 1.5 ? /^taken$/ : refusal);
  },
);

test('where there is no bfloat16 the error says what it needs', async () => {
  const baseline = inBfloat16(await nativeEngine('baseline'));
  await expect(baseline.compile(identity, { batchSize: 1, optimizer })).rejects.toThrow(
    /^options\.precision: bfloat16 needs a processor with AVX512_BF16/,
  );
});

test('another precision is refused', async () => {
  const options = { batchSize: 1, optimizer, precision: 'float16' } as unknown as CompileOptions;
  await expect((await nativeEngine(fastest)).compile(identity, options)).rejects.toThrow(
    /^options\.precision: must be float32 or bfloat16/,
  );
});
