import { describe, expect, test } from '@jest/globals';
import { InvalidInputError } from '@netspace/contracts';
import {
  bootstrapBest,
  correlation,
  edfAt,
  errorEdf,
  expectedBest,
  fitLine,
  fitSquareRoot,
  percentile,
  summarise,
  twoSampleKolmogorovSmirnov,
} from './index.js';

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
  ])('%s', (_, call, message) => {
    expect(call).toThrow(InvalidInputError);
    expect(call).toThrow(message);
  });
});
