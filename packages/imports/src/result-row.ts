import type { Complexity, EpochResult, NetworkConfig } from '@netspace/contracts';

/** How a training elsewhere ended: with an error in per cent, or without one. */
export type Outcome =
  | { readonly status: 'completed'; readonly error: number }
  | { readonly status: 'diverged' }
  | { readonly status: 'failed'; readonly message: string };

/** A training that was done elsewhere. */
export interface ResultRow {
  /** Where it stands, from 1. */
  readonly line: number;
  readonly setting: string;
  readonly space: string;
  /** Trainings of one arm that share it are of one network; each is of its own where it is left out. */
  readonly network: string | undefined;
  readonly outcome: Outcome;
  readonly validationError: number | null;
  readonly epochs: readonly EpochResult[];
  readonly seconds: number | null;
  readonly complexity: Partial<Complexity>;
  readonly parameters: Readonly<Record<string, number>>;
  readonly config: NetworkConfig | null;
  readonly pair: string | undefined;
}
