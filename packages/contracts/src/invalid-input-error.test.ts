import { expect, test } from '@jest/globals';
import { InvalidInputError } from './index.js';

test.each([
  [{ problem: 'p' }, 'p'],
  [{ problem: 'p', expected: 'e' }, 'p (valid: e)'],
  [{ problem: 'p', file: 'f.yaml', line: 3 }, 'f.yaml:3: p'],
  [{ problem: 'p', key: 'a.b' }, 'a.b: p'],
  [{ problem: 'p', expected: 'e', file: 'f.yaml', line: 3, key: 'a.b' }, 'f.yaml:3: a.b: p (valid: e)'],
])('InvalidInputError(%j) reads "%s"', (input, message) => {
  const error = new InvalidInputError(input);
  expect(error.message).toBe(message);
  expect(error.input).toEqual(input);
});
