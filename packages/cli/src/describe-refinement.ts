import type { Interval, ProposalResult, Refinement, RefinementStep } from '@netspace/contracts';
import type { RefineEvent } from '@netspace/refine';
import { formatProbability } from '@netspace/formats';
import { expectedBest, percentile } from '@netspace/statistics';
import { mean } from 'simple-statistics';
import { intervalText, shortNumber } from './interval-text.js';
import type { Terminal } from './terminal.js';

/** Tells how a refinement goes on. */
export class RefineView {
  constructor(private readonly terminal: Terminal) {}

  /** Tells an event. */
  readonly show = (event: RefineEvent): void => {
    const line = lineOf(event);
    if (line !== undefined) this.terminal.print(line);
  };
}

function lineOf(event: RefineEvent): string | undefined {
  switch (event.kind) {
    case 'proposing': {
      const { step, space, networks, r2, marginPairs, allowedPairs } = event;
      const size = `${space.degreesOfFreedom} degrees of freedom, 10^${space.log10Size.toFixed(1)} settings`;
      const explained = `${networks} trained networks, of whose errors ${percent(r2)} is foretold`;
      const power = `about ${marginPairs} pairs tell the margin, ${allowedPairs} are allowed`;
      return `Step ${step}: ${space.name} (${size}); ${explained}: ${power}`;
    }
    case 'proposed': {
      const worth = event.proposals.filter(({ reason }) => reason === '').map(({ name }) => name);
      return `  ${event.proposals.length} proposals, worth trying: ${worth.join(', ') || 'none'}`;
    }
    case 'looked':
      return `  ${event.proposal}: ${event.pairs} pairs, effect ${effectText(event.effect, finite(event.interval))}`;
    case 'decided': {
      const { name, verdict, reason, statement } = event.proposal;
      return `  ${name}: ${verdict}, ${reason} (${statement})`;
    }
    case 'ended':
      return event.networks === 0
        ? undefined
        : `The end: ${event.networks} fresh networks of each of ${event.spaces} ${event.spaces === 1 ? 'space' : 'spaces'}`;
  }
}

/** Null while it is still everything. */
function finite(interval: Interval): Interval | null {
  return Number.isFinite(interval.low) ? interval : null;
}

/** Prints the chain with the evidence of each step, and what holds of all. */
export function printChain(terminal: Terminal, refinement: Refinement): void {
  const { spaces, steps, margin, errorRate, trainings, ended } = refinement;
  terminal.print('');
  terminal.printTable(
    ['space', 'because', 'evidence', 'effect', 'pairs', 'trainings', 'dof', 'log10 size'],
    spaces.map((space, index) => {
      const accepted = index === 0 ? undefined : acceptedOf(steps[index - 1]!);
      const size = [String(space.degreesOfFreedom), space.log10Size.toFixed(1)];
      if (accepted === undefined) return [space.name, '', 'the start', '', '', '', ...size];
      const { statement, reason, pairs, trainings: spent } = accepted;
      return [space.name, statement, reason, resultText(accepted), String(pairs), String(spent), ...size];
    }),
  );
  terminal.print('');
  terminal.print(
    `Effects: its mean error - that of the one before, percentage points; ${percent(errorRate)} is the most that the chance is of any step that costs ${margin} or more.`,
  );
  terminal.print(`${trainings} trainings. It ended: ${ended}.`);
  printNotProposed(terminal, refinement);
  printFinal(terminal, refinement);
}

/** Networks of a search by which spaces are compared at the end. */
const searched = 5;

/** Prints what fresh networks, which decided nothing, say of every space. */
function printFinal(terminal: Terminal, { final }: Refinement): void {
  if (final.length === 0) return;
  terminal.print('');
  terminal.printTable(
    ['fresh networks', 'n', 'min test %', `best of ${searched} %`, 'median %', 'mean %'],
    final.map(({ space, errors }) => {
      if (errors.length === 0) return [space, '0', '', '', '', ''];
      const best = expectedBest(errors, Math.min(searched, errors.length));
      const told = [Math.min(...errors), best, percentile(errors, 50), mean(errors)];
      return [space, String(errors.length), ...told.map(shortNumber)];
    }),
  );
}

/** Prints what would be tried, and what would not. */
export function printProposals(terminal: Terminal, refinement: Refinement): void {
  const { steps } = refinement;
  printStep(terminal, steps[steps.length - 1]!, steps.length);
  printNotProposed(terminal, refinement);
}

function printNotProposed(terminal: Terminal, { notProposed }: Refinement): void {
  if (notProposed.length === 0) return;
  terminal.print(`Never proposed, and so neither accepted nor rejected: ${notProposed.join(', ')}.`);
}

/** Prints all proposals of a step, and which parameters matter. */
export function printStep(terminal: Terminal, step: RefinementStep, number: number): void {
  terminal.print('');
  terminal.print(`Step ${number}, from ${step.space.name}, by ${step.networks} trained networks`);
  terminal.printTable(
    ['proposal', 'says', 'must show', 'foretold', 'effect', 'pairs', 'verdict', 'why'],
    step.proposals.map((proposal) => {
      const { name, statement, goal, predicted, pairs, verdict, reason } = proposal;
      const foretold = predicted === null ? '' : shortNumber(predicted);
      const why = reason === '' ? 'worth trying' : reason;
      return [name, statement, goal, foretold, resultText(proposal), pairs === 0 ? '' : String(pairs), verdict, why];
    }),
  );
  terminal.print('');
  terminal.printTable(
    ['parameter', 'tells of the best fifth', 'p'],
    step.importances
      .slice(0, shown)
      .map(({ name, importance, p }) => [name, percent(importance), formatProbability(p)]),
  );
}

/** Parameters and pairs that a step shows: the most important ones. */
const shown = 8;

function acceptedOf({ proposals }: RefinementStep): ProposalResult | undefined {
  return proposals.find(({ verdict }) => verdict === 'accepted');
}

function resultText({ effect, interval }: ProposalResult): string {
  return effect === null ? '' : effectText(effect, interval);
}

function effectText(effect: number, interval: Interval | null): string {
  return interval === null ? shortNumber(effect) : `${shortNumber(effect)} (${intervalText(interval)})`;
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}
