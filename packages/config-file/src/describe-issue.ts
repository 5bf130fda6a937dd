import type { z } from 'zod';
import { knownKeys } from './known-keys.js';
import type { Issue } from './most-telling.js';
import { didYouMean } from './suggestion.js';
import type { YamlDocument } from './yaml-document.js';

/** What is wrong with the value at an issue's place, in one clause. */
export function problemOf(issue: Issue, document: YamlDocument, schema: z.ZodType): string {
  if (issue.code === 'unrecognized_keys') {
    return `unknown key${didYouMean(issue.keys[0] ?? '', knownKeys(schema, issue.path, document.value) ?? [])}`;
  }
  if (issue.code === 'custom') return issue.message;
  const text = document.textOf(issue.path);
  if (text === undefined) return 'missing';
  const value = valueAt(document.value, issue.path);
  return `got ${text}${typeof value === 'string' ? didYouMean(value, namesOf(issue)) : ''}`;
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, part) => (inner as Record<PropertyKey, unknown> | undefined)?.[part], value);
}

/** The names of which the value should be one. */
function namesOf(issue: Issue): string[] {
  const values = issue.code === 'invalid_value' ? issue.values : issue.code === 'invalid_union' ? optionsOf(issue) : [];
  return values.filter((value) => typeof value === 'string');
}

function optionsOf(issue: z.core.$ZodIssueInvalidUnion): readonly unknown[] {
  return 'options' in issue ? (issue.options ?? []) : [];
}

/** What would be valid there; undefined where the problem says it all. */
export function expectation(issue: Issue, schema: z.ZodType, value: unknown): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return kind(issue, knownKeys(schema, issue.path, value));
    case 'invalid_value':
      return issue.values.map(String).join(', ');
    case 'invalid_union':
      return alternatives(issue, schema, value);
    case 'too_small':
      return bound(issue, 'at least', 'above', issue.minimum);
    case 'too_big':
      return bound(issue, 'at most', 'below', issue.maximum);
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`;
    case 'unrecognized_keys':
      return knownKeys(schema, issue.path, value)?.join(', ');
    case 'custom':
      return typeof issue.params?.expected === 'string' ? issue.params.expected : undefined;
    default:
      return issue.message;
  }
}

/** Of a union that no alternative of fits: what each would take. */
function alternatives(issue: z.core.$ZodIssueInvalidUnion, schema: z.ZodType, value: unknown): string {
  const options = optionsOf(issue);
  if (options.length > 0) return options.map(String).join(', ');
  const kinds = issue.errors.map(([first]) => {
    return first && expectation({ ...first, path: [...issue.path, ...first.path] }, schema, value);
  });
  return [...new Set(kinds.filter((text) => text !== undefined))].join(', or ');
}

function kind(issue: z.core.$ZodIssueInvalidType, keys: readonly string[] | undefined): string {
  const { expected } = issue;
  // Given where it is a number after all, but infinite or NaN.
  if ('received' in issue && issue.received !== undefined) return 'a finite number';
  if (expected === 'int') return 'an integer';
  if (expected === 'array' || expected === 'tuple') return 'a list';
  if (expected === 'string') return 'text';
  if (expected === 'boolean') return 'true or false';
  if (expected !== 'object' && expected !== 'record') return `a ${expected}`;
  return keys === undefined ? 'a map of keys' : `a map of the keys ${keys.join(', ')}`;
}

type Bound = Pick<z.core.$ZodIssueTooSmall, 'origin' | 'inclusive' | 'exact'>;

function bound({ origin, inclusive, exact }: Bound, closed: string, open: string, limit: number | bigint): string {
  const relation = exact === true ? 'exactly' : inclusive === false ? open : closed;
  if (origin === 'array') return `${relation} ${limit} ${limit == 1 ? 'item' : 'items'}`;
  if (origin === 'string') return `${relation} ${limit} ${limit == 1 ? 'character' : 'characters'}`;
  const noun = origin === 'int' ? 'an integer' : 'a number';
  return inclusive === false ? `${noun} ${relation} ${limit}` : `${noun} of ${relation} ${limit}`;
}
