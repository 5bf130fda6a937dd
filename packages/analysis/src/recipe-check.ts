import type { Interval, NetworkResult, StudyAnalysis } from '@netspace/contracts';
import { percentile, shareInterval } from '@netspace/statistics';

/** How networks fared by one recipe. */
export interface RecipeOutcome {
  /** Name of the setting. */
  readonly recipe: string;
  /** With a result. */
  readonly networks: number;
  /** Of these, that diverged or did not learn. */
  readonly untrained: number;
  /** Where the share of such networks lies, with 95 % confidence (Clopper and Pearson). */
  readonly share: Interval;
  /** Of test errors, per cent. */
  readonly median: number;
  readonly mean: number;
  /** Depths, in blocks, of the networks that did not train, and of those that did; empty where a depth is not known. */
  readonly depths: { readonly untrained: readonly number[]; readonly trained: readonly number[] };
}

/**
 * Whether recipes let a population train: the outcome of each setting, over its spaces, in their order.
 *
 * @example
 * import { analyseStudy, recipeOutcomes } from '@netspace/analysis';
 * import { madeArm, madeStudy } from '@netspace/analysis/testing';
 * const analysis = analyseStudy(madeStudy([madeArm('A', [{ error: 12 }, { error: 'diverged' }])]));
 * recipeOutcomes(analysis).map(({ networks, untrained }) => [networks, untrained]); // => [[2, 1]]
 */
export function recipeOutcomes({ arms }: Pick<StudyAnalysis, 'arms'>): RecipeOutcome[] {
  return [...new Set(arms.map(({ setting }) => setting))].flatMap((recipe) => {
    const results = arms.filter(({ setting }) => setting === recipe).flatMap(({ networks }) => networks);
    return results.length === 0 ? [] : [outcomeOf(recipe, results)];
  });
}

function outcomeOf(recipe: string, results: readonly NetworkResult[]): RecipeOutcome {
  const errors = results.map(({ error }) => error);
  const lost = results.filter(isLost);
  return {
    recipe,
    networks: results.length,
    untrained: lost.length,
    share: shareInterval(lost.length, results.length),
    median: percentile(errors, 50),
    mean: errors.reduce((sum, error) => sum + error, 0) / errors.length,
    depths: { untrained: depthsOf(lost), trained: depthsOf(results.filter((result) => !isLost(result))) },
  };
}

function isLost({ diverged, untrained }: NetworkResult): boolean {
  return diverged || untrained;
}

function depthsOf(results: readonly NetworkResult[]): number[] {
  return results.flatMap(({ network: { config } }) =>
    config === null ? [] : [config.stages.reduce((sum, { depth }) => sum + depth, 0)],
  );
}

/** The recipe by which the fewest networks do not train, and of those the one of the lowest median error. */
export function bestRecipe(outcomes: readonly RecipeOutcome[]): RecipeOutcome | undefined {
  return [...outcomes].sort((a, b) => a.untrained / a.networks - b.untrained / b.networks || a.median - b.median)[0];
}
