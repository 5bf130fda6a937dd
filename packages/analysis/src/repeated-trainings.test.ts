import { describe, expect, test } from '@jest/globals';
import { openRandom } from '@netspace/random';
import type { ArmAnalysis } from '@netspace/contracts';
import { expectedErrors } from './expected-errors.js';
import { analyseStudy } from './index.js';
import { madeArm, type MadeNetwork, madeStudy } from './testing.js';

const analysed = (...networks: readonly MadeNetwork[]): ArmAnalysis =>
  analyseStudy(madeStudy([madeArm('A', networks)])).arms[0]!;

describe('the repeatability of an arm', () => {
  test('divides the variance between networks and trainings, and says how many trainings a ranking takes', () => {
    // Mean squares: within 2, between 32; so 15 of 17 of the variance is the networks', and 2 trainings give 30 of 32.
    const { repeatability } = analysed({ error: [1, 3] }, { error: [5, 7] }, { error: [9, 11] });
    expect(repeatability).toMatchObject({
      networks: 3,
      within: expect.closeTo(Math.SQRT2, 12),
      between: expect.closeTo(Math.sqrt(15), 12),
      reliability: { value: expect.closeTo(15 / 17, 12) },
      trainingsForReliableRanking: 2,
    });
  });

  test('of networks that are alike but for rounding no number of trainings tells a ranking', () => {
    // Mean squares: within 2, between 2 (1 + 1e-10)^2, so that 1 of 1e10 of the variance is the networks'.
    const apart = Math.SQRT2 * (1 + 1e-10);
    const { repeatability } = analysed({ error: [1, 3] }, { error: [1 + apart, 3 + apart] });
    expect(repeatability).toMatchObject({
      reliability: { value: expect.closeTo(1e-10, 14) },
      trainingsForReliableRanking: null,
    });
  });

  test('leaves out networks that did not learn, and is null where none was trained twice', () => {
    const untrained = { error: [80, 90], trainLoss: 2.2, epochs: [80] };
    const twice = [{ error: [1, 3] }, { error: [5, 7] }, { error: [9, 11] }];
    const { repeatability } = analysed(...twice, { error: [20, 'diverged'] }, untrained);
    expect(repeatability).toEqual(analysed(...twice).repeatability);
    expect(analysed({ error: 5 }, { error: 7 }).repeatability).toBeNull();
  });
});

describe('the expected error of a network', () => {
  test('is drawn towards the mean by the reliability of its error', () => {
    // Mean of the networks' means 6; reliability of two trainings 15 / (15 + 2 / 2).
    const { networks } = analysed({ error: [1, 3] }, { error: [5, 7] }, { error: [9, 11] });
    expect(networks.map(({ expectedError }) => expectedError!.error)).toEqual(
      [2, 6, 10].map((error) => expect.closeTo(6 + (15 / 16) * (error - 6), 12)),
    );
    // Of the middle network, at the mean: its own variance, and that of the mean of three.
    const { low, high } = networks[1]!.expectedError!.interval;
    expect((high - low) / 2).toBeCloseTo(1.959963984540054 * Math.sqrt(15 / 16 + (1 / 16) ** 2 * (16 / 3)), 9);
    // Of the outer ones, the shrinkage is uncertain besides: 2 / 3 + 2 / 2 of its square.
    const outer = networks[0]!.expectedError!.interval;
    const variance = 15 / 16 + (1 / 16) ** 2 * (16 / 3 + 16 * (2 / 3 + 1));
    expect((outer.high - outer.low) / 2).toBeCloseTo(1.959963984540054 * Math.sqrt(variance), 9);
  });

  test('of the best of many is covered by its interval, which its own mean with an interval of its noise is not', () => {
    const random = openRandom(2, 'selection');
    const learned = { diverged: false, untrained: false };
    let [shrunk, plain] = [0, 0];
    const runs = 500;
    for (let run = 0; run < runs; run++) {
      const truths = Array.from({ length: 40 }, () => 50 + 2 * random.normal());
      const trained = truths.map((truth, index) => {
        const errors = Array.from({ length: index < 20 ? 2 : 1 }, () => truth + 2 * random.normal());
        return { error: errors.reduce((sum, error) => sum + error, 0) / errors.length, errors, ...learned };
      });
      const best = trained.reduce((lowest, one, index) => (one.error < trained[lowest]!.error ? index : lowest), 0);
      const [truth, { error, errors }] = [truths[best]!, trained[best]!];
      const { low, high } = expectedErrors(trained)[best]!.interval;
      if (low <= truth && truth <= high) shrunk++;
      if (Math.abs(error - truth) <= (1.96 * 2) / Math.sqrt(errors.length)) plain++;
    }
    // Four standard errors below 95 %.
    expect(shrunk / runs).toBeGreaterThan(0.95 - 0.039);
    expect(plain / runs).toBeLessThan(0.8);
  });

  test('is null where no network was trained twice, and of networks that did not learn', () => {
    expect(analysed({ error: 5 }, { error: 7 }).networks[0]!.expectedError).toBeNull();
    const { networks } = analysed({ error: [1, 3] }, { error: [5, 7] }, { error: ['diverged', 9] });
    expect(networks.map(({ expectedError }) => expectedError === null)).toEqual([false, false, true]);
  });
});

