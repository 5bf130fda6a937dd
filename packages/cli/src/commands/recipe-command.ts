import { bestRecipe, type NetworkSizes, type RecipeOutcome, recipeOutcomes } from '@netspace/analysis';
import type { Summary } from '@netspace/contracts';
import { formatCount } from '@netspace/formats';
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
    ['recipe', 'n', 'untrained', 'of the space', 'median %', 'mean %'],
    outcomes.map(({ recipe, networks, untrained, share, median, mean }) => [
      ...[recipe, networks, untrained, `${percent(share.low)} to ${percent(share.high)} %`],
      ...[median.toFixed(2), mean.toFixed(2)],
    ]),
  );
  terminal.print('');
  printSizes(terminal, outcomes);
  for (const outcome of outcomes.filter(({ recipe }) => recipe.endsWith(ownRecipe))) terminal.print(verdict(outcome));
  const best = bestRecipe(outcomes);
  if (best !== undefined) terminal.print(`The fewest untrained, then the lowest median error: ${best.recipe}`);
}

/** Which networks do not train, beside those that do. */
function printSizes(terminal: Terminal, outcomes: readonly RecipeOutcome[]): void {
  const telling = outcomes.filter(({ untrained }) => untrained > 0);
  if (telling.length === 0) return;
  terminal.printTable(
    ['recipe', 'networks', 'blocks, quartiles', 'params, quartiles'],
    telling.flatMap(({ recipe, sizes: { untrained, trained } }) => [
      [recipe, `${untrained.networks} untrained`, ...sizeTexts(untrained)],
      ['', `${trained.networks} trained`, ...sizeTexts(trained)],
    ]),
  );
  terminal.print('');
}

function sizeTexts({ depth, params }: NetworkSizes): string[] {
  return [quartilesText(depth, String), quartilesText(params, formatCount)];
}

function quartilesText(summary: Summary | null, textOf: (value: number) => string): string {
  if (summary === null) return '';
  const { lowerQuartile, median, upperQuartile } = summary;
  return [lowerQuartile, median, upperQuartile].map((value) => textOf(Math.round(value))).join(', ');
}

function verdict({ recipe, networks, untrained, share }: RecipeOutcome): string {
  const found = `${untrained} of ${networks} networks diverge or do not learn, at most ${percent(share.high)} % of the space`;
  const words = untrained === 0 ? 'lets the sample train' : 'does not let all of the sample train';
  return `The ${recipe} ${words}: ${found} (95 % confidence)`;
}

const percent = (share: number): string => (100 * share).toFixed(0);
