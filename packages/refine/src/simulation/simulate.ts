import type { DesignSpace, SampledNetwork } from '@netspace/contracts';
import { openRandom } from '@netspace/random';
import { designSpaceGround } from '../design-space-ground.js';
import type { Ground } from '../ground.js';
import { shippedRefinements } from '../kinds/index.js';
import type { RefineOptions } from '../options.js';
import { refine } from '../refine.js';
import type { Oracle } from './oracles.js';

/** A simulated chain, and what is true of it. */
export interface SimulatedChain {
  /** Names of the accepted proposals, in order. */
  readonly accepted: readonly string[];
  /** The largest true loss of one step, percentage points of mean error. */
  readonly worstLoss: number;
  /** True mean errors of the first and the last space, per cent. */
  readonly means: readonly [first: number, last: number];
  readonly trainings: number;
}

/** Networks by whose true errors the mean of a space is known. */
const known = 2000;

/** Refines an oracle's space once, with noise of its own. */
export async function simulate(
  oracle: Oracle,
  options: RefineOptions,
  { noise, seed }: { readonly noise: number; readonly seed: number },
): Promise<SimulatedChain> {
  const ground = groundOf(oracle, noise, seed);
  const { spaces, refinement } = await refine(ground, oracle.space, options);
  const means: number[] = [];
  for (const space of spaces) means.push(await trueMean(ground, space, oracle));
  const losses = means.slice(1).map((mean, index) => mean - means[index]!);
  return {
    accepted: refinement.steps.flatMap(({ proposals }) =>
      proposals.filter(({ verdict }) => verdict === 'accepted').map(({ name }) => name),
    ),
    worstLoss: Math.max(0, ...losses),
    means: [means[0]!, means[means.length - 1]!],
    trainings: refinement.trainings,
  };
}

function groundOf({ space: start, error }: Oracle, noise: number, seed: number): Ground<DesignSpace, SampledNetwork> {
  return designSpaceGround({
    ...{ start, seed, kinds: shippedRefinements, own: [] },
    request: { regime: {}, setting },
    train: (networks) =>
      Promise.resolve(
        networks.map((network) => ({
          error: error(network) + noise * openRandom(seed, 'noise', network.id).normal(),
          cost: 1,
        })),
      ),
  });
}

const setting = {
  stem: { type: 'res_stem_cifar', width: 16 },
  headWidth: 0,
  classes: 10,
  imageSize: 32,
  imageChannels: 3,
};

async function trueMean(
  ground: Ground<DesignSpace, SampledNetwork>,
  space: DesignSpace,
  { error }: Oracle,
): Promise<number> {
  const networks = await ground.draw(space, known, 'truth');
  return networks.reduce((sum, network) => sum + error(network), 0) / networks.length;
}
