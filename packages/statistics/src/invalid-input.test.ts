import { describe, expect, test } from '@jest/globals';
import { InvalidInputError } from '@netspace/contracts';
import {
  bootstrapBest,
  bootstrapDifference,
  brunnerMunzel,
  correlation,
  dkwHalfWidth,
  edfBand,
  edfAt,
  errorEdf,
  expectedBest,
  fitLine,
  fitSquareRoot,
  hodgesLehmann,
  interquartileMean,
  ksHalfWidth,
  largestEdfDistance,
  learnedMillerBand,
  mannWhitney,
  pairedDifferences,
  percentile,
  probabilityOfImprovement,
  summarise,
  twoSampleKolmogorovSmirnov,
  varianceComponents,
  weightedEdf,
} from './index.js';

const two = { a: [1, 2], b: [3, 4], statistic: interquartileMean, seed: 1 };
const few = { values: [1, 2], errors: [3, 4], seed: 1 };

describe('input that has no answer is refused', () => {
  test.each<[string, () => unknown, string]>([
    ['errorEdf([])', () => errorEdf([]), 'errors: got 0 values (valid: at least 1)'],
    ['errorEdf([1, NaN])', () => errorEdf([1, NaN]), 'errors[1]: got NaN (valid: a finite number)'],
    ['edfAt([], 1)', () => edfAt([], 1), 'errors: got 0 values (valid: at least 1)'],
    ['edfAt([1], NaN)', () => edfAt([1], NaN), 'point[0]: got NaN (valid: a finite number)'],
    ['summarise([])', () => summarise([]), 'errors: got 0 values (valid: at least 1)'],
    ['summarise([Infinity])', () => summarise([Infinity]), 'errors[0]: got Infinity (valid: a finite number)'],
    ['KS([], [1])', () => twoSampleKolmogorovSmirnov([], [1]), 'a: got 0 values (valid: at least 1)'],
    ['KS([1], [NaN])', () => twoSampleKolmogorovSmirnov([1], [NaN]), 'b[0]: got NaN (valid: a finite number)'],
    ['percentile([], 5)', () => percentile([], 5), 'values: got 0 values (valid: at least 1)'],
    ['percentile([1], 101)', () => percentile([1], 101), 'p: got 101 (valid: a number from 0 to 100)'],
    ['percentile([1], NaN)', () => percentile([1], NaN), 'p: got NaN (valid: a number from 0 to 100)'],
    ['expectedBest([], 1)', () => expectedBest([], 1), 'errors: got 0 values (valid: at least 1)'],
    [
      'expectedBest([1, 2], 3)',
      () => expectedBest([1, 2], 3),
      'm: got 3 (valid: an integer from 1 to 2, the number of errors)',
    ],
    [
      'expectedBest([1, 2], 1.5)',
      () => expectedBest([1, 2], 1.5),
      'm: got 1.5 (valid: an integer from 1 to 2, the number of errors)',
    ],
    ['correlation([1], [1])', () => correlation([1], [1]), 'x: got 1 values (valid: at least 2)'],
    ['correlation([1, 2], [1])', () => correlation([1, 2], [1]), 'y: got 1 values (valid: 2, one for each x)'],
    [
      'correlation([1, 2], [4, 4])',
      () => correlation([1, 2], [4, 4]),
      'y: got 4 everywhere (valid: two different values or more)',
    ],
    [
      'fitLine([3, 3], [1, 2])',
      () => fitLine([3, 3], [1, 2]),
      'x: got 3 everywhere (valid: two different values or more)',
    ],
    [
      'fitSquareRoot([1, -4], [1, 2])',
      () => fitSquareRoot([1, -4], [1, 2]),
      'x[1]: got -4 (valid: a number of at least 0)',
    ],
    ['bootstrapBest: none', () => bootstrapBest({ ...few, values: [] }), 'values: got 0 values (valid: at least 1)'],
    [
      'bootstrapBest: NaN',
      () => bootstrapBest({ ...few, errors: [1, NaN] }),
      'errors[1]: got NaN (valid: a finite number)',
    ],
    [
      'bootstrapBest: other length',
      () => bootstrapBest({ ...few, errors: [1] }),
      'errors: got 1 values (valid: 2, one for each value)',
    ],
    [
      'bootstrapBest: share 0',
      () => bootstrapBest({ ...few, share: 0 }),
      'share: got 0 (valid: a number above 0 and at most 1)',
    ],
    [
      'bootstrapBest: no resample',
      () => bootstrapBest({ ...few, resamples: 0 }),
      'resamples: got 0 (valid: an integer of at least 1)',
    ],
    ['edfBand([])', () => edfBand([]), 'errors: got 0 values (valid: at least 1)'],
    ['edfBand([NaN])', () => edfBand([NaN]), 'errors[0]: got NaN (valid: a finite number)'],
    [
      'edfBand: confidence 95',
      () => edfBand([1], { confidence: 95 }),
      'confidence: got 95 (valid: a number above 0 and below 1)',
    ],
    ['dkwHalfWidth(0)', () => dkwHalfWidth(0, 0.5), 'n: got 0 (valid: an integer of at least 1)'],
    ['ksHalfWidth(1.5)', () => ksHalfWidth(1.5, 0.5), 'n: got 1.5 (valid: an integer of at least 1)'],
    [
      'learnedMillerBand: confidence 1',
      () => learnedMillerBand(3, 1),
      'confidence: got 1 (valid: a number above 0 and below 1)',
    ],
    [
      'probabilityOfImprovement([], [1])',
      () => probabilityOfImprovement([], [1]),
      'a: got 0 values (valid: at least 1)',
    ],
    ['mannWhitney([1], [NaN])', () => mannWhitney([1], [NaN]), 'b[0]: got NaN (valid: a finite number)'],
    ['brunnerMunzel([1], [])', () => brunnerMunzel([1], []), 'b: got 0 values (valid: at least 1)'],
    [
      'hodgesLehmann([Infinity], [1])',
      () => hodgesLehmann([Infinity], [1]),
      'a[0]: got Infinity (valid: a finite number)',
    ],
    [
      'hodgesLehmann: confidence 0',
      () => hodgesLehmann([1], [1], 0),
      'confidence: got 0 (valid: a number above 0 and below 1)',
    ],
    ['interquartileMean([])', () => interquartileMean([]), 'values: got 0 values (valid: at least 1)'],
    ['pairedDifferences([[1, 2]])', () => pairedDifferences([[1, 2]]), 'pairs: got 1 values (valid: at least 2)'],
    [
      'pairedDifferences: NaN',
      () =>
        pairedDifferences([
          [1, 2],
          [3, NaN],
        ]),
      'pairs[1][1]: got NaN (valid: a finite number)',
    ],
    ['varianceComponents([[1, 2]])', () => varianceComponents([[1, 2]]), 'table: got 1 groups (valid: at least 2)'],
    ['varianceComponents: empty', () => varianceComponents([[1, 2], []]), 'table[1]: got 0 values (valid: at least 1)'],
    [
      'varianceComponents([[1], [2]])',
      () => varianceComponents([[1], [2]]),
      'table: got one value in each group (valid: two or more in one of them)',
    ],
    [
      'weightedEdf: other length',
      () => weightedEdf({ errors: [1, 2], weights: [1] }),
      'weights: got 1 values (valid: 2, one for each error)',
    ],
    [
      'weightedEdf: below 0',
      () => weightedEdf({ errors: [1, 2], weights: [1, -1] }),
      'weights[1]: got -1 (valid: a number of at least 0)',
    ],
    [
      'weightedEdf: no weight',
      () => weightedEdf({ errors: [1], weights: [0] }),
      'weights: got 0 everywhere (valid: a weight above 0)',
    ],
    ['largestEdfDistance([], [])', () => largestEdfDistance([], []), 'a: got 0 steps (valid: at least 1)'],
    [
      'bootstrapDifference: no resample',
      () => bootstrapDifference({ ...two, resamples: 0 }),
      'resamples: got 0 (valid: an integer of at least 1)',
    ],
    [
      'bootstrapDifference: a statistic of NaN',
      () => bootstrapDifference({ ...two, statistic: () => NaN }),
      'got NaN (valid: a finite number)',
    ],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(InvalidInputError);
    expect(call).toThrow(message);
  });
});
