import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { armStyles } from './arm-styles.js';

describe('armStyles(names)', () => {
  test('gives each arm a name for files of its own, whatever the case of its letters', () => {
    const names = ['Net X', 'net-x', 'net-x-2', 'été', '!', '?', 'RegNetX', '../RegNetX'];
    const slugs = Object.values(armStyles(names)).map(({ slug }) => slug);
    expect(slugs).toEqual(['net-x', 'net-x-2', 'net-x-2-2', 't', 'arm', 'arm-2', 'regnetx', 'regnetx-2']);
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), (names) => {
        const slugs = Object.values(armStyles(names)).map(({ slug }) => slug);
        expect(new Set(slugs).size).toBe(names.length);
        for (const slug of slugs) expect(slug).toMatch(/^[a-z0-9-]+$/);
      }),
    );
  });

  test('tells 24 arms apart, lines by colour and dash, points by colour and shape', () => {
    const styles = Object.values(armStyles(Array.from({ length: 24 }, (_, index) => `arm ${index}`)));
    expect(new Set(styles.map(({ colour, dash }) => `${colour} ${dash.join(' ')}`)).size).toBe(24);
    expect(new Set(styles.map(({ colour, shape }) => `${colour} ${shape}`)).size).toBe(24);
  });
});
