import { refused } from './definition-problem.js';
import type { DesignSpaceDefinition } from './definition-schema.js';
import type { DesignSpace } from './design-space.js';
import { resolveSpace, spaceOf } from './resolve-space.js';
import type { SpaceOptions } from './space-options.js';

/**
 * Completes and checks a definition made in code.
 *
 * @throws InvalidInputError naming the key of the first problem.
 * @example
 * import { defineDesignSpace, degreesOfFreedom, findDesignSpace } from '@netspace/design-space';
 * // A refinement that the paper tried (figure 9): w_0 = w_a.
 * const tied = defineDesignSpace({ name: 'tied', extends: 'RegNetX', parameters: { w_a: { equals: 'w_0' } } });
 * degreesOfFreedom(tied); // => 5
 * // Any space can be extended, by what it is.
 * const deep = defineDesignSpace({ name: 'deep', extends: tied, stages: 5, block: 'r' });
 * deep.parameters['w_a']; // => { equals: 'w_0' }
 */
export function defineDesignSpace(definition: DesignSpaceDefinition, options: SpaceOptions = {}): DesignSpace {
  return refused(() => resolveSpace(definition, options));
}

/**
 * A shipped design space by its name.
 *
 * @throws InvalidInputError naming the shipped spaces where there is none of that name.
 * @example
 * import { findDesignSpace } from '@netspace/design-space';
 * findDesignSpace('AnyNetX-C').shared; // => ['b', 'g']
 */
export function findDesignSpace(name: string): DesignSpace {
  return refused(() => spaceOf(name));
}
