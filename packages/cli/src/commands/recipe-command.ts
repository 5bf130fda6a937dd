import { bestRecipe, type RecipeOutcome, recipeOutcomes } from '@netspace/analysis';
import { runStudy } from '@netspace/orchestrator';
import { ownRecipe, recipeVariants } from '@netspace/study';
import { Command } from 'commander';
import { commandOf } from '../command-line.js';
import { positiveInteger } from '../positive-integer.js';
import type { Terminal } from '../terminal.js';
import { directoryOf, openStudy } from './study/open-results.js';
import { reportFailures } from './study/report-failures.js';
import { type TrainFlags, trainingCommand, trainOptions } from './study/study-flags.js';
import { watched } from './study/watched.js';

interface CheckFlags extends TrainFlags {
  readonly networks: number;
}

/** `netspace recipe check STUDY`: whether a study's recipe lets its populations train. */
export function recipeCommand(terminal: Terminal): Command {
  const recipe = new Command('recipe').description('Looks at the recipe of a study.');
  return recipe.addCommand(checkCommand(terminal));
}

function checkCommand(terminal: Terminal): Command {
  const description = 'trains a few networks of a study under several learning rates and warm-ups';
  return trainingCommand('check', description)
    .option('--networks <count>', 'networks of each space', positiveInteger, 5)
    .action(async (file: string, flags: CheckFlags) => {
      const again = commandOf(['recipe', 'check'], file, flags, '--networks', String(flags.networks), '--resume');
      const { analysis, report, failed } = await watched(terminal, again, async (control) => {
        const study = recipeVariants(await openStudy(file, flags), flags.networks);
        const directory = directoryOf(study, flags);
        return runStudy(study, { directory, resume: flags.resume ?? false, ...trainOptions(flags), ...control });
      });
      printOutcomes(terminal, recipeOutcomes(analysis));
      terminal.print(`Report: ${report}`);
      reportFailures(terminal, failed, again);
    });
}

function printOutcomes(terminal: Terminal, outcomes: readonly RecipeOutcome[]): void {
  terminal.printTable(
    ['recipe', 'n', 'untrained', 'of the space', 'median %', 'mean %', 'depths: lost', 'others'],
    outcomes.map(({ recipe, networks, untrained, share, median, mean, depths }) => [
      ...[recipe, networks, untrained, `${percent(share.low)} to ${percent(share.high)} %`],
      ...[median.toFixed(2), mean.toFixed(2), rangeText(depths.untrained), rangeText(depths.trained)],
    ]),
  );
  terminal.print('');
  for (const outcome of outcomes.filter(({ recipe }) => recipe.endsWith(ownRecipe))) terminal.print(verdict(outcome));
  const best = bestRecipe(outcomes);
  if (best !== undefined) terminal.print(`The fewest untrained, then the lowest median error: ${best.recipe}`);
}

function verdict({ recipe, networks, untrained, share }: RecipeOutcome): string {
  const found = `${untrained} of ${networks} networks diverge or do not learn, at most ${percent(share.high)} % of the space`;
  const words = untrained === 0 ? 'lets the sample train' : 'does not let all of the sample train';
  return `The ${recipe} ${words}: ${found} (95 % confidence)`;
}

const percent = (share: number): string => (100 * share).toFixed(0);

function rangeText(depths: readonly number[]): string {
  return depths.length === 0 ? '' : `${Math.min(...depths)} to ${Math.max(...depths)}`;
}
