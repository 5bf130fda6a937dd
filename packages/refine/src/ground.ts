import type { RefinedSpace } from '@netspace/contracts';

/** A space that is proposed in another's place. */
export interface ProposedSpace<Space> {
  /** Distinct among those of a space, and the same whenever it is proposed again. */
  readonly name: string;
  /** What it changes, for people. */
  readonly statement: string;
  readonly space: Space;
}

/** What training a network came to. */
export interface TrainingOutcome {
  /** Per cent: what decides; null where it could not be trained. */
  readonly error: number | null;
  /** Per cent, of data that decide nothing: what is told of the networks at the end. `error` where it is left out. */
  readonly testError?: number | null;
  /** What it took of the budget, in its unit. */
  readonly cost: number;
}

/** A network that is trained. */
export interface Trained<Network> {
  readonly network: Network;
  /** Per cent. */
  readonly error: number;
}

/**
 * What refining stands on: spaces, their networks, and how these are trained. Refining knows neither: it draws, trains,
 * compares and decides, so that it works on design spaces and on tables of networks that others have trained.
 *
 * Every answer follows from its question alone, so that refining the same ground again comes to the same chain: a run that
 * was interrupted goes on by being run again, and what was trained is not trained twice.
 */
export interface Ground<Space, Network> {
  describe(space: Space): RefinedSpace;
  /** What identifies a network. */
  idOf(network: Network): string;
  /** What its error is predicted by: numbers, as many for every network of every space. */
  featuresOf(network: Network): readonly number[];
  /** What tells which networks are good, for people: values by name. */
  parametersOf(network: Network): Readonly<Record<string, number | string>>;
  /** Whether a network could have been drawn from a space. */
  includes(space: Space, network: Network): boolean;
  /** Every space that may be proposed in this one's place, by networks of it that are trained; `step` counts from 1. */
  propose(space: Space, trained: readonly Trained<Network>[], step: number): readonly ProposedSpace<Space>[];
  /**
   * The first networks of a stream of draws from a space; fewer than asked for where it has no more.
   *
   * @param stream - Its name: other streams are other draws.
   * @throws InvalidInputError where the space has no such networks, or they are too rare to be drawn.
   */
  draw(space: Space, count: number, stream: string): Promise<readonly Network[]>;
  /** Trains networks, in this order. */
  train(networks: readonly Network[]): Promise<readonly TrainingOutcome[]>;
}
