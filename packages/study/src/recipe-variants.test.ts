import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { smallStudy, StudyFolder } from './fixtures/study-folder.js';
import { armsOf, ownRecipe, recipeVariants } from './index.js';

let folder: StudyFolder;
beforeEach(() => {
  folder = new StudyFolder();
});
afterEach(() => folder.remove());

describe('recipeVariants(study, networks)', () => {
  test('has the own recipe first, then each rate without a warm-up and with one; the own is there once', async () => {
    const study = recipeVariants(await folder.read(smallStudy), 3);
    expect([study.name, study.networks]).toEqual(['small-recipes', 3]);
    expect(
      study.settings.map(({ name, recipe: { learningRate, warmup } }) => [name, learningRate.base, warmup.epochs]),
    ).toEqual([
      [ownRecipe, 0.1, 1],
      ['rate 0.05, no warm-up', 0.05, 0],
      ['rate 0.05, warm-up 1', 0.05, 1],
      ['rate 0.1, no warm-up', 0.1, 0],
      ['rate 0.2, no warm-up', 0.2, 0],
      ['rate 0.2, warm-up 1', 0.2, 1],
    ]);
    expect(new Set(armsOf(study).map(({ name }) => name)).size).toBe(12);
  });

  test('trains each network once, and all of them', async () => {
    const rules = 'replicates: 2\nreplicated: 1\nstop: { halfWidth: 1 }\n';
    const study = recipeVariants(await folder.read(`${smallStudy}${rules}`), 2);
    expect(study.replicates).toBe(1);
    expect(['replicated', 'stop'].filter((key) => Object.hasOwn(study, key))).toEqual([]);
  });

  test('keeps what else a recipe says, and every setting of the study', async () => {
    const settings = 'settings: [{ name: a }, { name: b, recipe: { epochs: 2, warmup: { epochs: 0.5 } } }]\n';
    const study = recipeVariants(await folder.read(`${smallStudy}${settings}`), 2);
    const names = study.settings.map(({ name }) => name);
    expect(names).toContain(`a, ${ownRecipe}`);
    // With half an epoch of warm-up, all six are others than the own.
    expect(names.filter((name) => name.startsWith('b, '))).toHaveLength(7);
    expect(study.settings.filter(({ name }) => name.startsWith('b, ')).every(({ recipe }) => recipe.epochs === 2)).toBe(
      true,
    );
  });
});
