import { describe, expect, test } from '@jest/globals';
import type { ClaimKind, ClaimResult } from '@netspace/contracts';
import { openRandom, type Random } from '@netspace/random';
import { analyseStudy, claimKinds, decideClaims } from '../index.js';
import { type MadeArm, madeArm, madeLatencies, type MadeNetwork, madeStudy } from '../testing.js';
import { helps, losesNothing } from './change-of-error.js';

const claimsOf = (arms: readonly MadeArm[], ...names: readonly string[]): readonly ClaimResult[] =>
  analyseStudy({
    ...madeStudy(arms),
    claims: Object.fromEntries(names.map((name) => [name, claimKinds[name]!])),
  }).claims;

const normals = (random: Random, count: number, centre = 50): number[] =>
  Array.from({ length: count }, () => centre + 3 * random.normal());

const arm = (name: string, errors: readonly number[], own: Partial<MadeNetwork> = {}): MadeArm =>
  madeArm(
    name,
    errors.map((error) => ({ error, ...own })),
  );

const rule = (w_0: number, w_a: number, w_m: number): Record<string, number> => ({ w_0, w_a, w_m, depth: 5 });

describe('a step between two spaces', () => {
  const random = openRandom(1, 'steps');

  test('loses nothing where the loss is surely below the margin, loses where it is above, and is open between', () => {
    const verdicts = [-1, 3, 0.8].map((loss) => {
      const arms = [arm('AnyNetX-A', normals(random, 100)), arm('AnyNetX-B', normals(random, 100, 50 + loss))];
      return claimsOf(arms, 'sharing-b-loses-nothing').map(({ verdict }) => verdict);
    });
    expect(verdicts).toEqual([['supported'], ['contradicted'], ['undecided']]);
  });

  test('says how far the medians are apart, with the interval, and how many networks would decide', () => {
    const [claim] = claimsOf(
      [arm('AnyNetX-C', [10, 11, 12, 13, 14, 15]), arm('AnyNetX-D', [9, 10, 11, 12, 13, 14])],
      'nondecreasing-widths-help',
    );
    expect(claim).toMatchObject({
      effect: 1,
      margin: 0,
      networks: 6,
      verdict: 'undecided',
      where: 'AnyNetX-C to AnyNetX-D',
    });
    expect(claim!.interval!.low).toBeLessThan(0);
    // The half width at n is 1.96 standard errors: needed are (1.96 + 0.84) of them at an effect of 1.
    const error = (claim!.interval!.high - claim!.interval!.low) / 2 / 1.959964;
    expect(claim!.decidingNetworks).toBe(Math.ceil(6 * ((1.959964 + 0.841621) * error) ** 2));
  });

  test('is looked at in each setting, and not where one of the two has fewer than five networks', () => {
    const errors = [1, 2, 3, 4, 5];
    const inSetting = (setting: string, name: string): MadeArm =>
      madeArm(
        `${setting}/${name}`,
        errors.map((error) => ({ error })),
        setting,
        name,
      );
    const arms = [
      inSetting('s', 'AnyNetX-A'),
      inSetting('s', 'AnyNetX-B'),
      inSetting('t', 'AnyNetX-A'),
      inSetting('t', 'AnyNetX-B'),
    ];
    expect(claimsOf(arms, 'sharing-b-loses-nothing').map(({ where }) => where)).toEqual([
      's/AnyNetX-A to s/AnyNetX-B',
      't/AnyNetX-A to t/AnyNetX-B',
    ]);
    expect(claimsOf([arm('AnyNetX-A', errors), arm('AnyNetX-B', [1, 2, 3, 4])], 'sharing-b-loses-nothing')).toEqual([]);
  });
});

describe('RegNets against AnyNetX-E', () => {
  const random = openRandom(8, 'excited');
  const anynets = (ratio: number) => arm('AnyNetX-E', normals(random, 20), { squeezeExcitationRatio: ratio });
  const regnets = (name: string, ratio: number) =>
    madeArm(
      name,
      normals(random, 20, 40).map((error, index) => ({
        ...{ error, squeezeExcitationRatio: ratio },
        parameters: rule(16 + index, 10 + index, 2 + index / 100),
      })),
    );
  const told = (...arms: MadeArm[]) => claimsOf(arms, 'regnet-loses-nothing').map(({ where }) => where);

  test('are compared where both have squeeze-excitation, or neither has', () => {
    expect(told(anynets(0.25), regnets('RegNetY', 0.25))).toEqual(['AnyNetX-E to RegNetY']);
    expect(told(anynets(0), regnets('RegNetY', 0.25), regnets('RegNetX', 0))).toEqual(['AnyNetX-E to RegNetX']);
    expect(told(anynets(0), regnets('RegNetY', 0.25))).toEqual([]);
  });
});

