import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { checkOutcome } from './check-outcome.js';

const percent = fc.double({ min: 0, max: 100, noNaN: true });
const epochs = fc
  .uniqueArray(fc.integer({ min: 1, max: 100 }))
  .chain((numbers) =>
    fc.tuple(
      ...numbers
        .sort((a, b) => a - b)
        .map((epoch) => fc.record({ epoch: fc.constant(epoch), testError: percent, seconds: percent })),
    ),
  );
const outcomes = fc.record({
  status: fc.constant('completed'),
  error: percent,
  top5Error: fc.option(percent),
  validationError: fc.option(percent),
  epochs,
  seconds: percent,
  imagesPerSecond: fc.option(percent),
});

test('checkOutcome(outcome) returns a sound outcome as it is', () => {
  fc.assert(fc.property(outcomes, (outcome) => expect(checkOutcome(outcome)).toEqual(outcome)));
});

test('checkOutcome(outcome) refuses every error that is no percentage, by its name', () => {
  const wrong = fc.oneof(
    fc.double({ max: -Number.MIN_VALUE }),
    fc.double({ min: 100, minExcluded: true }),
    fc.constantFrom(NaN, '1', [], {}),
  );
  fc.assert(
    fc.property(outcomes, wrong, fc.constantFrom('error', 'top5Error', 'validationError'), (outcome, value, key) => {
      expect(() => checkOutcome({ ...outcome, [key]: value })).toThrow(
        new RegExp(`^${key}: got .* \\(valid: a number from 0 to 100\\)$`),
      );
    }),
  );
});

const sound = { status: 'completed', error: 12, seconds: 1 };

test('checkOutcome(outcome) fills in what was not measured', () => {
  const nothing = { top5Error: null, validationError: null, epochs: [], imagesPerSecond: null };
  expect(checkOutcome(sound)).toEqual({ ...sound, ...nothing });
});

test.each<[unknown, string]>([
  [undefined, 'missing (valid: an object of status, error'],
  [12, 'got 12 (valid: an object of status, error'],
  [{ ...sound, error: NaN }, 'error: got NaN (valid: a number from 0 to 100)'],
  [{ ...sound, error: undefined }, 'error: missing'],
  [{ ...sound, status: 'failed' }, 'status: got "failed" (valid: completed, diverged)'],
  [{ ...sound, status: 'diverged' }, 'error: got 12 (valid: 100, where a training diverged)'],
  [{ ...sound, seconds: Infinity }, 'seconds: got Infinity (valid: a number of at least 0)'],
  [{ ...sound, network: {} }, 'unknown key "network"'],
  [{ ...sound, epochs: [{ epoch: 1, testError: 101, seconds: 1 }] }, 'epochs[0].testError: got 101'],
])('checkOutcome(%j) is refused: %s', (outcome, message) => {
  expect(() => checkOutcome(outcome)).toThrow(message);
});
