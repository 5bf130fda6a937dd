import type { Interval, NetworkResult, StudyAnalysis, Summary } from '@netspace/contracts';
import { percentile, shareInterval, summarise } from '@netspace/statistics';

/** How deep and large networks are. */
export interface NetworkSizes {
  readonly networks: number;
  /** In blocks; null where there is no network, or a depth is not known. */
  readonly depth: Summary | null;
  /** Null where there is no network, or a number is not known. */
  readonly params: Summary | null;
}

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
  /** Of the networks that did not train, and of those that did. */
  readonly sizes: { readonly untrained: NetworkSizes; readonly trained: NetworkSizes };
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
    sizes: { untrained: sizesOf(lost), trained: sizesOf(results.filter((result) => !isLost(result))) },
  };
}

function isLost({ diverged, untrained }: NetworkResult): boolean {
  return diverged || untrained;
}

function sizesOf(results: readonly NetworkResult[]): NetworkSizes {
  return {
    networks: results.length,
    depth: summaryOf(results.map(({ network }) => network.config?.stages.reduce((sum, { depth }) => sum + depth, 0))),
    params: summaryOf(results.map(({ network }) => network.complexity.params)),
  };
}

function summaryOf(values: readonly (number | undefined)[]): Summary | null {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 || known.length < values.length ? null : summarise(known);
}

/**
 * The recipe by which the fewest networks do not train, and of those the one of the lowest median error.
 *
 * @example
 * import { analyseStudy, bestRecipe, recipeOutcomes } from '@netspace/analysis';
 * import { madeArm, madeStudy } from '@netspace/analysis/testing';
 * const fast = madeArm('fast/A', [{ error: 9 }, { error: 'diverged' }], 'fast', 'A');
 * const slow = madeArm('slow/A', [{ error: 12 }, { error: 11 }], 'slow', 'A');
 * bestRecipe(recipeOutcomes(analyseStudy(madeStudy([fast, slow]))))?.recipe; // => 'slow'
 */
export function bestRecipe(outcomes: readonly RecipeOutcome[]): RecipeOutcome | undefined {
  return [...outcomes].sort((a, b) => a.untrained / a.networks - b.untrained / b.networks || a.median - b.median)[0];
}
