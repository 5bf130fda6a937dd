import { describe, expect, test } from '@jest/globals';
import { openRandom } from '@netspace/random';
import { refine, type RefineOptions, tableGround, type TableNetwork } from './index.js';

const options: RefineOptions = {
  ...{ margin: 2, errorRate: 0.05, budget: Infinity, first: 60, pairs: 100, final: 0 },
  ...{ accept: [], reject: [], proposeOnly: false },
};

/** Networks of every combination, eight times each, with errors of a standard deviation of 3. */
function tableOf(errorOf: (bn: string, layers: number) => number, seed: number): TableNetwork[] {
  const random = openRandom(seed, 'errors');
  return ['yes', 'no'].flatMap((bn) =>
    [1, 2, 3].flatMap((layers) =>
      ['sgd', 'adam'].flatMap((optimizer) =>
        Array.from({ length: 80 }, (_, repeat) => ({
          id: [bn, layers, optimizer, repeat].join(),
          parameters: { bn, layers, optimizer },
          error: errorOf(bn, layers) + 3 * random.normal(),
        })),
      ),
    ),
  );
}

describe('tableGround({ name, networks, seed })', () => {
  test('lets refining find what is good in a table, and never what costs', async () => {
    const errorOf = (bn: string, layers: number): number => 30 + (bn === 'no' ? 8 : 0) + (layers === 3 ? 8 : 0);
    for (let seed = 1; seed <= 10; seed++) {
      const { ground, wholeTable } = tableGround({ name: 'table', networks: tableOf(errorOf, seed), seed });
      const { refinement, spaces } = await refine(ground, wholeTable, options);
      expect(spaces.at(-1)!.values.bn).toEqual(['yes']);
      expect(spaces.at(-1)!.values.layers).not.toContain(3);
      expect(refinement.spaces[0]).toEqual({
        ...{ name: 'table', statement: '', degreesOfFreedom: 3, log10Size: expect.closeTo(Math.log10(12), 12) },
      });
    }
  });

  test('proposes to fix every parameter to each of its values, and to leave one of three out', () => {
    const { ground, wholeTable } = tableGround({ name: 'table', networks: tableOf(() => 30, 1), seed: 1 });
    expect(ground.propose(wholeTable, [], 1).map(({ name, statement }) => [name, statement])).toEqual([
      ['fix-bn-no', 'bn = no'],
      ['fix-bn-yes', 'bn = yes'],
      ['fix-layers-1', 'layers = 1'],
      ['fix-layers-2', 'layers = 2'],
      ['fix-layers-3', 'layers = 3'],
      ['without-layers-1', 'layers is not 1'],
      ['without-layers-2', 'layers is not 2'],
      ['without-layers-3', 'layers is not 3'],
      ['fix-optimizer-adam', 'optimizer = adam'],
      ['fix-optimizer-sgd', 'optimizer = sgd'],
    ]);
  });

  test('draws every network of a space once, in an order of its own for each stream', async () => {
    const { ground, wholeTable } = tableGround({ name: 'table', networks: tableOf(() => 30, 1), seed: 1 });
    const { space } = ground.propose(wholeTable, [], 1).find(({ name }) => name === 'without-layers-2')!;
    const [one, other, few] = [
      await ground.draw(space, 1000, 'one'),
      await ground.draw(space, 1000, 'other'),
      await ground.draw(space, 5, 'one'),
    ];
    expect(new Set(one)).toEqual(new Set(other));
    expect(new Set(one).size).toBe(640);
    expect(one.every(({ parameters }) => parameters.layers !== 2)).toBe(true);
    expect(one).not.toEqual(other);
    expect(few).toEqual(one.slice(0, 5));
  });

  test.each([
    ['a network twice', (network: TableNetwork) => [network, network], 'id: a is there twice (valid: distinct ids)'],
    [
      'networks of other parameters',
      (network: TableNetwork) => [network, { ...network, id: 'b', parameters: { width: 1 } }],
      'parameters: network b has width (valid: bn)',
    ],
    [
      'a parameter of many values',
      (network: TableNetwork) =>
        Array.from({ length: 17 }, (_, bn) => ({ ...network, id: String(bn), parameters: { bn } })),
      'parameters: bn has 17 values (valid: at most 16: leave it out or bin it)',
    ],
  ])('refuses %s', (_, networksOf, message) => {
    const networks = networksOf({ id: 'a', parameters: { bn: 1 }, error: 10 });
    expect(() => tableGround({ name: 'table', networks, seed: 1 })).toThrow(message);
  });
});
