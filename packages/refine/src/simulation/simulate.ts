import type { DesignSpace, SampledNetwork } from '@netspace/contracts';
import { openRandom } from '@netspace/random';
import { mean } from 'simple-statistics';
import { designSpaceGround } from '../design-space-ground.js';
import type { Ground } from '../ground.js';
import { shippedRefinements } from '../kinds/index.js';
import type { RefineOptions } from '../options.js';
import { refine } from '../refine.js';
import type { Oracle } from './oracles.js';
import { setting } from './setting.js';

/** A simulated chain, and what is true of it. */
export interface SimulatedChain {
  /** Names of the accepted proposals, in order. */
  readonly accepted: readonly string[];
  /** The largest true loss of one step, percentage points of mean error. */
  readonly worstLoss: number;
  /** True mean errors of the first and the last space, per cent. */
  readonly means: readonly [first: number, last: number];
  /** Share of the first space's networks that are better than one of the last space, in the mean: ties count half. */
  readonly rank: number;
  /** True error, per cent, of the network that measured best of all that were trained. */
  readonly best: number;
  readonly trainings: number;
}

/** How a chain is simulated. */
interface Simulation {
  /** Standard deviation of what is measured around what is true, percentage points. */
  readonly noise: number;
  readonly seed: number;
  /** Networks by whose true errors the mean of a space is known. */
  readonly known: number;
}

/** Refines an oracle's space once, with noise of its own. */
export async function simulate(
  oracle: Oracle,
  options: RefineOptions,
  { noise, seed, known }: Simulation,
): Promise<SimulatedChain> {
  const measured: Measured[] = [];
  const ground = groundOf(oracle, { noise, seed, measured });
  const { spaces, refinement } = await refine(ground, oracle.space, options);
  const truths: number[][] = [];
  for (const space of spaces) {
    const networks = await ground.draw(space, known, 'truth');
    truths.push(networks.map(oracle.error));
  }
  const means = truths.map((errors) => mean(errors));
  const losses = means.slice(1).map((one, index) => one - means[index]!);
  return {
    accepted: refinement.steps.flatMap(({ proposals }) =>
      proposals.filter(({ verdict }) => verdict === 'accepted').map(({ name }) => name),
    ),
    worstLoss: Math.max(0, ...losses),
    means: [means[0]!, means[means.length - 1]!],
    rank: meanRank(truths[truths.length - 1]!, truths[0]!),
    best: measured.reduce((a, b) => (b.error < a.error ? b : a)).truth,
    trainings: refinement.trainings,
  };
}

/** What a training came to, and what is true. */
interface Measured {
  readonly error: number;
  readonly truth: number;
}

interface Simulated {
  readonly noise: number;
  readonly seed: number;
  /** Takes what every training comes to. */
  readonly measured: Measured[];
}

function groundOf(
  { space: start, error }: Oracle,
  { noise, seed, measured }: Simulated,
): Ground<DesignSpace, SampledNetwork> {
  return designSpaceGround({
    ...{ start, seed, kinds: shippedRefinements, own: [] },
    request: { regime: {}, setting },
    train: (networks) => {
      const outcomes = networks.map((network): Measured => {
        const truth = error(network);
        return { truth, error: truth + noise * openRandom(seed, 'noise', network.id).normal() };
      });
      measured.push(...outcomes);
      return Promise.resolve(outcomes.map((outcome) => ({ error: outcome.error, cost: 1 })));
    },
  });
}

function meanRank(errors: readonly number[], all: readonly number[]): number {
  const rankOf = (error: number): number =>
    all.reduce((sum, other) => sum + (other < error ? 1 : other === error ? 0.5 : 0), 0) / all.length;
  return mean(errors.map(rankOf));
}
