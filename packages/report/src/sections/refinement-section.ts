import type {
  ParameterImportance,
  ProposalResult,
  RefinedSpace,
  Refinement,
  RefinementStep,
} from '@netspace/contracts';
import { formatProbability } from '@netspace/formats';
import { withInterval } from '../interval-text.js';
import { html, type Markup } from '../markup.js';
import { type Column, numeric, table, textual } from '../table.js';

/** How the first space became the last: the chain, and of each step what was tried. */
export function refinementSection(refinement: Refinement): Markup {
  const { margin, errorRate, trainings, spaces, steps, ended, cap } = refinement;
  return html`<section id="refinement">
    <h2>Refinement</h2>
    <p>
      ${spaces.length === 1 ? 'No refinement was confirmed' : `${spaces.length - 1} refinements`}, ${trainings}
      trainings. ${sentence(ended)}
    </p>
    ${table<ChainRow>(chainColumns, chainOf(refinement))}
    <p class="note">
      Effects are differences of mean errors, the space's − the one before it's, in percentage points: below 0 where it
      is better. Each was measured on fresh networks, and its interval may be looked at at any time. The chance that any
      step of the chain costs ${margin} percentage points or more is at most ${percent(errorRate)}. Errors above
      ${cap.toFixed(1)} % count as that in these means.
    </p>
    ${steps.map((step, index) => stepDetails(step, index + 1))}
  </section>`;
}

interface ChainRow {
  readonly space: RefinedSpace;
  /** What was accepted to come here; undefined of the first. */
  readonly proposal: ProposalResult | undefined;
}

function chainOf({ spaces, steps }: Refinement): ChainRow[] {
  return spaces.map((space, index) => ({
    space,
    proposal: index === 0 ? undefined : steps[index - 1]!.proposals.find(({ verdict }) => verdict === 'accepted'),
  }));
}

const chainColumns: readonly Column<ChainRow>[] = [
  textual('space', ({ space }) => space.name),
  textual(
    'because',
    ({ space, proposal }) => html`<span class="wrap">${proposal?.statement ?? space.statement}</span>`,
  ),
  textual('evidence', ({ proposal }) => (proposal === undefined ? 'the start' : proposal.reason)),
  textual('effect [interval]', ({ proposal }) => (proposal === undefined ? '' : effectText(proposal))),
  numeric('pairs', ({ proposal }) => proposal?.pairs ?? ''),
  numeric('trainings', ({ proposal }) => proposal?.trainings ?? ''),
  numeric('degrees of freedom', ({ space }) => space.degreesOfFreedom),
  numeric('log10 size', ({ space }) => space.log10Size.toFixed(1)),
];

function stepDetails({ space, networks, importances, proposals }: RefinementStep, step: number): Markup {
  return html`<details>
    <summary>Step ${step}, from ${space.name}: ${proposals.length} proposals by ${networks} networks</summary>
    ${table<ProposalResult>(proposalColumns, proposals)}
    ${importances.length === 0 ? '' : table<ParameterImportance>(importanceColumns, importances.slice(0, shown))}
  </details>`;
}

/** Parameters and pairs that a step shows: the most important ones. */
const shown = 10;

const proposalColumns: readonly Column<ProposalResult>[] = [
  textual('proposal', ({ name }) => name),
  textual('says', ({ statement }) => html`<span class="wrap">${statement}</span>`),
  textual('must show that it', ({ goal }) => goal),
  numeric('foretold', ({ predicted }) => (predicted === null ? '' : withInterval(predicted, null))),
  textual('effect [interval]', effectText),
  numeric('pairs', ({ pairs }) => (pairs === 0 ? '' : pairs)),
  numeric('explained', ({ explained }) => (explained === null ? '' : percent(explained))),
  textual('verdict', ({ verdict }) => verdict),
  textual('why', ({ reason }) => html`<span class="wrap">${reason}</span>`),
];

const importanceColumns: readonly Column<ParameterImportance>[] = [
  textual('parameter', ({ name }) => name),
  numeric('tells of the best fifth', ({ importance }) => percent(importance)),
  numeric('p', ({ p }) => formatProbability(p)),
];

function effectText({ effect, interval }: ProposalResult): string {
  return effect === null ? '' : withInterval(effect, interval);
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
