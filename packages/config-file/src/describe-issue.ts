import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** What is wrong with the value at an issue's place, in one clause. */
export function problemOf(issue: Issue, value: unknown): string {
  if (issue.code === 'unrecognized_keys') return 'unknown key';
  if (issue.code === 'custom') return issue.message;
  if (value === undefined) return 'missing';
  return `got ${JSON.stringify(value)}`;
}

/** What would be valid there; undefined where the problem says it all. */
export function expectation(issue: Issue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return article(issue.expected);
    case 'invalid_value':
      return issue.values.map(String).join(', ');
    case 'too_small':
      return bound(issue.origin, issue.inclusive === false ? 'above' : 'at least', issue.minimum);
    case 'too_big':
      return bound(issue.origin, issue.inclusive === false ? 'below' : 'at most', issue.maximum);
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`;
    case 'unrecognized_keys':
      return undefined;
    case 'custom':
      return typeof issue.params?.expected === 'string' ? issue.params.expected : undefined;
    default:
      return issue.message;
  }
}

function article(type: string): string {
  if (type === 'int') return 'an integer';
  if (type === 'array') return 'a list';
  if (type === 'object' || type === 'record') return 'a map of keys';
  return `a ${type}`;
}

function bound(origin: string, relation: string, limit: number | bigint): string {
  if (origin === 'array') return `${relation} ${limit} items`;
  if (origin === 'string') return `${relation} ${limit} characters`;
  return `${origin === 'int' ? 'an integer' : 'a number'} of ${relation} ${limit}`.replace(/of (above|below)/, '$1');
}
