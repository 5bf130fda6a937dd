import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { fileNameOf } from './file-name-of.js';

/** Names of every kind: any code units, and those that are hard to keep apart. */
const names = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 }).map((codes) => String.fromCharCode(...codes)),
  fc.string({ unit: fc.constantFrom('a', 'A', '/', '+', '~', '@', '.', '2', 'e', '\\', ' ', 'é', '\0') }),
  fc.constantFrom('', '.', '..', '../../evil', 'a/b', 'CON', 'nul.txt', 'com1', 'x'.repeat(400), 'X'.repeat(400)),
);

describe('fileNameOf(name)', () => {
  test.each([
    'AnyNetX-A',
    'MyNet',
    'AnyNetX-E',
    'RegNetY',
    'RegNetX-wide',
    'quickstart',
    'my_space',
    'noise=high',
    'width-8.5',
    'error-edf',
    'widths-of-networks-AnyNetX-A',
    '0123abcdef',
  ])('leaves the ordinary name %s as it is', (name) => {
    expect(fileNameOf(name)).toBe(name);
  });

  test.each([
    ['noise=high/RegNetX', 'noise=high+RegNetX'],
    ['', '~'],
    ['..', '~2e~2e'],
    ['../../evil', '~2e.+..+evil'],
    ['.hidden', '~2ehidden'],
    ['C:\\x', 'C~3a~5cx'],
    ['a b', 'a~20b'],
    ['größer', 'gr~f6~dfer'],
    ['漢', '~u6f22'],
    ['a\0b', 'a~00b'],
    ['con', '~63on'],
    ['nul.tar', '~6eul.tar'],
  ])('%j becomes %s', (name, fileName) => {
    expect(fileNameOf(name)).toBe(fileName);
  });

  test('is distinct for distinct names, also where case is ignored, as long as they do not differ in case alone', () => {
    fc.assert(
      fc.property(names, names, (a, b) => {
        fc.pre(a.toLowerCase() !== b.toLowerCase());
        expect(fileNameOf(a).toLowerCase()).not.toBe(fileNameOf(b).toLowerCase());
      }),
      { numRuns: 500 },
    );
  });

  test('is a file name on every system: short, ASCII, no path, no device of Windows', () => {
    fc.assert(
      fc.property(names, (name) => {
        const fileName = fileNameOf(name);
        expect(fileName).toMatch(/^[A-Za-z0-9\-_=,+~@](?:[A-Za-z0-9\-_=,+~@.]{0,119}[A-Za-z0-9\-_=,+~@])?$/);
        expect(fileName).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
      }),
      { numRuns: 500 },
    );
  });

  test('a long name keeps its beginning and is told apart by its end', () => {
    const [a, b] = [`${'x'.repeat(300)}a`, `${'x'.repeat(300)}b`];
    expect(fileNameOf(a).startsWith('x'.repeat(60))).toBe(true);
    expect(fileNameOf(a)).not.toBe(fileNameOf(b));
  });
});
