import type { ClaimResult } from '@netspace/contracts';
import { formatProbability } from '@netspace/formats';
import type { Terminal } from './terminal.js';

/** Prints what the study decides of each claim; nothing where it can tell of none. */
export function printClaims(terminal: Terminal, claims: readonly ClaimResult[]): void {
  if (claims.length === 0) return;
  terminal.print('');
  terminal.printTable(
    ['claim', 'where', 'effect', '95 % interval', 'verdict', 'n', 'n to decide'],
    claims.map((claim) => [
      claim.name,
      claim.where,
      claim.effect === null ? '' : shortNumber(claim.effect),
      intervalText(claim),
      verdictText(claim),
      claim.networks,
      claim.decidingNetworks ?? '',
    ]),
  );
}

function intervalText({ interval }: ClaimResult): string {
  return interval === null ? '' : `${shortNumber(interval.low)} to ${shortNumber(interval.high)}`;
}

function verdictText({ verdict, adjustedFalseP, adjustedTrueP }: ClaimResult): string {
  if (verdict === 'undecided') return verdict;
  return `${verdict}, p ${formatProbability(verdict === 'supported' ? adjustedFalseP : adjustedTrueP)}`;
}

function shortNumber(value: number): string {
  return value.toFixed(2).replace('-', '−');
}
