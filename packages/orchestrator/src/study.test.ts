import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readStudy } from './study.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'netspace-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const minimal = `name: mine
spaces: [AnyNetX-A]
networks: 4
regime: { flops: [1e6, 2e6] }
dataset: { name: mnist }
recipe: {}
`;

function write(text: string): string {
  const file = join(folder, 'study.yaml');
  writeFileSync(file, text);
  return file;
}

describe('readStudy(file)', () => {
  test('fills in defaults and resolves spaces by name, by definition and by file', () => {
    writeFileSync(join(folder, 'narrow.yaml'), 'name: narrow\nextends: AnyNetX-E\nparameters: { w: { high: 64 } }\n');
    const spaces =
      'spaces: [AnyNetX-A, { name: slim, extends: RegNetX, parameters: { w_m: { value: 2 } } }, ./narrow.yaml]';
    const study = readStudy(write(minimal.replace('spaces: [AnyNetX-A]', spaces)));
    expect(study.spaces.map(({ name }) => name)).toEqual(['AnyNetX-A', 'slim', 'narrow']);
    expect(study).toMatchObject({ seed: 1, engine: 'auto', stem: { type: 'res_stem_cifar', width: 16 } });
    expect(study.regime).toEqual({ flops: { low: 1e6, high: 2e6 } });
    expect(study.recipe.optimizer.momentum).toBe(0.9);
  });

  test.each([
    [
      'an unknown space',
      minimal.replace('AnyNetX-A', 'AnyNetX-Z'),
      /study\.yaml.*spaces\[0\]: there is no design space AnyNetX-Z \(valid: AnyNetX-A, /,
    ],
    [
      'a range the wrong way round',
      minimal.replace('[1e6, 2e6]', '[2e6, 1e6]'),
      /study\.yaml:4: regime\.flops: the low end is above the high end/,
    ],
    [
      'an unknown dataset',
      minimal.replace('mnist', 'imagenet'),
      /study\.yaml:5: dataset\.name: got "imagenet" \(valid: mnist, cifar10, synthetic\)/,
    ],
    [
      'an unknown key',
      `${minimal}epochs: 3\n`,
      /study\.yaml:7: epochs: unknown key \(valid: name, seed, spaces, blocks, networks, regime, stem, dataset, recipe, engine\)/,
    ],
    [
      'an unknown key of the recipe',
      minimal.replace('recipe: {}', 'recipe: { epoch: 3 }'),
      /study\.yaml:6: recipe\.epoch: unknown key \(valid: epochs, batchSize, /,
    ],
    ['an unknown engine', `${minimal}engine: cuda\n`, /study\.yaml:7: engine: got "cuda" \(valid: auto, native, /],
    ['a space twice', minimal.replace('[AnyNetX-A]', '[AnyNetX-A, AnyNetX-A]'), /spaces: "AnyNetX-A" is there twice/],
    [
      'a bad range in a space',
      minimal.replace('[AnyNetX-A]', '[{ name: a, extends: AnyNetX-A, parameters: { w: { low: 64, high: 8 } } }]'),
      /study\.yaml:2: spaces\[0\]\.parameters\.w\.low: /,
    ],
    [
      'a missing module',
      `${minimal}blocks: [./block.mjs]\n`,
      /study\.yaml: blocks\[0\]: there is no file .*block\.mjs \(valid: the path of a module/,
    ],
    [
      'a missing folder of images',
      minimal.replace('mnist', 'cifar10'),
      /dataset\.directory: no folder is given \(valid: --data DIR/,
    ],
  ])('%s: says where it is and what is valid', (_, text, message) => {
    expect(() => readStudy(write(text))).toThrow(message);
  });
});
