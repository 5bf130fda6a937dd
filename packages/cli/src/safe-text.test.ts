import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { safeText } from './safe-text.js';

test.each([
  ['a\tb\nc', 'a\tb\nc'],
  ['\u001b[2Jhost\u0007', '\\x1b[2Jhost\\x07'],
  ['10%\r20%', '10%\\x0d20%'],
  ['\u009b31m', '\\x9b31m'],
  ['redis://host:6379/2', 'redis://host:6379/2'],
  ["unknown option '--queue=rediss://lab:a@b@host'", "unknown option '--queue=rediss://***@host'"],
])('%j is printed as %j', (text, printed) => {
  expect(safeText(text)).toBe(printed);
});

test('what is printed has no control character, and is not changed again', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const printed = safeText(text);
      expect(printed).not.toMatch(/[^\P{Cc}\t\n]/u);
      expect(safeText(printed)).toBe(printed);
    }),
  );
});
