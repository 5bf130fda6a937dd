import type { Architecture, Extensions } from '@netspace/contracts';
import { type Distributions, shippedDistributions } from '@netspace/design-space';
import { shippedArchitecture } from '@netspace/model-builder';

/** The blocks and stems that netspace ships, and those of plugins. */
export function architectureOf({ blocks, stems }: Extensions): Architecture {
  return { blocks: { ...shippedArchitecture.blocks, ...blocks }, stems: { ...shippedArchitecture.stems, ...stems } };
}

/** The distributions that netspace ships, and those of plugins. */
export function distributionsOf({ distributions }: Extensions): Distributions {
  return { ...shippedDistributions, ...distributions };
}
