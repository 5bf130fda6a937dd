import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { suggestion, unknownName } from './index.js';

const spaces = ['AnyNetX-A', 'AnyNetX-B', 'AnyNetX-C', 'RegNetX', 'RegNetY'];

test.each([
  ['RegNetx', spaces, 'RegNetX'],
  ['regnety', spaces, 'RegNetY'],
  ['RegNet', spaces, 'RegNetX'],
  ['AnyNetX-b', spaces, 'AnyNetX-B'],
  ['AnyNet-C', spaces, 'AnyNetX-C'],
  ['blcoks', ['blocks', 'stems'], 'blocks'],
  ['stem', ['blocks', 'stems'], 'stems'],
  ['hihg', ['low', 'high'], 'high'],
  ['w0', ['w_a', 'w_0'], 'w_0'],
  ['WA', ['w_a', 'w_0'], 'w_a'],
  ['W0', ['w_0', 'w0'], 'w0'],
  ['silu', ['relu'], undefined],
  ['xy', ['yx'], 'yx'],
  ['z', ['x', 'y'], undefined],
  ['mnist', ['cifar10', 'synthetic'], undefined],
  ['', ['x'], undefined],
  ['x', [], undefined],
])('suggestion(%j, %j) is %j', (name, known, expected) => {
  expect(suggestion(name, known)).toBe(expected);
});

test('suggestion(name, known) is a known name, and the name itself where it is known', () => {
  fc.assert(
    fc.property(fc.string(), fc.array(fc.string()), (name, known) => {
      const found = suggestion(name, known);
      if (found !== undefined) expect(known).toContain(found);
      if (known.includes(name)) expect(found?.toLowerCase()).toBe(name.toLowerCase());
    }),
  );
});

test('unknownName(name, known) suggests, and lists what is known', () => {
  expect(unknownName('bsic', ['x', 'basic'])).toEqual({
    problem: 'got "bsic"; did you mean "basic"?',
    expected: 'x, basic',
  });
  expect(unknownName('z', ['x', 'basic'])).toEqual({ problem: 'got "z"', expected: 'x, basic' });
});
