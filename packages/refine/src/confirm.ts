import type { Interval, ProposalResult } from '@netspace/contracts';
import { compareSamples, type Sample } from './compare-samples.js';
import { decide, type Decision, type Question } from './decide.js';
import type { Laboratory } from './laboratory.js';
import { looksUpTo } from './looks.js';
import { fewestNetworks } from './screen.js';

/** Fresh networks of a space, and what is foretold of each. */
export interface DrawnSample<Network> {
  readonly networks: readonly Network[];
  /** Per cent. */
  readonly predicted: readonly number[];
}

/** What a proposal is confirmed with. */
export interface Confirmation<Space, Network> {
  readonly laboratory: Laboratory<Space, Network>;
  /** The current space's, the same for all proposals of a step. */
  readonly base: DrawnSample<Network>;
  readonly question: Question;
  /** Larger errors count as this, per cent. */
  readonly cap: number;
  /** What must be left for trainings after it. */
  readonly reserve: number;
  readonly onLook: (look: Look) => void;
}

/** A proposal that is being confirmed, looked at. */
interface Look {
  readonly pairs: number;
  readonly effect: number;
  readonly interval: Interval;
}

/** What confirming came to. */
export type Confirmed = Pick<
  ProposalResult,
  'effect' | 'interval' | 'pairs' | 'explained' | 'trainings' | 'verdict' | 'reason'
>;

/** Trains networks of a proposed space and of the current one in pairs, until the question is decided or given up. */
export async function confirm<Space, Network>(
  other: DrawnSample<Network>,
  confirmation: Confirmation<Space, Network>,
): Promise<Confirmed> {
  const { laboratory, base, question, reserve, onLook } = confirmation;
  const before = laboratory.trainings;
  const supply = Math.min(base.networks.length, other.networks.length);
  const most = Math.min(question.most, supply);
  let last: Omit<Confirmed, 'trainings' | keyof Decision> = untold;
  const ending = (decision: Decision): Confirmed => {
    return { ...last, ...decision, trainings: laboratory.trainings - before };
  };
  if (most < fewestNetworks)
    return ending({ verdict: 'undecided', reason: 'has too few networks that are not trained' });
  for (const pairs of looksUpTo(most)) {
    if (2 * (pairs - last.pairs) > laboratory.affordable(reserve)) return ending(outOfBudget);
    const { effect, interval, explained, ...compared } = await look(other, confirmation, pairs);
    last = { effect, interval: Number.isFinite(interval.low) ? interval : null, explained, pairs };
    onLook({ pairs, effect, interval });
    const decision = decide({ effect, interval, explained, pairs: compared.pairs }, { ...question, most });
    if (decision !== undefined) return ending(decision);
  }
  return ending({ verdict: 'undecided', reason: 'there are no more networks' });
}

const untold = { effect: null, interval: null, pairs: 0, explained: null };

const outOfBudget = { verdict: 'undecided', reason: 'the budget ended' } as const;

async function look<Space, Network>(
  other: DrawnSample<Network>,
  { laboratory, base, question, cap }: Confirmation<Space, Network>,
  pairs: number,
): Promise<ReturnType<typeof compareSamples>> {
  const networks = [base, other].map((sample) => sample.networks.slice(0, pairs));
  const errors = await laboratory.errorsOf(alternating(networks[0]!, networks[1]!));
  const errorsOf = (offset: number): Sample['errors'] =>
    errors.filter((_, index) => index % 2 === offset).map((error) => (error === null ? null : Math.min(error, cap)));
  return compareSamples(
    { predicted: base.predicted, errors: errorsOf(0) },
    { predicted: other.predicted, errors: errorsOf(1) },
    question.confidence,
  );
}

/** In pairs, so that where training ends early both samples are as long. */
function alternating<T>(first: readonly T[], other: readonly T[]): T[] {
  return first.flatMap((network, index) => [network, other[index]!]);
}
