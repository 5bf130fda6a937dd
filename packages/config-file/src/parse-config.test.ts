import { describe, expect, test } from '@jest/globals';
import { InvalidInputError } from '@netspace/contracts';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { z } from 'zod';
import { parseConfig } from './index.js';

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
  width: z.union([z.number(), z.strictObject({ low: z.number(), high: z.number() })]).optional(),
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
      'study.yaml:7: kinds: unknown key; did you mean "kind"? (valid: name, kind, stages, ranges, rate, data, width)',
    ],
    [
      'an unknown inner key',
      valid.replace('    width', '    widht: 8\n    width'),
      'study.yaml:5: stages[0].widht: unknown key; did you mean "width"? (valid: depth, width)',
    ],
    ['a missing key', valid.replace('name: first\n', ''), 'study.yaml:2: name: missing (valid: text)'],
    [
      'a missing inner key',
      valid.replace('    width: 16\n', ''),
      'study.yaml:4: stages[0].width: missing (valid: a number)',
    ],
    ['an empty list', 'name: a\nstages: []\n', 'study.yaml:2: stages: got [] (valid: at least 1 item)'],
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
      'study.yaml:7: rate.faktor: unknown key; did you mean "factor"? (valid: kind, base, factor)',
    ],
    [
      'bad syntax',
      'name: [\n',
      'study.yaml:2: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    [
      'an unknown key of the alternative that the value names',
      `${valid}data: { name: mnist, classes: 2 }\n`,
      'study.yaml:7: data.classes: unknown key (valid: name)',
    ],
    [
      'a name that no alternative has',
      `${valid}data: { name: mnits }\n`,
      'study.yaml:7: data.name: got "mnits"; did you mean "mnist"? (valid: mnist, synthetic)',
    ],
    [
      'a discriminator that no alternative has',
      `${valid}rate: { kind: stop }\n`,
      'study.yaml:7: rate.kind: got "stop"; did you mean "step"? (valid: flat, step)',
    ],
    ['a missing discriminator', `${valid}rate: {}\n`, 'study.yaml:7: rate.kind: missing (valid: flat, step)'],
    [
      'a value of no kind that a union takes',
      `${valid}width: [1]\n`,
      'study.yaml:7: width: got [1] (valid: a number, or a map of the keys low, high)',
    ],
    [
      'a bad value in the one alternative of its kind',
      `${valid}width: { low: 1, high: wide }\n`,
      'study.yaml:7: width.high: got "wide" (valid: a number)',
    ],
    [
      'an unknown key in the one alternative of its kind',
      `${valid}width: { low: 1, hihg: 2 }\n`,
      'study.yaml:7: width.hihg: unknown key; did you mean "high"? (valid: low, high)',
    ],
    [
      'a value where keys are due',
      'name: a\nstages: [3]\n',
      'study.yaml:2: stages[0]: got 3 (valid: a map of the keys depth, width)',
    ],
    ['keys where a value is due', 'name:\n  a: 1\nstages: []\n', 'study.yaml:1: name: got a map of keys (valid: text)'],
    ['an empty value', 'name:\nstages: []\n', 'study.yaml:1: name: got nothing (valid: text)'],
    [
      'an empty file',
      '',
      'study.yaml: got nothing (valid: a map of the keys name, kind, stages, ranges, rate, data, width)',
    ],
    ['a key twice', `${valid}name: again\n`, 'study.yaml:7: a key is there twice; the keys of a map are distinct'],
    ['a second document', `${valid}---\n${valid}`, 'study.yaml:7: holds more than one document'],
    ['a key that is a list', '[a]: 1\n', 'study.yaml:1: a key is a list or a map; only text can be a key'],
    ['an alias inside its anchor', `${valid}ranges: &r { w: *r }\n`, 'study.yaml:7: *r stands inside &r'],
    [
      'a merge key without a map',
      `${valid}ranges: { <<: 3 }\n`,
      'study.yaml:7: <<: got 3 (valid: a map, an alias of one, or a list of them)',
    ],
    [
      'a merge key of an anchor that is not there',
      `${valid}ranges:\n  <<: *nope\n`,
      'study.yaml:8: <<: got *nope (valid: a map, an alias of one, or a list of them)',
    ],
  ])('%s: names file, line, key, value and what is valid', (_, text, message) => {
    expect(messageOf(text)).toBe(message);
  });

  test.each([
    ['.inf', 'a finite number'],
    ['-.INF', 'a finite number'],
    ['1e400', 'a finite number'],
    ['.nan', 'a finite number'],
    ['true', 'a number'],
    ['~', 'a number'],
    ['"8"', 'a number'],
    ['{ a: 1 }', 'a number'],
    ["[ 1,  'b' ]", 'a number'],
  ])('shows %s as it stands in the file', (value, expected) => {
    const shown = value.replace(/ +/g, ' ');
    expect(messageOf(valid.replace('16', value))).toBe(
      `study.yaml:5: stages[0].width: got ${shown} (valid: ${expected})`,
    );
  });

  test('shows the beginning of a long value', () => {
    const long = 'wide '.repeat(100);
    expect(messageOf(valid.replace('16', long))).toBe(
      `study.yaml:5: stages[0].width: got "${long.slice(0, 59)}…" (valid: a number)`,
    );
  });

  test('passes over a byte order mark, and counts lines as ever', () => {
    expect(parseConfig(`\ufeff${valid}`, 'study.yaml', schema)).toEqual(parseConfig(valid, 'study.yaml', schema));
    expect(messageOf(`\ufeff${valid.replace('16', 'wide')}`)).toMatch(/^study\.yaml:5: stages\[0\]\.width: got "wide"/);
  });

  test('follows merge keys, one or a list, the earlier before the later', () => {
    const items = z.array(z.record(z.string(), z.number()));
    const text = '- &a { x: 1, y: 1 }\n- &b { y: 2, z: 2 }\n- <<: [*a, *b]\n  x: 3\n- { <<: *b }\n';
    expect(parseConfig(text, 'f.yaml', items)).toEqual([
      { x: 1, y: 1 },
      { y: 2, z: 2 },
      { x: 3, y: 1, z: 2 },
      { y: 2, z: 2 },
    ]);
  });

  test('names the line where a merged value stands', () => {
    const numbers = z.looseObject({ b: z.record(z.string(), z.number()) });
    const text = 'a: &a\n  x: wide\nb:\n  <<: *a\n  y: 1\n';
    expect(() => parseConfig(text, 'f.yaml', numbers)).toThrow('f.yaml:2: b.x: got "wide" (valid: a number)');
  });

  test.each([
    ['yes', true],
    ['On', true],
    ['no', false],
    ['OFF', false],
    ['true', true],
  ])('reads %s in version 1.1 as PyYAML does', (text, value) => {
    expect(parseConfig(`on: ${text}`, 'f.yaml', z.strictObject({ on: z.boolean() }), '1.1')).toEqual({ on: value });
  });

  test('reads yes in version 1.2 as text', () => {
    expect(parseConfig('yes', 'f.yaml', z.unknown())).toBe('yes');
  });

  const nested: readonly [string, (levels: number) => string][] = [
    ['lists', (levels) => '['.repeat(levels) + ']'.repeat(levels)],
    ['maps', (levels) => '{ a: '.repeat(levels) + '}'.repeat(levels)],
    ['indicators', (levels) => `${'- '.repeat(levels)}a`],
    ['explicit keys', (levels) => `${'? '.repeat(levels)}a`],
    ['lines', (levels) => Array.from({ length: levels }, (_, level) => `${' '.repeat(level)}a:`).join('\n')],
    ['open brackets', (levels) => '['.repeat(levels)],
  ];
  test.each(nested)('refuses hundreds of nested %s', (_, textOf) => {
    for (const levels of [300, 2000]) {
      expect(() => parseConfig(textOf(levels), 'f.yaml', z.unknown())).toThrow('f.yaml: is nested too deeply');
    }
  });

  test('reads fifty levels, and brackets in text, comments and block scalars without end', () => {
    const brackets = '['.repeat(500);
    expect(JSON.stringify(parseConfig('['.repeat(50) + ']'.repeat(50), 'f.yaml', z.unknown()))).toHaveLength(100);
    const text = `a: "${brackets}" # ${brackets}\nb: |\n  ${brackets}\n`;
    expect(parseConfig(text, 'f.yaml', z.unknown())).toEqual({ a: brackets, b: `${brackets}\n` });
  });

  test('refuses aliases that would exhaust the memory', () => {
    const lines = Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]\n`);
    expect(() => parseConfig(`a0: &a0 [1]\n${lines.join('')}`, 'f.yaml', z.unknown())).toThrow(
      /^f\.yaml: Excessive alias count/,
    );
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
