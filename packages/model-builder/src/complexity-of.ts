import type { Complexity, NetworkConfig } from '@netspace/contracts';
import { blockOptions } from './block-options.js';
import { blockRegistry } from './block-registry.js';
import { checkNetwork } from './check-network.js';
import { ComplexityCounter } from './complexity-counter.js';
import { head } from './head.js';
import { stemRegistry } from './stem-registry.js';

/**
 * What one image costs in a network: flops (multiply-adds, a bias counts one for each element), params (all trainable
 * parameters), acts (elements that convolutions, max pools and the linear layer put out), as pycls counts them.
 *
 * It runs the same block definitions as `buildGraph` and builds nothing; about a microsecond.
 *
 * @throws InvalidInputError naming the first value of `config` that cannot be built.
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
export function complexityOf(config: NetworkConfig): Complexity {
  checkNetwork(config);
  const counter = new ComplexityCounter();
  const block = blockRegistry.get(config.block);
  let x = counter.input(config.imageChannels, config.imageSize);
  x = stemRegistry.get(config.stem.type)(counter, x, config.stem.width);
  for (const stage of config.stages) {
    x = block(counter, x, blockOptions(config, stage, stage.stride));
    if (stage.depth === 1) continue;
    // The other blocks of the stage are all alike: count one, as many times as there are.
    counter.repeat(stage.depth - 1);
    x = block(counter, x, blockOptions(config, stage, 1));
    counter.repeat(1);
  }
  head(counter, x, config.headWidth, config.classes);
  return counter.total();
}
