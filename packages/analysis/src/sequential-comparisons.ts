import type { ComparedArms, SampledNetwork, SequentialComparison, StopRule, TrainingRecord } from '@netspace/contracts';
import { MeanConfidenceSequence } from '@netspace/statistics';
import { ArmErrors } from './arm-errors.js';
import { pairsOfArms } from './pairs-of-arms.js';

/** An arm that is followed while it trains. */
export interface FollowedArm {
  readonly name: string;
  /** Name of its setting. */
  readonly setting: string;
  readonly space: string;
  /** Hash of the conditions of its results. */
  readonly conditions: string;
  readonly networks: readonly SampledNetwork[];
  /** Trainings that are asked for of the network of an index, at least 1. */
  readonly trainingsOf: (index: number) => number;
}

/**
 * The comparisons of a study as its records come in, each by a confidence sequence of the difference of mean test errors:
 * one may look at any time, and stop where they are as narrow as wished.
 *
 * Networks of the same index are paired. A pair counts when all pairs before it have come, so that which networks are
 * quick to train does not decide which count; one with a network that could not be trained is passed over.
 *
 * @example
 * import { SequentialComparisons } from '@netspace/analysis';
 * import { madeArm } from '@netspace/analysis/testing';
 * const made = [madeArm('A', [{ error: 14 }, { error: 12 }]), madeArm('B', [{ error: 11 }, { error: 10 }])];
 * const arms = made.map(({ name, setting, population: { space, networks } }) => ({
 *   name, setting, space, networks, conditions: name, trainingsOf: () => 1,
 * }));
 * const compared = new SequentialComparisons(arms, 'first', { halfWidth: 1, confidence: 0.95 });
 * made.forEach(({ name, records }) => records.forEach((record) => compared.add({ ...record, conditions: name })));
 * compared.comparisons.map(({ first, other, networks }) => [first, other, networks]); // => [['A', 'B', 2]]
 * compared.areNarrow; // => false
 */
export class SequentialComparisons {
  private readonly arms: readonly FollowedErrors[];
  private readonly pairs: readonly PairedArms[];

  /** @throws InvalidInputError where a number of the rule is outside its range. */
  constructor(
    arms: readonly FollowedArm[],
    compare: ComparedArms,
    private readonly rule: StopRule,
  ) {
    this.arms = arms.map((arm) => ({ ...arm, errors: new ArmErrors(arm) }));
    this.pairs = pairsOfArms(this.arms, compare).map(([first, other]) => new PairedArms(first, other, rule));
  }

  /** The next record; the order does not matter. One that is not of these arms is passed over. */
  add(record: TrainingRecord): void {
    for (const { conditions, errors } of this.arms) if (conditions === record.conditions) errors.add(record);
    this.pairs.forEach((pair) => pair.advance());
  }

  /** As the records so far tell them, in the order of the arms. */
  get comparisons(): SequentialComparison[] {
    return this.pairs.map(({ comparison }) => comparison);
  }

  /** Whether every comparison is at least as narrow as the rule asks. */
  get areNarrow(): boolean {
    return this.comparisons.every(({ interval }) => interval.high - interval.low <= 2 * this.rule.halfWidth);
  }
}

type FollowedErrors = FollowedArm & { readonly errors: ArmErrors };

/** Between which a difference of two errors lies. */
const differences = { low: -100, high: 100 };

class PairedArms {
  private readonly sequence: MeanConfidenceSequence;
  /** Index of the next pair. */
  private next = 0;
  private networks = 0;

  constructor(
    private readonly first: FollowedErrors,
    private readonly other: FollowedErrors,
    rule: StopRule,
  ) {
    this.sequence = new MeanConfidenceSequence({ range: differences, ...rule });
  }

  get comparison(): SequentialComparison {
    const { first, other, networks } = this;
    return { first: first.name, other: other.name, networks, interval: this.sequence.interval };
  }

  advance(): void {
    for (;;) {
      const [a, b] = [this.first.errors.at(this.next), this.other.errors.at(this.next)];
      if (a === undefined || b === undefined) return;
      this.next++;
      if (a === null || b === null) continue;
      this.sequence.add(a - b);
      this.networks++;
    }
  }
}
