import type { Recipe } from '@netspace/contracts';
import type { Setting, Study } from './study.js';

/** The name of the study's own recipe among its variants. */
export const ownRecipe = 'own recipe';

/** By what the base of the learning rate is multiplied. */
const rateFactors = [0.5, 1, 2] as const;

/** Epochs of warm-up. */
const warmups = [0, 1] as const;

/**
 * A study of a study's recipe: its first networks, trained by the recipe as it is, and with half and twice the learning
 * rate, each without a warm-up and with one of one epoch from a tenth of the rate. Every recipe is a setting; where the study
 * has settings of its own, each of them times every recipe.
 *
 * @param networks - Of each space.
 * @example
 * import { mkdtempSync, writeFileSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * import { newStudyText, readStudy, recipeVariants } from '@netspace/study';
 * const file = join(mkdtempSync(join(tmpdir(), 'study-')), 'study.yaml');
 * writeFileSync(file, newStudyText('first'));
 * const variants = recipeVariants(await readStudy(file), 8);
 * [variants.name, variants.networks]; // => ['first-recipes', 8]
 * variants.settings[0]?.name; // => 'own recipe'
 */
export function recipeVariants(study: Study, networks: number): Study {
  const { seed, engine, evaluator, plugins, file, place, loaded } = study;
  return {
    ...{ seed, engine, evaluator, plugins, file, place, loaded },
    ...{ name: `${study.name}-recipes`, networks, replicates: 1, compare: 'first', matched: false, claims: [] },
    settings: study.settings.flatMap((setting) =>
      variantsOf(setting.recipe).map(([name, recipe]): Setting => ({
        ...setting,
        name: study.settings.length === 1 ? name : `${setting.name}, ${name}`,
        recipe,
      })),
    ),
  };
}

function variantsOf(recipe: Recipe): [name: string, recipe: Recipe][] {
  const variants = rateFactors.flatMap((factor) =>
    warmups.map((epochs): [string, Recipe] => {
      const base = Number((factor * recipe.learningRate.base).toPrecision(12));
      const name = `rate ${base}, ${epochs === 0 ? 'no warm-up' : 'warm-up 1'}`;
      const warmup = epochs === 0 ? { ...recipe.warmup, epochs } : { epochs, factor: 0.1 };
      return [name, { ...recipe, learningRate: { ...recipe.learningRate, base }, warmup }];
    }),
  );
  const isOwn = ([, { learningRate, warmup }]: [string, Recipe]): boolean =>
    learningRate.base === recipe.learningRate.base &&
    warmup.epochs === recipe.warmup.epochs &&
    (warmup.epochs === 0 || warmup.factor === recipe.warmup.factor);
  return [[ownRecipe, recipe], ...variants.filter((variant) => !isOwn(variant))];
}
