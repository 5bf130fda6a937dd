import type { ArmAnalysis, StudyAnalysis } from '@netspace/contracts';
import { formatProbability } from '@netspace/formats';
import type { Terminal } from './terminal.js';

/** Prints the error distributions of a study's arms side by side, and what is not there. */
export function printAnalysis(terminal: Terminal, { arms, comparisons }: StudyAnalysis): void {
  const several = comparisons.length > 1;
  const header = ['space', 'n', 'diverged', 'failed', 'min error %', 'median %', 'mean %', 'KS', 'p'];
  const rows = arms.map((arm) => {
    const comparison = comparisons.find(({ other }) => other === arm.name);
    const { errors, counts } = arm;
    return [
      ...[arm.name, coverage(arm), counts.diverged, counts.failed],
      ...[errors?.min, errors?.median, errors?.mean].map((error) => error?.toFixed(2) ?? ''),
      comparison?.test.statistic.toFixed(3) ?? '',
      comparison === undefined ? '' : formatProbability(comparison.p),
      ...(several ? [comparison === undefined ? '' : formatProbability(comparison.adjustedP)] : []),
    ];
  });
  terminal.printTable([...header, ...(several ? ['adjusted p'] : [])], rows);
}

/** `24`, or of a part `12 of 24`. */
function coverage({ counts: { trained, networks } }: ArmAnalysis): number | string {
  return trained === networks ? networks : `${trained} of ${networks}`;
}
