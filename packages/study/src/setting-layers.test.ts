import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Layer, mergeLayers, type Path, placeOf, valueAt } from './setting-layers.js';

const keys = fc.constantFrom('a', 'b', 'c', 'name');
const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    fc.integer(),
    fc.array(fc.integer(), { maxLength: 2 }),
    fc.dictionary(keys, tie('tree'), { maxKeys: 4 }),
  ),
}));
const map = fc.dictionary(keys, tree, { maxKeys: 4 });

/** A file whose entries are layers: `file[index]` says a whole or one part. */
const file = fc.array(fc.record({ part: fc.array(keys, { maxLength: 2 }), value: map }), {
  minLength: 1,
  maxLength: 4,
});
const layersOf = (entries: readonly { part: string[]; value: unknown }[]): Layer[] =>
  entries.map(({ part, value }, index) => ({ place: [index, 'value'], part, value }));

/** The paths of everything in a value that is no map. */
function leavesOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, [...path, key]));
}

describe('mergeLayers(layers)', () => {
  test('of one whole is that value', () => {
    fc.assert(fc.property(map, (value) => expect(mergeLayers(layersOf([{ part: [], value }]))).toEqual(value)));
  });

  test('says what its last layer says', () => {
    fc.assert(
      fc.property(file, map, (entries, last) => {
        const merged = mergeLayers(layersOf([...entries, { part: ['a'], value: last }]));
        for (const leaf of leavesOf(last)) expect(valueAt(merged, ['a', ...leaf])).toEqual(valueAt(last, leaf));
      }),
    );
  });
});

describe('placeOf(layers, path)', () => {
  test('is where the file has the merged value, for every leaf', () => {
    fc.assert(
      fc.property(file, (entries) => {
        const layers = layersOf(entries);
        const merged = mergeLayers(layers);
        for (const leaf of leavesOf(merged)) {
          if (leaf.length === 0) continue;
          expect(valueAt(entries, placeOf(layers, leaf))).toEqual(valueAt(merged, leaf));
        }
      }),
    );
  });

  test('of what no layer says is in the last layer that says something around it', () => {
    const layers: Layer[] = [
      { place: [], part: [], value: { recipe: { epochs: 1 } } },
      { place: ['settings', 0], part: [], value: { stem: {} } },
    ];
    expect(placeOf(layers, ['recipe', 'batchSize'])).toEqual(['recipe', 'batchSize']);
    expect(placeOf(layers, ['regime'])).toEqual(['settings', 0, 'regime']);
  });
});
