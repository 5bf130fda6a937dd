import { describe, expect, test } from '@jest/globals';
import type { SampledNetwork } from '@netspace/contracts';
import { checkMemory, type MemoryPlan, mostMemory } from './memory-plan.js';

/** Networks of 300, 900 and 600 MB, and processes of 100 MB. */
const plan: MemoryPlan = {
  networks: [300, 900, 600].map((megabytes, index) => ({
    arm: 'A',
    network: { id: `net${index}`, index } as SampledNetwork,
    bytes: megabytes * 1e6,
  })),
  processBytes: 100e6,
};

describe('mostMemory(plan, workers)', () => {
  test.each([
    [1, 100 + 1000],
    [2, 100 + 1000 + 700],
    [3, 100 + 1000 + 700 + 400],
    [8, 100 + 1000 + 700 + 400],
  ])('%d workers meet the largest networks: %d MB', (workers, megabytes) => {
    expect(mostMemory(plan, workers)).toBe(megabytes * 1e6);
  });
});

describe('checkMemory(plan, workers, limit)', () => {
  test('passes what just fits', () => {
    expect(() => checkMemory(plan, 2, 1800e6)).not.toThrow();
  });

  test('names the demand, the limit, the largest network, and the workers that fit', () => {
    expect(() => checkMemory(plan, 3, 1800e6)).toThrow(
      '--workers: 3 at once may need 2200 MB, but there are 1800 MB; the largest network, net1 of A, takes 900 MB ' +
        '(valid: --workers 2, or a smaller recipe.batchSize or regime.acts)',
    );
  });

  test('says what one worker needs where not even one fits', () => {
    expect(() => checkMemory(plan, 3, 1000e6)).toThrow(
      '(valid: a smaller recipe.batchSize or regime.acts; one worker needs 1100 MB)',
    );
  });
});
