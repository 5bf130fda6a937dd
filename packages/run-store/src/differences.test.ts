import { contentHash } from '@netspace/content-hash';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { differences } from './index.js';

test.each([
  [{ a: 1 }, { a: 1 }, []],
  [{ a: 1 }, { a: 2 }, ['a: 1 then, 2 now']],
  [{ a: { b: [1, { c: 'x' }] } }, { a: { b: [1, { c: 'y' }] } }, ['a.b[1].c: "x" then, "y" now']],
  [{ a: null }, {}, ['a: null then, absent now']],
  [{ a: [] }, { a: [1] }, ['a: [] then, absent now', 'a[0]: absent then, 1 now']],
  [{ a: { 'b.c': 1 } }, { a: { b: { c: 1 } } }, ['a.b.c: 1 then, absent now', 'a.b.c: absent then, 1 now']],
  [{ a: [1] }, { a: { 0: 1 } }, ['a[0]: 1 then, absent now', 'a.0: absent then, 1 now']],
  [{ 'd[1]': 3 }, { 'd[1]': 4 }, ['d[1]: 3 then, 4 now']],
  [{ hash: 'f'.repeat(64) }, { hash: '0'.repeat(64) }, ['hash: "fffffffffffffff… then, "000000000000000… now']],
])('differences(%j, %j) are %j', (then, now, expected) => {
  expect(differences(then, now)).toEqual(expected);
});

test('differences(then, now) is empty exactly where both are the same JSON', () => {
  const json = fc.dictionary(fc.constantFrom('a', 'b', 'a.b', ''), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 2 });
  fc.assert(
    fc.property(json, json, (a, b) => {
      const [then, now] = [a, b].map((value) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>);
      expect(differences(then!, then!)).toEqual([]);
      expect(differences(then!, now!).length === 0).toBe(contentHash(then) === contentHash(now));
    }),
  );
});
