import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { nameProblem, repeatedName } from './name-schema.js';
import { settingLabel } from './setting-label.js';
import { basename, win32 } from 'node:path';

describe('nameProblem(name)', () => {
  test('a name is the last part of itself as a path, on every system', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[\w./\\: -]{1,8}$/)), (name) => {
        if (nameProblem(name) !== undefined) return;
        expect([basename(name), win32.basename(name), name.trim()]).toEqual([name, name, name]);
        expect(['.', '..', '']).not.toContain(name);
      }),
    );
  });
});

test('repeatedName(names) is the first that an earlier one equals but for case', () => {
  expect(repeatedName(['a', 'B', 'b', 'A'])).toBe('b');
  expect(repeatedName(['a', 'b'])).toBeUndefined();
});

describe('settingLabel(part, value)', () => {
  test.each([
    [['block'], 'vr', 'block=vr'],
    [['recipe', 'precision'], 'bfloat16', 'precision=bfloat16'],
    [['stages'], [3, 4], 'stages=3-4'],
    [['dataset'], { name: 'mnist', trainImages: 100 }, 'dataset=mnist, trainImages=100'],
    [['recipe', 'learningRate'], { schedule: 'step', epochs: [1, 2] }, 'learningRate=step, epochs=1-2'],
    [['recipe', 'movingAverage'], {}, 'movingAverage'],
    [['regime'], {}, 'regime=any'],
    [['regime'], { flops: ['360M', 400e6] }, 'flops=360M-400M'],
    [['regime'], { acts: { min: '2.5k' } }, 'acts=from 2.5k'],
    [['key'], [1, { toString: null }, ['a']], 'key=1-__toString__null_-__a__'],
    [['dataset', 'directory'], './photos', 'directory=._photos'],
  ])('%j %j is %s', (part, value, label) => {
    expect(settingLabel(part, value)).toBe(label);
  });

  test('has no character that a name may not have', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(settingLabel(['key'], value)).toMatch(/^[\w .,=+-]*$/);
      }),
    );
  });
});
