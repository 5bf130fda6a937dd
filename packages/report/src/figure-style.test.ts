import { describe, expect, test } from '@jest/globals';
import { madeArm } from '@netspace/analysis/testing';
import { figureStyle } from './figure-style.js';
import { analysisOf } from './fixtures/made-analyses.js';

describe('figureStyle(analysis)', () => {
  test('its error axis spans what completed, not what diverged', () => {
    const { errorScale } = figureStyle(
      analysisOf(madeArm('A', [{ error: 20 }, { error: 'diverged' }]), madeArm('B', [{ error: 30 }])),
    );
    expect(errorScale.type).toBe('linear');
    expect(errorScale.domain[0]).toBeCloseTo(19.6, 9);
    expect(errorScale.domain[1]).toBeCloseTo(30.4, 9);
  });

  test('has a style for each arm', () => {
    expect(Object.keys(figureStyle(analysisOf(madeArm('A', []), madeArm('B', []))).arms)).toEqual(['A', 'B']);
  });
});
