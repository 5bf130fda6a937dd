import type { ClaimResult } from '@netspace/contracts';
import { formatProbability } from '@netspace/formats';
import { intervalText, shortNumber } from './interval-text.js';
import type { Terminal } from './terminal.js';

/** Prints what the study decides of each claim, two lines a claim, and what n counts; nothing where it can tell of none. */
export function printClaims(terminal: Terminal, claims: readonly ClaimResult[]): void {
  if (claims.length === 0) return;
  terminal.print('');
  terminal.print('Claims');
  for (const claim of claims) {
    terminal.print(`  ${claim.verdict.padEnd(12)}  ${claim.name}, ${claim.where}`);
    terminal.print(
      `  ${''.padEnd(12)}  ${claim.statistic}: ${effectText(claim)}, n ${claim.networks}${decisionText(claim)}`,
    );
  }
  terminal.print('n, and what would decide: networks that a claim rests on, of the smaller of two spaces or groups.');
}

function effectText({ effect, interval }: ClaimResult): string {
  if (effect === null) return 'not known';
  return interval === null ? shortNumber(effect) : `${shortNumber(effect)} (${intervalText(interval)})`;
}

function decisionText({ verdict, adjustedFalseP, adjustedTrueP, decidingNetworks }: ClaimResult): string {
  if (verdict !== 'undecided')
    return `, p ${formatProbability(verdict === 'supported' ? adjustedFalseP : adjustedTrueP)}`;
  return decidingNetworks === null ? '; how many would decide is not known' : `; ${decidingNetworks} would decide`;
}
