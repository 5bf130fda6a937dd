import type { ArmComparison, ArmFindings } from '@netspace/contracts';
import { formatProbability } from '@netspace/formats';
import { printLatencies } from './describe-latencies.js';
import { intervalText, shortNumber } from './interval-text.js';
import type { Terminal } from './terminal.js';

/** What is printed of an arm. */
type ToldArm = Pick<ArmFindings, 'name' | 'errors' | 'counts' | 'latencies'>;

/** What is printed of an analysis, or of its findings. */
export interface ToldAnalysis {
  readonly arms: readonly ToldArm[];
  readonly comparisons: readonly ArmComparison[];
}

/** Prints the error distributions of a study's arms side by side, what is not there, and how they compare. */
export function printAnalysis(terminal: Terminal, { arms, comparisons }: ToldAnalysis): void {
  terminal.printTable(
    ['space', 'n', 'did not learn', 'diverged', 'failed', 'min %', 'median %', 'mean %'],
    arms.map((arm) => {
      const { name, errors, counts } = arm;
      return [
        ...[name, coverage(arm), counts.untrained ?? 'not known', counts.diverged, counts.failed],
        ...[errors?.min, errors?.median, errors?.mean].map((error) => error?.toFixed(2) ?? ''),
      ];
    }),
  );
  printComparisons(terminal, comparisons);
  printTimes(terminal, arms);
}

function printTimes(terminal: Terminal, arms: readonly ToldArm[]): void {
  if (arms.every(({ latencies }) => latencies.length === 0)) return;
  terminal.print('');
  printLatencies(terminal, arms);
}

function printComparisons(terminal: Terminal, comparisons: readonly ArmComparison[]): void {
  if (comparisons.length === 0) return;
  const isAdjusted = comparisons.length > 1;
  terminal.print('');
  terminal.printTable(
    ['space', 'against', 'better by', '95 % interval', 'chance', 'KS', isAdjusted ? 'adjusted p' : 'p'],
    comparisons.map(({ first, other, medianDifference, probabilityOfImprovement, test, adjustedP }) => [
      ...[other, first, shortNumber(medianDifference.difference), intervalText(medianDifference.interval)],
      ...[shortNumber(probabilityOfImprovement.value), shortNumber(test.statistic), formatProbability(adjustedP)],
    ]),
  );
  terminal.print('Better by: median of all differences, percentage points; chance: of a random network to be better.');
  printMatched(terminal, comparisons);
}

function printMatched(terminal: Terminal, comparisons: readonly ArmComparison[]): void {
  const rows = comparisons.flatMap(({ first, other, matched }) =>
    matched === null ? [] : [{ first, other, matched }],
  );
  if (rows.length === 0) return;
  const areAlike = rows.every(({ matched }) => matched.alikeIn === 'pair');
  terminal.print('');
  terminal.printTable(
    [
      'space',
      'against',
      'pairs',
      'better by',
      '95 % interval',
      'improved',
      '95 % interval',
      rows.length > 1 ? 'adjusted p' : 'p',
    ],
    rows.map(({ first, other, matched: { pairs, difference, improved, adjustedSignP } }) => [
      ...[other, first, pairs, shortNumber(difference.difference), intervalText(difference.interval)],
      ...(improved === null ? ['', ''] : [shortNumber(improved.share), intervalText(improved.interval)]),
      adjustedSignP === null ? '' : formatProbability(adjustedSignP),
    ]),
  );
  terminal.print(
    `Pairs of networks ${areAlike ? 'alike in all else' : 'of equal flops'}; improved: share without ties; p of the sign test.`,
  );
  for (const { first, other, matched } of rows) {
    const { margin, adjustedP } = matched.equivalence;
    if (adjustedP >= 0.05) continue;
    const reach = `less than ${margin} percentage point between their means`;
    const p = `${rows.length > 1 ? 'adjusted ' : ''}p ${formatProbability(adjustedP)}`;
    terminal.print(`Equivalent: ${other} and ${first}, ${reach}, ${p}`);
  }
}

/** `24`, or of a part `12 of 24`. */
function coverage({ counts: { trained, networks } }: ToldArm): number | string {
  return trained === networks ? networks : `${trained} of ${networks}`;
}
