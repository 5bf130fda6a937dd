import { describe, expect, test } from '@jest/globals';
import { openRandom } from '@netspace/random';
import { type Ground, refine, type RefineEvent, type RefineOptions } from './index.js';
import { oracles } from './simulation/oracles.js';
import { simulate } from './simulation/simulate.js';

const options: RefineOptions = {
  ...{ margin: 1, errorRate: 0.05, budget: 600, first: 60, pairs: 60, final: 20 },
  ...{ accept: [], reject: [], proposeOnly: false },
};

/** A box of points: as simple a space as there is. */
interface Box {
  readonly name: string;
  readonly statement: string;
  readonly low: readonly number[];
  readonly high: readonly number[];
}

const start: Box = { name: 'box', statement: '', low: [0, 0, 0], high: [1, 1, 1] };

type Point = readonly number[];

/** x should be small, y may be anything, z should be 1/4 and its distance costs much. */
function errorOf([x = 0, y = 0, z = 0]: Point): number {
  return 30 + 8 * x + 20 * Math.abs(z - 0.25) + openRandom(5, x, y, z).normal() / 2;
}

function boxOf({ low, high }: Box, axis: number, ends: readonly [low: number, high: number], step: number): Box {
  const set = (values: readonly number[], end: number): number[] =>
    values.map((v, index) => (index === axis ? end : v));
  const statement = `${'xyz'[axis]!} is ${ends.join(' to ')}`;
  return { name: `box-${step}`, statement, low: set(low, ends[0]), high: set(high, ends[1]) };
}

/** A ground of boxes that remembers the batches that it trained. */
function boxes(seed = 1): { ground: Ground<Box, Point>; batches: string[][] } {
  const batches: string[][] = [];
  const ground: Ground<Box, Point> = {
    describe: ({ name, statement, low, high }) => {
      const widths = low.map((value, axis) => high[axis]! - value).filter((width) => width > 0);
      return {
        ...{ name, statement, degreesOfFreedom: widths.length },
        log10Size: widths.reduce((sum, width) => sum + Math.log10(100 * width), 0),
      };
    },
    idOf: (point) => point.join(),
    featuresOf: (point) => point,
    parametersOf: ([x = 0, y = 0, z = 0]) => ({ x, y, z }),
    includes: ({ low, high }, point) => point.every((value, axis) => value >= low[axis]! && value <= high[axis]!),
    propose: (box, _, step) =>
      [0, 1, 2]
        .filter((axis) => box.low[axis]! < box.high[axis]!)
        .flatMap((axis) => {
          const [low, high] = [box.low[axis]!, box.high[axis]!];
          const middle = (low + high) / 2;
          const ends = { fix: [middle, middle], lower: [low, middle], raise: [middle, high] } as const;
          return Object.entries(ends).map(([verb, range]) => {
            const space = boxOf(box, axis, range, step);
            return { name: `${verb}-${'xyz'[axis]!}`, statement: space.statement, space };
          });
        }),
    draw: ({ low, high }, count, stream) => {
      const random = openRandom(seed, stream);
      const point = (): Point => low.map((value, axis) => value + (high[axis]! - value) * random.uniform());
      return Promise.resolve(Array.from({ length: count }, point));
    },
    train: (points) => {
      batches.push(points.map((point) => point.join()));
      return Promise.resolve(points.map((point) => ({ error: errorOf(point), cost: 1 })));
    },
  };
  return { ground, batches };
}

