import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { wrapText } from './wrap-text.js';

test('wrapText(text, width) leaves lines that fit as they are and indents what it breaks', () => {
  expect(wrapText('a   b\n  one two three', 9)).toBe('a   b\n  one two\n  three');
});

test('wrapText(text, width) keeps all words in order, and only a word alone is wider', () => {
  const words = fc.array(fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom('a', 'b') }), { minLength: 1 });
  fc.assert(
    fc.property(words, fc.integer({ min: 1, max: 20 }), (list, width) => {
      const lines = wrapText(list.join(' '), width).split('\n');
      expect(lines.join(' ')).toBe(list.join(' '));
      for (const line of lines) expect(line.length <= width || !line.includes(' ')).toBe(true);
    }),
  );
});
