import { expect, test } from '@jest/globals';
import {
  formatCount,
  formatMegabytes,
  formatPercent,
  formatProbability,
  formatShare,
  formatSigned,
} from './format-number.js';

test.each([
  [formatCount(0), '0'],
  [formatCount(0.01234), '0.0123'],
  [formatCount(1.5), '1.5'],
  [formatCount(512), '512'],
  [formatCount(1024), '1.02k'],
  [formatCount(999_999), '1M'],
  [formatCount(4_211_402), '4.21M'],
  [formatCount(4e9), '4G'],
  [formatCount(3.0149e15), '3.01P'],
  [formatPercent(12.345), '12.35 %'],
  [formatShare(0.000123456), '0.0123 %'],
  [formatShare(1), '100 %'],
  [formatProbability(0.0324), '0.032'],
  [formatProbability(0.000041), '4.1e-5'],
  [formatSigned(-0.314), '−0.31'],
  [formatSigned(-0.001), '0.00'],
  [formatMegabytes(1_000_001), '2 MB'],
])('%s is written %s', (actual, expected) => {
  expect(actual).toBe(expected);
});