describe('the networks that did not learn', () => {
  test('are those whose last training loss is above 90 % of the loss of chance, ln 10 here', () => {
    const { counts, networks } = analysed(
      { error: 60, epochs: [70, 60], trainLoss: 0.89 * Math.log(10) },
      { error: 80, epochs: [85, 80], trainLoss: 0.91 * Math.log(10) },
      { error: 'diverged', epochs: [90], trainLoss: 5 },
      { error: 50 },
    );
    expect(counts).toMatchObject({ trained: 4, completed: 3, untrained: 1, diverged: 1 });
    expect(networks.filter(({ untrained }) => untrained).map(({ error }) => error)).toEqual([80]);
  });

  test('are not told where the loss of chance is not known', () => {
    const arm = madeArm('A', [{ error: 80, epochs: [80], trainLoss: 9 }]);
    expect(analyseStudy(madeStudy([{ ...arm, chanceLoss: null }])).arms[0]!.counts.untrained).toBeNull();
  });
});

describe('the ranking after each epoch', () => {
  /** Networks whose errors after the first epoch stand in reverse, after the second nearly as in the end. */
  const networks = Array.from({ length: 40 }, (_, index) => ({
    error: index,
    epochs: [100 - index, index + (index % 2), index],
  }));

  test('is compared with that of the last; the first from which it is kept is told', () => {
    const { epochRankings, rankingEpoch } = analysed(...networks);
    expect(epochRankings.map(({ epoch, rankCorrelation }) => [epoch, rankCorrelation])).toEqual([
      [1, -1],
      [2, expect.closeTo(0.9991084206, 9)],
    ]);
    expect(rankingEpoch).toBe(2);
  });

  test('is none where histories differ in length, and no epoch keeps it where the interval reaches below 0.9', () => {
    expect(analysed(...networks, { error: 3, epochs: [3] }).epochRankings).toEqual([]);
    expect(analysed(...networks.slice(0, 5)).rankingEpoch).toBeNull();
  });
});

describe('networks with a validation error', () => {
  const chosen = analysed(
    { error: 10, validationError: 14 },
    { error: 12, validationError: 11 },
    { error: 11, validationError: 12 },
  );

  test('are ranked by it, and their test errors are told', () => {
    expect(chosen.chosenBy).toBe('validation');
    expect(chosen.networks.map(({ error }) => error)).toEqual([12, 11, 10]);
    expect(chosen.errors!.min).toBe(10);
  });

  test('give the test error to expect of the best of m by validation', () => {
    // Of pairs: (10, 12) -> 12, (10, 11) -> 11, (12, 11) -> 12.
    expect(chosen.bestOf.map(({ expected }) => expected)).toEqual(
      [11, 35 / 3, 12].map((error) => expect.closeTo(error, 12)),
    );
    expect(chosen.bestOf.map(({ median }) => median)).toEqual([12, 11, 11]);
  });

  test('are ranked by test errors where one of them has none', () => {
    const mixed = analysed({ error: 10, validationError: 14 }, { error: 12 });
    expect(mixed.chosenBy).toBe('test');
    expect(mixed.networks.map(({ error }) => error)).toEqual([10, 12]);
  });
});

test('of the first networks alone further trainings are asked for, where a study says so', () => {
  const arm = { ...madeArm('A', [{ error: [1, 2] }, { error: [3] }, { error: [5] }]), replicates: 2, replicated: 1 };
  expect(analyseStudy(madeStudy([arm])).arms[0]!.counts.trainings).toEqual({ done: 4, failed: 0, asked: 4 });
});
