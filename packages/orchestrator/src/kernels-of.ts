import {
  type Architecture,
  type Engine,
  InvalidInputError,
  type LayerKernels,
  type NetworkConfig,
  type Precision,
} from '@netspace/contracts';
import { buildGraph } from '@netspace/model-builder';

/** What the kernels of a network are asked of. */
export interface KernelRoom {
  readonly engine: Engine;
  /** The blocks and stems that networks may name. */
  readonly architecture: Architecture;
  readonly precision: Precision;
}

/** Does not bear on the kernels. */
const optimizer = { momentum: 0, nesterov: false, weightDecay: 0, batchNormWeightDecay: 0, biasWeightDecay: 0 };

/**
 * What an engine computes the convolutions and linear layers of a network with.
 *
 * @throws InvalidInputError where the engine does not choose among kernels, or has not the precision.
 * @example
 * import { shippedArchitecture } from '@netspace/model-builder';
 * import { chooseEngine, kernelsOf } from '@netspace/orchestrator';
 * const { engine } = await chooseEngine('reference');
 * const config = {
 *   stem: { type: 'res_stem_cifar', width: 8 },
 *   block: 'x',
 *   stages: [{ depth: 1, width: 8, stride: 2, bottleneckRatio: 1, groupWidth: 4 }],
 *   squeezeExcitationRatio: 0,
 *   headWidth: 0,
 *   classes: 10,
 *   imageSize: 8,
 *   imageChannels: 3,
 * };
 * const room = { engine, architecture: shippedArchitecture, precision: 'float32' } as const;
 * const refusal = kernelsOf(config, room).catch((error: Error) => error.message);
 * await refusal; // => 'engine: reference does not choose among kernels (valid: native)'
 */
export async function kernelsOf(
  config: NetworkConfig,
  { engine, architecture, precision }: KernelRoom,
): Promise<readonly LayerKernels[]> {
  const network = await engine.compile(buildGraph(config, architecture), { batchSize: 1, optimizer, precision });
  const { kernels } = network;
  network.dispose();
  if (kernels !== undefined) return kernels;
  throw new InvalidInputError({
    key: 'engine',
    problem: `${engine.name} does not choose among kernels`,
    expected: 'native',
  });
}