describe('refine(ground, start, options)', () => {
  test('finds what helps and what may be anything, and says with what evidence', async () => {
    const { spaces, refinement, final } = await refine(boxes().ground, start, options);
    const accepted = refinement.steps.flatMap(({ proposals }) => proposals.filter((one) => one.verdict === 'accepted'));
    const names = accepted.map(({ name }) => name);
    expect(names).toContain('fix-y');
    expect(names.some((name) => /^(lower|fix)-x$/.test(name))).toBe(true);
    expect(names.some((name) => name.endsWith('-z'))).toBe(true);
    expect(spaces).toHaveLength(accepted.length + 1);
    for (const { goal, interval, confidence, pairs } of accepted) {
      expect(interval!.high).toBeLessThan(goal === 'helps' ? 0 : options.margin);
      expect(confidence).toBeGreaterThanOrEqual(0.975);
      expect(pairs).toBeGreaterThanOrEqual(12);
    }
    expect(refinement.trainings).toBeLessThanOrEqual(options.budget);
    expect(final.map((networks) => networks.length)).toEqual(refinement.final.map(({ errors }) => errors.length));
    expect(final[0]).toHaveLength(options.final);
  });

  test('confirms on networks that nothing was proposed by, and ends with others again', async () => {
    const { ground, batches } = boxes();
    const { refinement, final } = await refine(ground, start, options);
    const trained = batches.flat();
    expect(new Set(trained).size).toBe(trained.length);
    expect(batches[0]).toHaveLength(options.first);
    expect(trained).toHaveLength(refinement.trainings);
    const last = final.flat().map((point) => point.join());
    const before = new Set(trained.slice(0, trained.length - last.length));
    expect(last.some((id) => before.has(id))).toBe(false);
  });

  test('comes to the same chain again, and to another with another seed', async () => {
    const [first, again, other] = await Promise.all(
      [1, 1, 2].map((seed) => refine(boxes(seed).ground, start, options)),
    );
    expect(again!.refinement).toEqual(first!.refinement);
    expect(other!.refinement).not.toEqual(first!.refinement);
  });

  test('only proposes where that is asked for', async () => {
    const { ground, batches } = boxes();
    const { refinement } = await refine(ground, start, { ...options, proposeOnly: true });
    expect(batches).toHaveLength(1);
    expect(refinement.ended).toBe('only proposals were asked for');
    const { proposals } = refinement.steps[0]!;
    expect(proposals.map(({ name }) => name)).toEqual(expect.arrayContaining(['lower-x', 'fix-y', 'raise-z']));
    expect(proposals.every(({ verdict }) => verdict === 'not tried')).toBe(true);
  });

  test('does what a person accepts and rejects', async () => {
    const { ground } = boxes();
    const events: RefineEvent[] = [];
    const steered = { ...options, accept: ['raise-x'], reject: ['fix-y', 'fix-x'] };
    const { spaces, refinement } = await refine(ground, start, steered, (event) => events.push(event));
    expect(refinement.steps[0]!.proposals.map(({ name, reason }) => [name, reason])).toEqual([
      ['raise-x', 'by hand, not confirmed'],
    ]);
    expect(spaces[1]!.low).toEqual([0.5, 0, 0]);
    const names = events.flatMap((event) => (event.kind === 'proposed' ? event.proposals.map(({ name }) => name) : []));
    expect(names).not.toContain('fix-y');
    expect(names).toContain('fix-z');
  });

  test('ends where the budget does, and keeps what the end needs', async () => {
    const { ground, batches } = boxes();
    const events: RefineEvent[] = [];
    const { refinement } = await refine(ground, start, { ...options, budget: 130 }, (event) => events.push(event));
    // Of 130, 60 are trained, and 20 of each of two spaces are kept for the end.
    expect(events[0]).toMatchObject({ kind: 'proposing', step: 1, allowedPairs: 15 });
    expect(batches.flat().length).toBeLessThanOrEqual(130);
    expect(refinement.final.map(({ errors }) => errors.length)).toEqual(refinement.spaces.map(() => 20));
  });

  test('refuses a space of which hardly a network can be trained', async () => {
    const { ground } = boxes();
    const train: typeof ground.train = (networks) => Promise.resolve(networks.map(() => ({ error: null, cost: 1 })));
    await expect(refine({ ...ground, train }, start, options)).rejects.toThrow(
      '0 of the first networks could be trained (valid: at least 10, by which proposals are made)',
    );
  });
});

describe('on oracles (nx run refine:power has the whole table)', () => {
  const few = { ...options, budget: 220, final: 0 };
  const drawn = { noise: 1, known: 500 };
  const oracleOf = (name: string) => oracles.find((oracle) => oracle.name === name)!;

  test('accepts nothing where everything costs a little more than the margin', async () => {
    for (const seed of [101, 102]) {
      const { accepted } = await simulate(oracleOf('everything costs too much'), few, { ...drawn, seed });
      expect(accepted).toEqual([]);
    }
  });

  test.each(['an interaction', 'widths must rise'])('finds what is true: %s', async (name) => {
    const { accepted, worstLoss, means } = await simulate(oracleOf(name), few, { ...drawn, seed: 101 });
    expect(accepted.some((one) => oracleOf(name).found!.test(one))).toBe(true);
    expect(worstLoss).toBeLessThan(few.margin);
    expect(means[1]).toBeLessThan(means[0]);
  });
});
