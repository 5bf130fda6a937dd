import { InvalidInputError } from '@netspace/contracts';

/** @throws InvalidInputError where there are fewer than `atLeast` values or one of them is not a finite number. */
export function checkValues(name: string, values: readonly number[], atLeast = 1): void {
  if (values.length < atLeast) {
    throw new InvalidInputError({ key: name, problem: `got ${values.length} values`, expected: `at least ${atLeast}` });
  }
  for (let i = 0; i < values.length; i++) {
    if (!Number.isFinite(values[i])) fail(`${name}[${i}]`, values[i]!, 'a finite number');
  }
}

/** {@link checkValues} for two lists of numbers that belong together in pairs. */
export function checkPairs(x: readonly number[], y: readonly number[], atLeast: number): void {
  checkValues('x', x, atLeast);
  checkValues('y', y);
  if (x.length !== y.length) fail('y', `${y.length} values`, `${x.length}, one for each x`);
}

/** @throws InvalidInputError where all values are the same. */
export function checkVaries(name: string, values: readonly number[]): void {
  if (values.every((value) => value === values[0]))
    fail(name, `${values[0]} everywhere`, 'two different values or more');
}

/** @throws InvalidInputError where a confidence is not between 0 and 1. */
export function checkConfidence(confidence: number): void {
  if (!(confidence > 0 && confidence < 1)) fail('confidence', confidence, 'a number above 0 and below 1');
}

/** @throws InvalidInputError where a number of values is none. */
export function checkSize(n: number): void {
  if (!(Number.isInteger(n) && n >= 1)) fail('n', n, 'an integer of at least 1');
}

/** @throws InvalidInputError that says what was got and what would be valid. */
export function fail(key: string, got: string | number, expected: string): never {
  throw new InvalidInputError({ key, problem: `got ${got}`, expected });
}
