import type { Architecture, Complexity, NetworkConfig } from '@netspace/contracts';
import { blockOptions } from './block-options.js';
import { checkNetwork } from './check-network.js';
import { ComplexityCounter } from './complexity-counter.js';
import { head } from './head.js';
import { addBlock, addStem, blockOf, stemOf } from './network-builder.js';
import { shippedArchitecture } from './shipped-architecture.js';

/**
 * What one image costs in a network: flops (multiply-adds, a bias counts one for each element), params (all trainable
 * parameters), acts (elements that convolutions, max pools and the linear layer put out), as pycls counts them.
 *
 * It runs the same block definitions as `buildGraph` and builds nothing; about a microsecond.
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
  const block = blockOf(config, architecture);
  let x = counter.input(config.imageChannels, config.imageSize);
  x = addStem(counter, stemOf(config, architecture), x, config.stem.width);
  for (let index = 0; index < config.stages.length; index++) {
    const stage = config.stages[index]!;
    x = addBlock(counter, block, x, blockOptions(config, stage, stage.stride), index + 1, 1);
    if (stage.depth === 1) continue;
    // The other blocks of the stage are all alike: count one, as many times as there are.
    counter.repeat(stage.depth - 1);
    x = addBlock(counter, block, x, blockOptions(config, stage, 1), index + 1, 2);
    counter.repeat(1);
  }
  head(counter, x, config.headWidth, config.classes);
  return counter.total();
}
