import { describe, expect, test } from '@jest/globals';
import type { ArmAnalysis } from '@netspace/contracts';
import { analyseStudy } from './index.js';
import { madeArm, type MadeNetwork, madeStudy } from './testing.js';

const armOf = (networks: readonly MadeNetwork[]): ArmAnalysis =>
  analyseStudy(madeStudy([madeArm('A', networks)])).arms[0]!;

describe('the networks of an arm', () => {
  test('stand best first, diverged ones as 100 %; failed and missing ones are not among them', () => {
    const { networks, failures } = armOf([
      { error: 30 },
      { error: 'diverged' },
      { error: 'failed' },
      { error: 20 },
      { error: 'missing' },
    ]);
    expect(networks.map(({ network, error, diverged }) => [network.index, error, diverged])).toEqual([
      [3, 20, false],
      [0, 30, false],
      [1, 100, true],
    ]);
    expect(failures.map(({ networkId }) => networkId)).toEqual(['A-2']);
  });

  test('of equal errors, stand in the order of the population', () => {
    const { networks } = armOf([{ error: 5 }, { error: 5 }, { error: 4 }, { error: 5 }]);
    expect(networks.map(({ network }) => network.index)).toEqual([2, 0, 1, 3]);
  });

  test('have the mean error of their trainings, of which those without a result are left out', () => {
    const { networks, counts, failures } = armOf([
      { error: [10, 20, 30] },
      { error: [10, 'failed', 'missing'] },
      { error: ['diverged', 50, 'missing'] },
      { error: ['failed', 'missing', 'failed'] },
      { error: ['missing', 'missing', 'missing'] },
    ]);
    expect(networks.map(({ network, error, errors }) => [network.index, error, errors])).toEqual([
      [1, 10, [10, null, null]],
      [0, 20, [10, 20, 30]],
      [2, 75, [100, 50, null]],
    ]);
    expect(counts).toEqual({
      ...{ networks: 5, trained: 3, completed: 2, untrained: 0, diverged: 1, failed: 1, missing: 1 },
      trainings: { done: 6, failed: 3, asked: 15 },
    });
    expect(failures.map(({ networkId, replicate }) => `${networkId} ${replicate}`)).toEqual([
      'A-1 1',
      'A-3 0',
      'A-3 2',
    ]);
    // Each training of network i took 12 + i seconds.
    expect(networks.map(({ seconds }) => seconds)).toEqual([26, 36, 28]);
  });

  test('have the rule closest to their widths, block by block', () => {
    // 64, 128, 256, 256 are the widths of w_0 = 64, w_a = 64, w_m = 2.
    const [result] = armOf([{ error: 1, depths: [1, 1, 2], widths: [64, 128, 256] }]).networks;
    expect(result!.fit!.fitError).toBeLessThan(1e-9);
    expect(result!.fittedWidths).toEqual([64, 128, 256, 256]);
  });
});
