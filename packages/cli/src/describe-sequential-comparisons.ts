import type { SequentialComparison, StopRule } from '@netspace/contracts';
import { intervalText } from './interval-text.js';
import type { Terminal } from './terminal.js';

/** Prints how far the comparisons of a run that may stop early are known, and whether that is what made it stop. */
export function printSequentialComparisons(
  terminal: Terminal,
  { comparisons, rule }: { readonly comparisons: readonly SequentialComparison[]; readonly rule: StopRule },
): void {
  const { halfWidth, confidence } = rule;
  terminal.printTable(
    ['space', 'against', 'networks', 'mean better by', 'half width'],
    comparisons.map(({ first, other, networks, interval }) => [
      ...[other, first, networks, intervalText(interval), ((interval.high - interval.low) / 2).toFixed(2)],
    ]),
  );
  const isNarrow = comparisons.every(({ interval }) => interval.high - interval.low <= 2 * halfWidth);
  const end = isNarrow
    ? `Every half width is at most ${halfWidth}: training ended`
    : `Not every half width is at most ${halfWidth}, and no network is left to train`;
  terminal.print(
    `Percentage points, each with ${Number((100 * confidence).toPrecision(6))} % confidence however often one looks.`,
  );
  terminal.print(`${end}.`);
  if (isNarrow)
    terminal.print('Other intervals are for a number of networks fixed beforehand, and not for one chosen so.');
  terminal.print('');
}
