import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { parseConfig, quantitySchema } from './index.js';

const schema = z.strictObject({ flops: quantitySchema });

test.each([
  ['4M', 4_000_000],
  ['1.5G', 1_500_000_000],
  ['80k', 80_000],
  ['2T', 2e12],
  ['50e6', 50_000_000],
  ['"50e6"', 50_000_000],
  ['5e-1M', 500_000],
  ['1.1M', 1_100_000],
  ['.5k', 500],
  ['4 M', 4_000_000],
  ['12', 12],
  ['-3k', -3000],
])('quantitySchema reads %s', (text, value) => {
  expect(parseConfig(`flops: ${text}`, 'f.yaml', schema)).toEqual({ flops: value });
});

test.each([
  ['4X', '"4X"'],
  ['4MM', '"4MM"'],
  ['4m', '"4m"'],
  ['k', '"k"'],
  ['"1e400"', '"1e400"'],
  ['four', '"four"'],
  ['""', '""'],
])('quantitySchema refuses %s and says what is valid', (text, shown) => {
  expect(() => parseConfig(`flops: ${text}`, 'f.yaml', schema)).toThrow(
    `f.yaml:1: flops: got ${shown} (valid: a number, or one with k, M, G or T behind it: 80k, 4M, 1.5G, 50e6)`,
  );
});

test.each([['.inf'], ['true'], ['[1]']])('quantitySchema refuses %s as it stands', (text) => {
  expect(() => parseConfig(`flops: ${text}`, 'f.yaml', schema)).toThrow(`f.yaml:1: flops: got ${text} (valid: a`);
});

test('quantitySchema takes the limits of what it is piped into', () => {
  const positive = z.strictObject({ flops: quantitySchema.pipe(z.number().positive()) });
  expect(() => parseConfig('flops: -4M', 'f.yaml', positive)).toThrow(
    'f.yaml:1: flops: got "-4M" (valid: a number above 0)',
  );
});

test('quantitySchema reads thousands with k, exactly', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e9 }), (thousandths) => {
      const text = `${Math.floor(thousandths / 1000)}.${String(thousandths % 1000).padStart(3, '0')}`;
      expect(quantitySchema.parse(`${text}k`)).toBe(thousandths);
    }),
  );
});
