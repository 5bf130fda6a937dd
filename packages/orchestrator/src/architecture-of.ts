import type { Architecture } from '@netspace/contracts';
import { shippedArchitecture } from '@netspace/model-builder';
import type { Study } from '@netspace/study';

/** The blocks and stems that a study's networks may name: those that netspace ships, and those of its plugins. */
export function architectureOf({ loaded: { extensions } }: Pick<Study, 'loaded'>): Architecture {
  return {
    blocks: { ...shippedArchitecture.blocks, ...extensions.blocks },
    stems: { ...shippedArchitecture.stems, ...extensions.stems },
  };
}
