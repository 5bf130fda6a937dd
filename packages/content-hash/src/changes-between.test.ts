import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { changesBetween } from './changes-between.js';
import { contentHash } from './content-hash.js';
import { describeChanges } from './describe-changes.js';

test.each([
  [{ a: 1 }, { a: 1 }, ''],
  [{ a: 1 }, { a: 2 }, 'a: 1 then, 2 now'],
  [{ a: { b: [1, { c: 'x' }] } }, { a: { b: [1, { c: 'y' }] } }, 'a.b[1].c: "x" then, "y" now'],
  [{ a: null }, {}, 'a: null then, absent now'],
  [{ a: [] }, { a: [1] }, 'a: [] then, absent now; a[0]: absent then, 1 now'],
  [{ a: { 'b.c': 1 } }, { a: { b: { c: 1 } } }, 'a.b.c: 1 then, absent now; a.b.c: absent then, 1 now'],
  [{ a: [1] }, { a: { 0: 1 } }, 'a[0]: 1 then, absent now; a.0: absent then, 1 now'],
  [{ 'd[1]': 3 }, { 'd[1]': 4 }, 'd[1]: 3 then, 4 now'],
  [{ hash: 'f'.repeat(64) }, { hash: '0'.repeat(64) }, 'hash: "fffffffffffffff…" then, "000000000000000…" now'],
  [
    [1, 2, 3, 4, 5, 6],
    [],
    '[0]: 1 then, absent now; [1]: 2 then, absent now; [2]: 3 then, absent now; [3]: 4 then, absent now; and 2 more',
  ],
])('the changes between %j and %j read "%s"', (before, now, text) => {
  expect(describeChanges(changesBetween(before, now))).toBe(text);
});

test('changesBetween(before, now, key) names what the values are called', () => {
  expect(changesBetween({ b: 1 }, { b: 2 }, 'a')).toEqual([{ key: 'a.b', before: 1, now: 2 }]);
  expect(changesBetween(1, 2, 'a')).toEqual([{ key: 'a', before: 1, now: 2 }]);
});

test('changesBetween(before, now) is empty exactly where both are the same JSON', () => {
  const json = fc.dictionary(fc.constantFrom('a', 'b', 'a.b', ''), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 2 });
  fc.assert(
    fc.property(json, json, (a, b) => {
      const [before, now] = [a, b].map((value) => JSON.parse(JSON.stringify(value)) as unknown);
      expect(changesBetween(before, before)).toEqual([]);
      expect(changesBetween(before, now).length === 0).toBe(contentHash(before) === contentHash(now));
    }),
  );
});