describe('restrictions of RegNets', () => {
  const random = openRandom(2, 'regnets');
  const regnets = (name: string, parametersOf: (index: number) => Record<string, number>, centre: number): MadeArm =>
    madeArm(
      name,
      normals(random, 60, centre).map((error, index) => ({ error, parameters: parametersOf(index) })),
    );
  const free = regnets(
    'free',
    (index) => ({ ...rule(8 * (1 + (index % 5)), 10 + index, 2 + (index % 3) / 10), b: [1, 2, 4][index % 3]! }),
    50,
  );
  const doubling = regnets('doubling', (index) => rule(8 * (1 + (index % 5)), 10 + index, 2), 48);
  const equal = regnets(
    'equal',
    (index) => rule(8 * (1 + (index % 5)), 8 * (1 + (index % 5)), 2 + (index % 3) / 10),
    54,
  );

  test('are known by what their networks have in common, whatever their names', () => {
    const claims = claimsOf([free, doubling, equal], 'width-multiplier-2-loses-nothing', 'equal-w0-wa-loses-nothing');
    expect(claims.map(({ where, verdict }) => [where, verdict])).toEqual([
      ['free to doubling', 'supported'],
      ['free to equal', 'contradicted'],
    ]);
  });

  test('of one b are compared within the space', () => {
    const better = madeArm(
      'free',
      free.population.networks.map(({ parameters }, index) => ({
        error: 50 + (parameters.b === 1 ? -4 : 0) + (index % 7) / 7,
        parameters,
      })),
    );
    const [claim] = claimsOf([better], 'bottleneck-1-is-best');
    expect(claim).toMatchObject({ verdict: 'supported', networks: 20, where: 'free: other b to b = 1' });
    expect(claim!.effect).toBeCloseTo(4, 0);
  });
});

test('a random search suffices where so many networks are within a point of the best', () => {
  // 20 of the 99 others: 1 - (79 / 99)^32.
  const errors = Array.from({ length: 100 }, (_, index) => (index <= 20 ? 40 + index / 40 : 60));
  const networks = errors.map((error) => ({ error, parameters: rule(8, 10, 2.5) }));
  const [claim] = claimsOf([madeArm('R', networks)], 'random-regnets-suffice');
  expect(claim).toMatchObject({ verdict: 'supported', margin: 0.95, effect: expect.closeTo(1 - (79 / 99) ** 32, 12) });
});

test('the best depth is stable where it does not follow flops, and not where it does', () => {
  const arms = (blocks: (doublings: number) => number): MadeArm[] =>
    [0, 1, 2, 3].map((doublings) =>
      madeArm(
        `${2 ** doublings} MF/R`,
        Array.from({ length: 40 }, (_, index) => ({
          error: 10 + index,
          flops: 1e6 * 2 ** doublings * (1 + index / 1000),
          depths: [Math.round(blocks(doublings)) + (index % 3), 2],
          parameters: rule(8, 10, 2.5),
        })),
        `${2 ** doublings} MF`,
        'R',
      ),
    );
  expect(
    claimsOf(
      arms(() => 12),
      'depth-is-stable',
    )[0],
  ).toMatchObject({ verdict: 'supported', unit: 'blocks' });
  const growing = claimsOf(
    arms((doublings) => 4 + 5 * doublings),
    'depth-is-stable',
  )[0]!;
  expect(growing.verdict).toBe('contradicted');
  expect(growing.effect).toBeCloseTo(5, 1);
});

test('acts follow time where inference takes as long as acts are many', () => {
  const arms = [
    madeArm(
      'R',
      Array.from({ length: 30 }, (_, index) => ({
        error: 10 + index,
        acts: 1e5 + 3e3 * index,
        flops: 1e6 + 1e4 * ((index * 7) % 30),
      })),
    ),
  ];
  const claims = { 'acts-follow-time': claimKinds['acts-follow-time']! };
  expect(analyseStudy({ ...madeStudy(arms), latencies: madeLatencies(arms), claims }).claims[0]).toMatchObject({
    verdict: 'supported',
    where: 'R, made, single images',
  });
  expect(claimsOf(arms, 'acts-follow-time')).toEqual([]);
});

