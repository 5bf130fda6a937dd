import type { ArmAnalysis, ArmComparison, StudyAnalysis } from '@netspace/contracts';
import { formatProbability } from '@netspace/formats';
import { comparisonsOf } from '@netspace/report';
import type { Terminal } from './terminal.js';

/** Prints the error distributions of a study's arms side by side, what is not there, and how settings compare. */
export function printAnalysis(terminal: Terminal, analysis: StudyAnalysis): void {
  const { arms, comparisons } = analysis;
  const { inRows, ofSettings } = comparisonsOf(analysis);
  const testHeader = ['KS', 'p', ...(comparisons.length > 1 ? ['adjusted p'] : [])];
  const testOf = (comparison: ArmComparison | undefined): string[] => describeTest(comparison, testHeader.length);
  const header = ['space', 'n', 'diverged', 'failed', 'min error %', 'median %', 'mean %', ...testHeader];
  const rows = arms.map((arm) => {
    const { name, errors, counts } = arm;
    return [
      ...[name, coverage(arm), counts.diverged, counts.failed],
      ...[errors?.min, errors?.median, errors?.mean].map((error) => error?.toFixed(2) ?? ''),
      ...testOf(inRows.find(({ other }) => other === name)),
    ];
  });
  terminal.printTable(header, rows);
  if (ofSettings.length === 0) return;
  terminal.print('');
  terminal.printTable(
    ['space', 'against', ...testHeader],
    ofSettings.map((comparison) => [comparison.other, comparison.first, ...testOf(comparison)]),
  );
}

function describeTest(comparison: ArmComparison | undefined, columns: number): string[] {
  if (comparison === undefined) return new Array<string>(columns).fill('');
  const { test, p, adjustedP } = comparison;
  return [test.statistic.toFixed(3), ...[p, adjustedP].map(formatProbability)].slice(0, columns);
}

/** `24`, or of a part `12 of 24`. */
function coverage({ counts: { trained, networks } }: ArmAnalysis): number | string {
  return trained === networks ? networks : `${trained} of ${networks}`;
}
