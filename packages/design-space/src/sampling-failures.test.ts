import { describe, expect, test } from '@jest/globals';
import type { NetworkConfig, Population, Regime } from '@netspace/contracts';
import { compatibleStages, complexityOf } from '@netspace/model-builder';
import fc from 'fast-check';
import {
  defineDesignSpace,
  designSpaceNames,
  type DesignSpaceDefinition,
  findDesignSpace,
  type NetworkSetting,
  samplePopulation,
} from './index.js';

const setting: NetworkSetting = {
  stem: { type: 'res_stem_cifar', width: 8 },
  ...{ headWidth: 0, classes: 4, imageSize: 16, imageChannels: 3 },
};

/** Tries to draw a population with a bound on the candidates. */
const draw = (
  definition: DesignSpaceDefinition,
  regime: Regime,
  count: number,
  candidates = 2e6,
): Promise<Population> =>
  samplePopulation({ space: defineDesignSpace(definition), regime, count, seed: 1, setting, candidates });

const messageOf = async (population: Promise<Population>): Promise<string> =>
  population.then(
    () => 'was drawn',
    (error: unknown) => (error as Error).message,
  );

describe('a space with fewer networks than asked for', () => {
  const single: DesignSpaceDefinition = {
    name: 'single',
    extends: 'AnyNetX-A',
    stages: 2,
    parameters: {
      d: { value: 1 },
      w: { distribution: 'uniform', low: 8, high: 16, quantum: 8 },
      b: { value: 1 },
      g: { value: 8 },
    },
  };

  test('is told by counting: four networks', async () => {
    await expect(draw(single, {}, 5)).rejects.toThrow(
      /^single has 4 networks in this regime, but 5 are asked for \(valid: fewer networks, or wider ranges/,
    );
    expect((await draw(single, {}, 4)).networks).toHaveLength(4);
  });

  test('is told by its number of settings where it is large', async () => {
    const definition: DesignSpaceDefinition = { name: 'large', extends: 'AnyNetX-C', stages: 2, shared: ['d'] };
    // 16 depths, 128 * 128 widths, 3 bottleneck ratios, 6 group widths.
    await expect(draw(definition, {}, 4_718_593)).rejects.toThrow(
      'large has at most 4718592 networks, but 4718593 are',
    );
  });

  test('counts networks once that settings make twice, under limits, order and constraints', async () => {
    const widths = fc.integer({ min: 1, max: 6 }).map((steps) => 8 * steps);
    const spaces = fc.record({
      high: widths,
      depth: fc.integer({ min: 1, max: 3 }),
      ordered: fc.boolean(),
      constrained: fc.boolean(),
      limit: fc.integer({ min: 2e5, max: 4e6 }),
    });
    await fc.assert(
      fc.asyncProperty(spaces, async ({ high, depth, ordered, constrained, limit }) => {
        const definition: DesignSpaceDefinition = {
          ...{ name: 'small', kind: 'anynet', block: 'x', stages: [1, 2] },
          parameters: {
            d: { distribution: 'uniform', low: 1, high: depth, quantum: 1 },
            w: { distribution: 'log_uniform', low: 8, high, quantum: 8 },
            b: { value: 1 },
            g: { distribution: 'power2_uniform', low: 8, high: 32, quantum: 1 },
          },
          ...{ shared: ['g'], nondecreasing: ordered ? ['w'] : [], constraints: constrained ? ['d[1] == d[end]'] : [] },
        };
        // The same by hand: every depth, width and group width, with what makes it impossible left out.
        const found = new Set<string>();
        const each = (values: number[], length: number): number[][] =>
          length === 0 ? [[]] : each(values, length - 1).flatMap((rest) => values.map((value) => [...rest, value]));
        const upTo = (last: number, step: number): number[] =>
          Array.from({ length: last / step }, (_, index) => step * (index + 1));
        for (const stages of [1, 2]) {
          for (const d of each(upTo(depth, 1), stages)) {
            for (const w of each(upTo(high, 8), stages)) {
              if (ordered && w[0]! > w.at(-1)!) continue;
              if (constrained && d[0] !== d.at(-1)) continue;
              for (const groupWidth of [8, 16, 32]) {
                const config: NetworkConfig = {
                  ...setting,
                  ...{ block: 'x', squeezeExcitationRatio: 0 },
                  stages: compatibleStages(
                    d.map((count, place) => ({
                      ...{ depth: count, width: w[place]!, stride: 2, bottleneckRatio: 1, groupWidth },
                    })),
                  ),
                };
                if (complexityOf(config).flops <= limit) found.add(JSON.stringify(config));
              }
            }
          }
        }
        const message = await messageOf(draw(definition, { flops: { low: 0, high: limit } }, found.size + 1));
        expect(message).toContain(
          found.size > 0
            ? `small has ${found.size} networks in this regime`
            : 'small has no network in this regime: 0 of',
        );
      }),
      { numRuns: 40 },
    );
  });

  test('of a rule counts the settings that make the number of stages', async () => {
    const definition: DesignSpaceDefinition = {
      name: 'few rules',
      extends: 'RegNetX',
      parameters: {
        depth: { value: 13 },
        w_0: { value: 24 },
        w_a: { value: 36 },
        w_m: { value: 2.5 },
        b: { value: 1 },
      },
    };
    // g of 1 to 8 are whole groups of every width; the widths of 16 and 32 are other ones.
    await expect(draw(definition, {}, 7)).rejects.toThrow('few rules has 6 networks in this regime, but 7');
    expect((await draw(definition, {}, 6)).networks).toHaveLength(6);
  });
});

describe('a regime that no network reaches', () => {
  test('names flops, not the number of stages, and the largest network that was met', async () => {
    const regime = { flops: { low: 1e12, high: 2e12 } };
    await expect(draw({ name: 'r', extends: 'RegNetX' }, regime, 4)).rejects.toThrow(
      /^regime\.flops: no network of r was met near 1000000000000 to 2000000000000 flops: the largest has (\d+) \(valid: some of the \d+ to \1 flops of its networks, or other ranges of its parameters\)$/,
    );
  });

  const extreme = (depth: number, width: number, bottleneckRatio: number, groupWidth: number): number => {
    const stage = { depth, width, stride: 2, bottleneckRatio, groupWidth };
    const config = {
      ...setting,
      block: 'x',
      squeezeExcitationRatio: 0,
      stages: compatibleStages([1, 2, 3, 4].map(() => stage)),
    };
    return complexityOf(config).flops;
  };
  const largest = extreme(16, 1024, 1, 32);
  const smallest = Math.min(...[1, 2, 4].flatMap((b) => [1, 2, 4, 8].map((g) => extreme(1, 8, b, g))));

  test.each(['AnyNetX-A', 'AnyNetX-E'])(
    'of %s lies beyond its largest or smallest network, to a few per cent',
    async (base) => {
      const toldBy = async (low: number, high: number): Promise<number> => {
        const message = await messageOf(draw({ name: 'a', extends: base }, { flops: { low, high } }, 1));
        return Number(/the (?:largest|smallest) has (\d+)/.exec(message)?.[1]);
      };
      expect(await toldBy(1.2 * largest, Number.MAX_SAFE_INTEGER)).toBeGreaterThan(0.95 * largest);
      expect(await toldBy(0, smallest / 1.2)).toBeLessThan(1.05 * smallest);
    },
  );

  test('is not what a rare one is: close to the largest network, candidates are drawn to the end', async () => {
    const regime = { flops: { low: largest - 1000, high: largest } };
    await expect(draw({ name: 'a', extends: 'AnyNetX-A' }, regime, 1, 6000)).rejects.toThrow(
      /^none of 6000 candidates fits as member 0 of a: 0 of the 6000 candidates that came so far have \d+ to \d+ flops; they have \d+ to \d+ \(valid: /,
    );
  });

  test.each(designSpaceNames)('of %s is none around a network of it', async (name) => {
    const space = findDesignSpace(name);
    const { networks } = await samplePopulation({ space, regime: {}, count: 30, seed: 2, setting });
    const ordered = networks.map(({ complexity }) => complexity).sort((a, b) => a.flops - b.flops);
    for (const { flops, params, acts } of [ordered[0]!, ordered[29]!]) {
      const around = (value: number): { low: number; high: number } => ({ low: 0.9999 * value, high: 1.0001 * value });
      const regime = { flops: around(flops), params: around(params), acts: around(acts) };
      const message = await messageOf(
        samplePopulation({ space, regime, count: 1, seed: 1, setting, candidates: 6000 }),
      );
      expect(message).not.toContain('no network');
    }
  });

  test('may be one by acts', async () => {
    const regime = { flops: { low: 1e7, high: 2e7 }, acts: { low: 1, high: 100 } };
    await expect(draw({ name: 'a', extends: 'RegNetX' }, regime, 1)).rejects.toThrow(
      /^regime\.acts: no network of a was met near 1 to 100 acts: the smallest has \d+ /,
    );
  });
});

describe('limits that do not go together', () => {
  test('name the one that keeps out all that came to it, though others keep out more', async () => {
    const regime = { flops: { low: 1e7, high: 2e7 }, params: { low: 1e4, high: 1.2e4 } };
    await expect(draw({ name: 'a', extends: 'AnyNetX-E' }, regime, 1, 8000)).rejects.toThrow(
      /^none of 8000 candidates fits as member 0 of a: 0 of the \d{3,4} candidates that came so far have 10000 to 12000 params; they have \d+ to \d+ \(valid: more of those params, /,
    );
  });

  test('name a constraint', async () => {
    const regime = { flops: { low: 1e7, high: 2e7 } };
    const definition: DesignSpaceDefinition = {
      name: 'a',
      extends: 'RegNetX',
      constraints: ['depth >= 4', 'w[1] > 1000'],
    };
    await expect(draw(definition, regime, 1, 8000)).rejects.toThrow(
      /0 of the \d+ candidates that came so far fulfil w\[1\] > 1000 \(valid: a looser constraint/,
    );
  });

  test('name the number of stages where no rule makes it', async () => {
    const definition: DesignSpaceDefinition = { name: 'a', extends: 'RegNetX', stages: 12 };
    await expect(draw(definition, {}, 1, 6000)).rejects.toThrow(
      '0 of the 6000 candidates that came so far have the number of stages of the space (valid: ranges of depth, w_a',
    );
  });
});
