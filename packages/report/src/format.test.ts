import { expect, test } from '@jest/globals';
import { compact, duration, percent, probability, sharePercent, signed } from './format.js';

test.each([
  [compact(0), '0'],
  [compact(0.01234), '0.0123'],
  [compact(1.5), '1.5'],
  [compact(512), '512'],
  [compact(1024), '1.02k'],
  [compact(999_999), '1M'],
  [compact(4_211_402), '4.21M'],
  [compact(4e9), '4G'],
  [percent(12.345), '12.35 %'],
  [sharePercent(0.000123456), '0.0123 %'],
  [sharePercent(1), '100 %'],
  [probability(0.0324), '0.032'],
  [probability(0.000041), '4.1e-5'],
  [signed(-0.314), '−0.31'],
  [signed(-0.001), '0.00'],
  [duration(4.24), '4.2 s'],
  [duration(200), '3 min 20 s'],
])('%s is written %s', (actual, expected) => {
  expect(actual).toBe(expected);
});
