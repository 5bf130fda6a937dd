import type { Activation, Architecture, Complexity, NetworkConfig } from '@netspace/contracts';
import { blockOptions } from './block-options.js';
import { checkNetwork } from './check-network.js';
import { ComplexityCounter } from './complexity-counter.js';
import { head } from './head.js';
import { placedError } from './placed-error.js';
import { shippedArchitecture } from './shipped-architecture.js';

/**
 * What one image costs in a network: flops (multiply-adds, a bias counts one for each element), params (all trainable
 * parameters), acts (elements that convolutions, max pools and the linear layer put out), as pycls counts them.
 *
 * It runs the same block definitions as `buildGraph` and builds nothing; about a microsecond. What `checkArchitecture` and
 * `buildGraph` check of a block's output is not checked again.
 *
 * @param architecture - The block and stem types that `config` may name; by default those that netspace ships.
 * @returns Exact counts, as long as they are below 2^53.
 * @throws InvalidInputError naming the first value of `config` that cannot be built, or the block or stem type and the
 * layer that failed.
 * @example
 * import { complexityOf } from '@netspace/model-builder';
 * const stage = { bottleneckRatio: 1, groupWidth: 16, stride: 2 };
 * const complexity = complexityOf({
 *   stem: { type: 'simple_stem_in', width: 32 },
 *   block: 'x',
 *   stages: [
 *     { ...stage, depth: 1, width: 32 },
 *     { ...stage, depth: 2, width: 64 },
 *     { ...stage, depth: 7, width: 160 },
 *     { ...stage, depth: 12, width: 384 },
 *   ], // RegNetX-400MF
 *   squeezeExcitationRatio: 0,
 *   headWidth: 0,
 *   classes: 1000,
 *   imageSize: 224,
 *   imageChannels: 3,
 * });
 * complexity; // => { flops: 397678568, params: 5157512, acts: 3143272 }
 */
export function complexityOf(config: NetworkConfig, architecture: Architecture = shippedArchitecture): Complexity {
  checkNetwork(config, architecture);
  const counter = new ComplexityCounter();
  const images = counter.input(config.imageChannels, config.imageSize);
  head(counter, features(counter, images, config, architecture), config.headWidth, config.classes);
  return counter.total();
}

/** Counts stem and stages. */
function features(
  counter: ComplexityCounter,
  images: Activation,
  config: NetworkConfig,
  architecture: Architecture,
): Activation {
  const block = architecture.blocks[config.block]!;
  // Where it is, for messages: stage and block count from 1.
  let stage = 0;
  let number = 1;
  try {
    let x = architecture.stems[config.stem.type]!(counter, images, config.stem.width);
    for (const options of config.stages) {
      stage++;
      number = 1;
      x = block(counter, x, blockOptions(config, options, options.stride));
      if (options.depth === 1) continue;
      // The other blocks of the stage are all alike: count one, as many times as there are.
      number = 2;
      counter.repeat(options.depth - 1);
      x = block(counter, x, blockOptions(config, options, 1));
      counter.repeat(1);
    }
    return x;
  } catch (error) {
    throw stage === 0
      ? placedError(error, `stem "${config.stem.type}"`, 'stem')
      : placedError(error, `block "${config.block}"`, `s${stage}.b${number}`);
  }
}
