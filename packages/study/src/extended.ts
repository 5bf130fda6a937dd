import type { Architecture, Extensions } from '@netspace/contracts';
import { type Distributions, shippedDistributions } from '@netspace/design-space';
import { shippedArchitecture } from '@netspace/model-builder';

/**
 * The blocks and stems that netspace ships, and those of plugins.
 *
 * @example
 * import { loadPlugins } from '@netspace/plugins';
 * import { architectureOf } from '@netspace/study';
 * const { extensions } = await loadPlugins([], '.');
 * Object.keys(architectureOf(extensions).stems); // => ['res_stem_cifar', 'simple_stem_in', 'res_stem_in']
 */
export function architectureOf({ blocks, stems }: Extensions): Architecture {
  return { blocks: { ...shippedArchitecture.blocks, ...blocks }, stems: { ...shippedArchitecture.stems, ...stems } };
}

/**
 * The distributions that netspace ships, and those of plugins.
 *
 * @example
 * import { loadPlugins } from '@netspace/plugins';
 * import { distributionsOf } from '@netspace/study';
 * const { extensions } = await loadPlugins([], '.');
 * Object.keys(distributionsOf(extensions)).includes('log_uniform'); // => true
 */
export function distributionsOf({ distributions }: Extensions): Distributions {
  return { ...shippedDistributions, ...distributions };
}
