import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson } from './canonical-json.js';
import { contentHash } from './content-hash.js';
import { digestOfText, hashOfText } from './hash-text.js';
import { sha256 } from './sha256.browser.js';

test("digestOfText(text), hashOfText(text) and, in a browser, sha256(text) are node:crypto's SHA-256", () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const expected = createHash('sha256').update(text, 'utf8');
      expect(hashOfText(text)).toBe(expected.copy().digest('hex'));
      const digest = expected.digest();
      expect(Buffer.from(digestOfText(text))).toEqual(digest);
      expect(Buffer.from(sha256(text))).toEqual(digest);
    }),
  );
});

test('canonicalJson(value) reads back as the value, whatever the order of its keys', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ noUnicodeString: false })), (value) => {
      const plain = JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
      const reversed = Object.fromEntries(Object.entries(plain).reverse());
      expect(JSON.parse(canonicalJson(plain))).toEqual(plain);
      expect(contentHash(reversed)).toBe(contentHash(plain));
    }),
  );
});

test('canonicalJson(value) has the keys of every map in order, also those that an object puts first', () => {
  const key = fc.oneof(
    fc.constantFrom('10', '9', '4294967294', '4294967295', '007', '-1', '__proto__', 'a'),
    fc.string(),
  );
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      tie('list'),
      tie('map'),
    ),
    list: fc.array(tie('value'), { maxLength: 3 }),
    map: fc.array(fc.tuple(key, tie('value')), { maxLength: 4 }).map(Object.fromEntries),
  }));
  const text = (one: unknown): string => {
    if (typeof one !== 'object' || one === null) return JSON.stringify(one);
    if (Array.isArray(one)) return `[${one.map(text).join()}]`;
    const entries = Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([name, inner]) => `${JSON.stringify(name)}:${text(inner)}`).join()}}`;
  };
  fc.assert(fc.property(value, (one) => expect(canonicalJson(one)).toBe(text(one))));
});

test.each([[NaN], [Infinity], [() => 1], [new Map()], [1n], [[undefined]]])('canonicalJson(%p) is refused', (value) => {
  expect(() => canonicalJson(value)).toThrow(TypeError);
});

test('canonicalJson(value) leaves out keys without a value, as JSON does', () => {
  expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
});
