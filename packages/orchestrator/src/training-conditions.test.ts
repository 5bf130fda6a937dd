import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { fixture } from './fixtures/netspace.js';
import { RunFolder } from './run-folder.js';
import { readStudy } from './study.js';
import { changesSince, conditionsOf, recipeHash, writeConditions } from './training-conditions.js';

const directory = mkdtempSync(join(tmpdir(), 'netspace-'));
afterAll(() => rmSync(directory, { recursive: true }));

const study = readStudy(fixture('tiny.yaml'));
const before = conditionsOf(study, 'reference');

describe('recipeHash(conditions)', () => {
  test('is of recipe, dataset, engine, seed and modules, not of what is drawn', () => {
    const others = [
      conditionsOf({ ...study, seed: 2 }, 'reference'),
      conditionsOf({ ...study, recipe: { ...study.recipe, epochs: 3 } }, 'reference'),
      conditionsOf({ ...study, dataset: { name: 'mnist' } }, 'reference'),
      conditionsOf({ ...study, blocks: ['depthwise-block.mjs'] }, 'reference'),
      conditionsOf(study, 'native'),
    ];
    expect(new Set([before, ...others].map(recipeHash)).size).toBe(6);
    expect(recipeHash(conditionsOf({ ...study, name: 'other', networks: 9 }, 'reference'))).toBe(recipeHash(before));
  });
});

describe('changesSince(folder, hash, conditions)', () => {
  const folder = new RunFolder(directory);
  beforeAll(() => writeConditions(folder, before));

  test('names what differs, a module by its path', () => {
    const recipe = { ...study.recipe, epochs: 3, preciseStatistics: { images: 64 } };
    const now = conditionsOf({ ...study, seed: 2, recipe, blocks: ['./depthwise-block.mjs'] }, 'native');
    expect(changesSince(folder, recipeHash(before), now)).toBe(
      '; changed since: seed, recipe.epochs, engine, recipe.preciseStatistics.images, ./depthwise-block.mjs',
    );
  });

  test('says nothing where it was not written down what the hash stands for', () => {
    expect(changesSince(folder, 'f8e464808926', before)).toBe('');
  });
});
