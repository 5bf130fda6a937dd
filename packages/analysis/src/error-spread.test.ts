import { expect, test } from '@jest/globals';
import { errorSpread } from './index.js';
import { madeArm } from './testing.js';

test('errorSpread(arms) pools variances within arms and within networks, whatever their means', () => {
  const arms = [
    madeArm('A', [{ error: [10, 13] }, { error: [16, 16] }, { error: [13, 14] }]),
    madeArm('B', [{ error: 50 }, { error: 58 }]),
  ];
  const { total, within, networks } = errorSpread(arms)!;
  // Of the first trainings 10, 16, 13 and 50, 58: squares 18 and 32 with 2 and 1 degrees of freedom.
  expect(total).toBeCloseTo(Math.sqrt(50 / 3), 12);
  // Squares 4.5, 0 and 0.5 with one degree of freedom each.
  expect(within).toBeCloseTo(Math.sqrt(5 / 3), 12);
  expect(networks).toBe(5);
});

test('errorSpread(arms) leaves out what diverged, failed, did not learn or is missing', () => {
  const lost = [
    { error: 'diverged' as const },
    { error: 'failed' as const },
    { error: 'missing' as const },
    { error: [80, 90], trainLoss: 2.2, epochs: [80] },
  ];
  const learned = [{ error: 10 }, { error: 14 }];
  expect(errorSpread([madeArm('A', [...learned, ...lost])])).toEqual({
    ...{ total: Math.sqrt(8), within: null, networks: 2 },
  });
});

test('errorSpread(arms) is null where no arm has two networks, and where no error differs', () => {
  expect(errorSpread([madeArm('A', [{ error: 10 }]), madeArm('B', [{ error: 20 }])])).toBeNull();
  expect(errorSpread([madeArm('A', [{ error: 10 }, { error: 10 }])])).toBeNull();
});
