import { describe, expect, test } from '@jest/globals';
import { InvalidInputError } from '@netspace/contracts';
import { bootstrapBest } from '@netspace/statistics';
import fc from 'fast-check';
import { analyseStudy, type StudyResults } from './index.js';
import { madeArm, madeLatencies, type MadeNetwork, type MadeOutcome, madeStudy, variedNetworks } from './testing.js';

const outcome = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: 0, max: 40 }).map((half) => half / 2) },
  fc.constantFrom<MadeOutcome>('diverged', 'failed', 'missing'),
);

const network = fc.record({
  error: fc.array(outcome, { minLength: 2, maxLength: 2 }),
  depths: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 2 }),
  flops: fc.integer({ min: 1, max: 9 }).map((millions) => millions * 1e6),
  acts: fc.integer({ min: 1, max: 9 }).map((thousands) => thousands * 1e3),
  parameters: fc.record({ b: fc.constantFrom(1, 2, 4), 'g[1]': fc.constantFrom(8, 16) }),
});

/** Studies of two arms, each network trained twice, with inference times. */
const studies = fc
  .array(fc.array(network, { minLength: 1, maxLength: 9 }), { minLength: 1, maxLength: 3 })
  .map((arms): StudyResults => {
    const made = arms.map((networks, index) => madeArm('ABC'[index]!, networks, index === 2 ? 'other' : 'base'));
    return { ...madeStudy(made), latencies: madeLatencies(made) };
  });

/** A parameter that says nothing of the error. */
const scattered = (error: number): number => (592 * error) % 101;

const few = { numRuns: 8 };

describe('analyseStudy(results)', () => {
  test('does not depend on the order of records or of a population’s networks', () => {
    fc.assert(
      fc.property(studies, fc.infiniteStream(fc.nat()), (study, order) => {
        const shuffled = <Item>(items: readonly Item[]): Item[] =>
          items
            .map((item) => ({ item, at: order.next().value as number }))
            .sort((a, b) => a.at - b.at)
            .map(({ item }) => item);
        const arms = study.arms.map((arm) => ({
          ...arm,
          records: shuffled(arm.records),
          population: { ...arm.population, networks: shuffled(arm.population.networks) },
        }));
        expect(analyseStudy({ ...study, arms })).toEqual(analyseStudy(study));
      }),
      few,
    );
  });

  test('holds plain JSON, and is the same of results that were JSON', () => {
    fc.assert(
      fc.property(studies, (study) => {
        const analysis = analyseStudy(study);
        expect(JSON.parse(JSON.stringify(analysis))).toEqual(analysis);
        expect(analyseStudy(JSON.parse(JSON.stringify(study)) as StudyResults)).toEqual(analysis);
      }),
      few,
    );
  });

  test('counts every network and every training once', () => {
    fc.assert(
      fc.property(studies, (study) => {
        analyseStudy(study).arms.forEach(({ counts, networks, failures, errors, bestOf }, index) => {
          const { population, records, replicates } = study.arms[index]!;
          expect(counts.trained + counts.failed + counts.missing).toBe(population.networks.length);
          expect(counts.completed + counts.diverged).toBe(counts.trained);
          expect([networks.length, errors?.n ?? 0, bestOf.length]).toEqual(new Array(3).fill(counts.trained));
          expect(counts.trainings.done + counts.trainings.failed).toBe(records.length);
          expect(counts.trainings.failed).toBe(failures.length);
          expect(counts.trainings.asked).toBe(Number(replicates) * population.networks.length);
        });
      }),
      few,
    );
  });

  test('its EDF rises from 0 to 1, its networks stand best first, its expected best falls from mean to minimum', () => {
    fc.assert(
      fc.property(studies, (study) => {
        for (const { edf, networks, bestOf, errors } of analyseStudy(study).arms) {
          edf.forEach((step, index) => expect(step.below).toBe(edf[index - 1]?.atMost ?? 0));
          edf.forEach(({ below, atMost }) => expect(atMost).toBeGreaterThan(below));
          expect(edf.at(-1)?.atMost ?? 1).toBe(1);
          const sorted = networks.map(({ error }) => error);
          expect(sorted).toEqual([...sorted].sort((a, b) => a - b));
          if (errors === null) continue;
          expect(bestOf[0]!.expected).toBeCloseTo(errors.mean, 9);
          expect(bestOf.at(-1)!.expected).toBeCloseTo(errors.min, 9);
        }
      }),
      few,
    );
  });

  // The figures of a report once said 4 of a parameter of which the analysis said 2: they drew from networks in another order.
  test('says the same of the best networks in whatever order they are', () => {
    const errors = Array.from({ length: 200 }, (_, index) => (index * 77) % 200);
    const rangeOf = (errors: readonly number[]): unknown =>
      bootstrapBest({ values: errors.map(scattered), errors, seed: 7 });
    const best = rangeOf(errors);
    expect(rangeOf([...errors].sort((a, b) => a - b))).toEqual(best);
    const arm = madeArm(
      'A',
      errors.map((error): MadeNetwork => ({ error, parameters: { x: scattered(error) } })),
    );
    for (const records of [arm.records, arm.records.toReversed()]) {
      expect(analyseStudy(madeStudy([{ ...arm, records }])).arms[0]!.parameters[0]!.best).toEqual(best);
    }
  });

  test('passes over records of networks and replicates that are not asked for', () => {
    const { records, ...arm } = madeArm('A', variedNetworks(6, 5));
    const others = madeArm('B', [{ error: 1 }]).records;
    const second = { ...records[0]!, replicate: 1 };
    expect(analyseStudy(madeStudy([{ ...arm, records: [...others, second, ...records] }]))).toEqual(
      analyseStudy(madeStudy([{ ...arm, records }])),
    );
  });

  test('of nothing trained holds counts and candidates, and nothing else', () => {
    const [arm] = analyseStudy(madeStudy([madeArm('A', [{ error: 'missing' }, { error: 'failed' }])])).arms;
    expect(arm).toMatchObject({
      counts: { networks: 2, trained: 0, failed: 1, missing: 1 },
      failures: [{ networkId: 'A-1', replicate: 0, message: 'out of memory' }],
      sampling: { drawn: 200 },
      ...{ networks: [], errors: null, edf: [], band: null, bestOf: [], parameters: [], trends: null, latencies: [] },
    });
  });

  test.each<[string, StudyResults, string]>([
    ['no arm', madeStudy([]), 'arms: got none (valid: at least one)'],
    [
      'a name twice',
      madeStudy([madeArm('A', []), madeArm('A', [])]),
      'arms: "A" is there twice (valid: distinct names)',
    ],
    [
      'a training with two records',
      madeStudy([madeArm('A', [{ error: 1 }])].map((arm) => ({ ...arm, records: [...arm.records, ...arm.records] }))),
      'records: two are of replicate 0 of network A-0 in A (valid: one a training)',
    ],
    [
      'a network without its fit',
      { ...madeStudy([madeArm('A', [{ error: 1 }])]), fits: {} },
      'fits.A-0: is not there (valid: the quantised-linear rule of every network that has a result)',
    ],
  ])('refuses %s', (_, study, message) => {
    expect(() => analyseStudy(study)).toThrow(InvalidInputError);
    expect(() => analyseStudy(study)).toThrow(message);
  });
});