describe('decideClaims(kinds, analysis)', () => {
  const analysis = { arms: [], comparisons: [] };
  const kindOf = (falseP: number, trueP: number): ClaimKind => ({
    statement: 'So.',
    source: 'nowhere',
    evidence: () => [
      {
        where: 'here',
        statistic: 's',
        unit: '',
        effect: 2,
        interval: { low: 1, high: 3 },
        test: 't',
        margin: 0,
        falseP,
        trueP,
        networks: 9,
      },
    ],
  });

  test('adjusts for all claims in both directions', () => {
    // Holm of 0.01, 0.99, 0.02, 0.98: four times the first, three times the second.
    const claims = decideClaims({ a: kindOf(0.01, 0.99), b: kindOf(0.98, 0.02) }, analysis);
    expect(
      claims.map(({ adjustedFalseP, adjustedTrueP, verdict }) => [adjustedFalseP, adjustedTrueP, verdict]),
    ).toEqual([
      [0.04, 1, 'supported'],
      [1, 0.06, 'undecided'],
    ]);
    expect(claims.map(({ decidingNetworks }) => decidingNetworks === null)).toEqual([true, false]);
  });

  test('names the claim whose evidence throws', () => {
    const broken = {
      ...kindOf(1, 1),
      evidence: () => {
        throw new Error('no such arm');
      },
    };
    expect(() => decideClaims({ mine: broken }, analysis)).toThrow('claims.mine: no such arm');
  });
});

describe('claims about populations of which the truth is known', () => {
  const runs = 1000;
  /** How often of `runs` a claim at level 5 % speaks for and against, with 40 networks of errors with a long tail. */
  function decisions(shift: number, evidenceOf: typeof helps): { supported: number; contradicted: number } {
    const random = openRandom(11, 'truth', String(shift));
    const errors = (centre: number): number[] =>
      Array.from(
        { length: 40 },
        () => centre + 2 * random.normal() + (random.uniform() < 0.1 ? 20 * random.uniform() : 0),
      );
    let [supported, contradicted] = [0, 0];
    for (let run = 0; run < runs; run++) {
      const { falseP, trueP } = evidenceOf({
        from: { name: 'a', errors: errors(50) },
        to: { name: 'b', errors: errors(50 + shift) },
      });
      if (falseP < 0.05) supported++;
      if (trueP < 0.05) contradicted++;
    }
    return { supported: supported / runs, contradicted: contradicted / runs };
  }
  // Four standard errors of 1,000 runs above 5 %.
  const most = 0.05 + 0.028;

  test('"helps" errs in at most 5 % to either side where nothing changes', () => {
    const { supported, contradicted } = decisions(0, helps);
    expect(supported).toBeLessThan(most);
    expect(contradicted).toBeLessThan(most);
  });

  test.each([
    [100, 20],
    [20, 100],
  ])('"helps" errs as rarely where %d networks of one spread are compared with %d of a sixth of it', (from, to) => {
    const random = openRandom(12, 'spreads', String(from));
    const draw = (count: number, spread: number): number[] =>
      Array.from({ length: count }, () => 50 + spread * random.normal());
    const evidence = Array.from({ length: runs }, () =>
      helps({ from: { name: 'a', errors: draw(from, 6) }, to: { name: 'b', errors: draw(to, 1) } }),
    );
    expect(evidence.filter(({ falseP }) => falseP < 0.05).length / runs).toBeLessThan(most);
    expect(evidence.filter(({ trueP }) => trueP < 0.05).length / runs).toBeLessThan(most);
  });

  test('groups that do not overlap are told apart, and equal errors are not', () => {
    const group = (...errors: readonly number[]) => ({ name: 'g', errors });
    const apart = helps({ from: group(6, 7, 8, 9, 10), to: group(1, 2, 3, 4, 5) });
    expect(apart.falseP).toBeLessThan(0.01);
    expect(apart.test).toBe('Mann-Whitney, one-sided');
    expect(helps({ from: group(1, 2, 6), to: group(1, 3, 4) }).test).toBe('Brunner-Munzel, one-sided');
    expect(helps({ from: group(5, 5, 5, 5, 5), to: group(5, 5, 5, 5, 5) })).toMatchObject({ falseP: 1, trueP: 1 });
  });

  test('"loses nothing" errs in at most 5 % to either side where the loss is the margin, and finds that nothing is lost', () => {
    const atMargin = decisions(1, losesNothing);
    expect(atMargin.supported).toBeLessThan(most);
    expect(atMargin.contradicted).toBeLessThan(most);
    expect(decisions(-1, losesNothing).supported).toBeGreaterThan(0.9);
    expect(decisions(4, losesNothing).contradicted).toBeGreaterThan(0.9);
  });
});
