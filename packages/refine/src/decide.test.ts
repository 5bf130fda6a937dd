import { describe, expect, test } from '@jest/globals';
import { decide } from './decide.js';

const question = { threshold: 1, confidence: 0.975, most: 100 };

function comparison(low: number, effect: number, high: number, pairs: number) {
  return { effect, interval: { low, high }, pairs, explained: 0.5 };
}

describe('decide(comparison, question)', () => {
  test.each([
    ['helps', comparison(-3, -2, -1, 12), 'accepted', 'helps'],
    ['loses less than the margin', comparison(-0.8, 0, 0.8, 40), 'accepted', 'loses nothing, by the margin'],
    ['costs the margin', comparison(1.1, 2, 2.9, 12), 'rejected', 'costs the margin'],
    ['may cost it, and few pairs are there', comparison(-1, 1.2, 3.4, 15), undefined, undefined],
    [
      'may cost it, within its error',
      comparison(-3, 1.2, 5.4, 24),
      'undecided',
      expect.stringMatching(/^given up: would take at least \d+ pairs$/),
    ],
    [
      'is measured to cost it, beyond its error',
      comparison(0.7, 1.7, 2.7, 24),
      'undecided',
      'given up: measured above the margin',
    ],
    ['is near, with some pairs to go', comparison(-1.2, 0.1, 1.4, 40), undefined, undefined],
    ['is near, within its error', comparison(-0.55, 0.45, 1.45, 60), undefined, undefined],
    [
      'is too near',
      comparison(-1.1, 0.9, 2.9, 40),
      'undecided',
      expect.stringMatching(/^given up: would take at least \d+ pairs$/),
    ],
    [
      'has had its pairs',
      comparison(-1.2, 0.1, 1.4, 100),
      'undecided',
      expect.stringMatching(/^would take about \d+ pairs; 100 were allowed$/),
    ],
    [
      'is the threshold after its pairs, nearly',
      comparison(-1, 0.9999, 3, 100),
      'undecided',
      'would take too many pairs; 100 were allowed',
    ],
    ['costs more after its pairs', comparison(-1, 1.1, 3.2, 100), 'undecided', 'measured above the margin'],
  ])('a proposal that %s', (_, compared, verdict, reason) => {
    expect(decide(compared, question)).toEqual(verdict === undefined ? undefined : { verdict, reason });
  });

  test('asks of one that must help that it is better', () => {
    const helps = { ...question, threshold: 0 };
    expect(decide(comparison(-0.8, 0, 0.8, 12), helps)).toBeUndefined();
    expect(decide(comparison(-0.8, -0.4, -0.1, 12), helps)?.verdict).toBe('accepted');
    expect(decide(comparison(0.1, 0.4, 0.8, 12), helps)).toEqual({ verdict: 'rejected', reason: 'costs' });
  });
});
