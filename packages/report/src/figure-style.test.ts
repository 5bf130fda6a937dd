import { describe, expect, test } from '@jest/globals';
import { InvalidInputError } from '@netspace/contracts';
import { madeSpace, madeStudy } from './fixtures/made-study.js';
import { viewStudy } from './study-view.js';

describe('viewStudy', () => {
  test('orders networks by error, counts diverged ones as 100 % and sets failed ones aside', () => {
    const study = madeStudy([
      madeSpace('A', [{ error: 30 }, { error: 'diverged' }, { error: 'failed' }, { error: 20 }]),
    ]);
    const space = viewStudy(study).spaces[0]!;
    expect(space.networks.map(({ network }) => network.index)).toEqual([3, 0, 1]);
    expect(space.errors).toEqual([20, 30, 100]);
    expect(space.completed.map(({ error }) => error)).toEqual([20, 30]);
    expect(space.failed.map(({ network }) => network.index)).toEqual([2]);
  });

  test('its error axis spans what completed, not what diverged', () => {
    const { errorScale } = viewStudy(
      madeStudy([madeSpace('A', [{ error: 20 }, { error: 30 }, { error: 'diverged' }])]),
    );
    expect(errorScale.type).toBe('linear');
    expect(errorScale.domain[0]).toBeCloseTo(19.6, 9);
    expect(errorScale.domain[1]).toBeCloseTo(30.4, 9);
  });

  test('gives each space a colour and a name for files of its own', () => {
    const names = ['Net X', 'net-x', 'été', '!', 'RegNetX'];
    const { spaces } = viewStudy(madeStudy(names.map((name) => madeSpace(name, [{ error: 1 }]))));
    expect(spaces.map(({ slug }) => slug)).toEqual(['net-x-1', 'net-x-2', 't', '-4', 'regnetx']);
    expect(new Set(spaces.map(({ colour }) => colour)).size).toBe(5);
  });

  test.each([
    ['no space', [], 'spaces: got none (valid: at least one)'],
    ['a name twice', ['A', 'A'], 'spaces: "A" is there twice (valid: distinct names)'],
  ])('refuses %s', (_, names, message) => {
    const view = (): unknown => viewStudy(madeStudy(names.map((name) => madeSpace(name, [{ error: 1 }]))));
    expect(view).toThrow(InvalidInputError);
    expect(view).toThrow(message);
  });
});
