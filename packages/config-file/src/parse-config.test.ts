import { describe, expect, test } from '@jest/globals';
import { InvalidInputError } from '@netspace/contracts';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { z } from 'zod';
import { parseConfig, readConfig } from './index.js';

const schema = z.strictObject({
  name: z.string(),
  kind: z.enum(['x', 'y']).default('x'),
  stages: z.array(z.strictObject({ depth: z.int().min(1), width: z.number().positive().multipleOf(8) })).min(1),
  ranges: z.record(z.string(), z.tuple([z.number(), z.number()])).optional(),
  rate: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('flat'), base: z.number() }),
      z.strictObject({ kind: z.literal('step'), base: z.number(), factor: z.number() }),
    ])
    .optional(),
  data: z
    .union([
      z.strictObject({ name: z.literal('mnist') }),
      z.strictObject({ name: z.literal('synthetic'), classes: z.int().min(2) }),
    ])
    .optional(),
});

const valid = `# a comment
name: first
stages:
  - depth: 1
    width: 16
  - { depth: 2, width: 32 }
`;

function messageOf(text: string): string {
  try {
    parseConfig(text, 'study.yaml', schema);
  } catch (error) {
    if (error instanceof InvalidInputError) return error.message;
    throw error;
  }
  throw new Error('was accepted');
}

describe('parseConfig(text, file, schema)', () => {
  test('returns the value with defaults', () => {
    expect(parseConfig(valid, 'study.yaml', schema)).toEqual({
      name: 'first',
      kind: 'x',
      stages: [
        { depth: 1, width: 16 },
        { depth: 2, width: 32 },
      ],
    });
  });

  test.each([
    [
      'a value of the wrong type',
      valid.replace('16', 'wide'),
      'study.yaml:5: stages[0].width: got "wide" (valid: a number)',
    ],
    [
      'a number too small',
      valid.replace('depth: 1', 'depth: 0'),
      'study.yaml:4: stages[0].depth: got 0 (valid: a number of at least 1)',
    ],
    [
      'a number not above a bound',
      valid.replace('16', '-8'),
      'study.yaml:5: stages[0].width: got -8 (valid: a number above 0)',
    ],
    ['no multiple', valid.replace('32', '33'), 'study.yaml:6: stages[1].width: got 33 (valid: a multiple of 8)'],
    [
      'no integer',
      valid.replace('depth: 2', 'depth: 2.5'),
      'study.yaml:6: stages[1].depth: got 2.5 (valid: an integer)',
    ],
    ['an unknown name', `${valid}kind: z\n`, 'study.yaml:7: kind: got "z" (valid: x, y)'],
    [
      'an unknown key',
      `${valid}kinds: x\n`,
      'study.yaml:7: kinds: unknown key (valid: name, kind, stages, ranges, rate, data)',
    ],
    [
      'an unknown inner key',
      valid.replace('    width', '    widht: 8\n    width'),
      'study.yaml:5: stages[0].widht: unknown key (valid: depth, width)',
    ],
    ['a missing key', valid.replace('name: first\n', ''), 'study.yaml:2: name: missing (valid: a string)'],
    [
      'a missing inner key',
      valid.replace('    width: 16\n', ''),
      'study.yaml:4: stages[0].width: missing (valid: a number)',
    ],
    ['an empty list', 'name: a\nstages: []\n', 'study.yaml:2: stages: got [] (valid: at least 1 items)'],
    [
      'a bad value of a record',
      `${valid}ranges:\n  w: [8, wide]\n`,
      'study.yaml:8: ranges.w[1]: got "wide" (valid: a number)',
    ],
    [
      'a bad value in an alternative',
      `${valid}data: { name: synthetic, classes: 1 }\n`,
      'study.yaml:7: data.classes: got 1 (valid: a number of at least 2)',
    ],
    [
      'an unknown key of the named alternative',
      `${valid}rate: { kind: step, base: 1, faktor: 2 }\n`,
      'study.yaml:7: rate.faktor: unknown key (valid: kind, base, factor)',
    ],
    [
      'bad syntax',
      'name: [\n',
      'study.yaml:2: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    ['an empty file', '', 'study.yaml: got null (valid: a map of keys)'],
  ])('%s: names file, line, key, value and what is valid', (_, text, message) => {
    expect(messageOf(text)).toBe(message);
  });

  test('any text is accepted or refused with an InvalidInputError, never anything else', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.anything().map((value) => safeYaml(value)),
        ),
        (text) => {
          try {
            parseConfig(text, 'f.yaml', schema);
          } catch (error) {
            expect(error).toBeInstanceOf(InvalidInputError);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

function safeYaml(value: unknown): string {
  try {
    return stringify(value ?? null);
  } catch {
    return '';
  }
}

test('readConfig of a file that is not there names it', () => {
  expect(() => readConfig('no/such.yaml', schema)).toThrow(/^no\/such\.yaml: cannot be read: ENOENT/);
});
