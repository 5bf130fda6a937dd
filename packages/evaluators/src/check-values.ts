import { InvalidInputError } from '@netspace/contracts';
import { z } from 'zod';

/** A number in a closed range; its message says what is valid. */
export function numberOf(low: number, high: number): z.ZodType<number> {
  const expected = high === Infinity ? `a number of at least ${low}` : `a number from ${low} to ${high}`;
  return z.number(expected).min(low, expected).max(high, expected);
}

/** An integer of at least `low`. */
export function integerFrom(low: number): z.ZodType<number> {
  const expected = `an integer of at least ${low}`;
  return z.int(expected).min(low, expected);
}

/**
 * A value that came from outside, as a schema wants it. The messages of the schema say what is valid.
 *
 * @throws InvalidInputError that names the first key that is wrong.
 */
export function checkValue<T>(schema: z.ZodType<T>, value: unknown): T {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  throw invalid(error.issues[0]!, value);
}

function invalid(issue: z.core.$ZodIssue, value: unknown): InvalidInputError {
  const key = z.core.toDotPath(issue.path);
  if (issue.code === 'unrecognized_keys') {
    const problem = `unknown key ${issue.keys.map((name) => JSON.stringify(name)).join(', ')}`;
    return new InvalidInputError({ ...(key === '' ? {} : { key }), problem, expected: issue.message });
  }
  const actual = issue.path.reduce<unknown>((inner, name) => (inner as Record<PropertyKey, unknown>)[name], value);
  const problem = actual === undefined ? 'missing' : `got ${textOf(actual)}`;
  return new InvalidInputError({ ...(key === '' ? {} : { key }), problem, expected: issue.message });
}

/** NaN and infinities, which are null in JSON, by their names. */
const textOf = (value: unknown): string => (typeof value === 'number' ? String(value) : JSON.stringify(value));
