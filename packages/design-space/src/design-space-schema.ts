import { readConfig } from '@netspace/config-file';
import { InvalidInputError } from '@netspace/contracts';
import { z } from 'zod';
import { type DesignSpaceDefinition, definitionSchema } from './definition-schema.js';
import { DefinitionProblem } from './definition-problem.js';
import type { DesignSpace } from './design-space.js';
import { designSpaceNames, resolveSpace } from './resolve-space.js';
import { shippedDefinitions } from './shipped-definitions.js';

/** The zod schema of a definition; it parses to the complete, checked {@link DesignSpace}. */
export const designSpaceSchema = definitionSchema.transform((definition, context): DesignSpace => {
  try {
    return resolveSpace(definition);
  } catch (error) {
    if (!(error instanceof DefinitionProblem)) throw error;
    const { path, problem, expected } = error;
    context.addIssue({ code: 'custom', message: problem, path: [...path], params: { expected } });
    return z.NEVER;
  }
});

/**
 * Reads a design space from a YAML file.
 *
 * @param file - Path of a definition; the README shows one.
 * @throws InvalidInputError naming file, line, key and value of the first problem and what would be valid.
 * @example
 * import { readDesignSpace } from '@netspace/design-space';
 * import { writeFileSync } from 'node:fs';
 * import { tmpdir } from 'node:os';
 * import { join } from 'node:path';
 * const file = join(tmpdir(), 'narrow.yaml');
 * writeFileSync(file, 'name: narrow\nextends: AnyNetX-E\nparameters:\n  w: { high: 256 }\n');
 * readDesignSpace(file).parameters['w']; // => { distribution: 'log_uniform', low: 8, high: 256, quantum: 8 }
 */
export function readDesignSpace(file: string): DesignSpace {
  return readConfig(file, designSpaceSchema);
}

/**
 * Completes and checks a definition made in code.
 *
 * @throws InvalidInputError naming the key of the first problem.
 * @example
 * import { defineDesignSpace, degreesOfFreedom } from '@netspace/design-space';
 * // A refinement that the paper tried (figure 9): w_0 = w_a.
 * const space = defineDesignSpace({ name: 'tied', extends: 'RegNetX', parameters: { w_a: { equals: 'w_0' } } });
 * degreesOfFreedom(space); // => 5
 */
export function defineDesignSpace(definition: DesignSpaceDefinition): DesignSpace {
  try {
    return resolveSpace(definition);
  } catch (error) {
    if (!(error instanceof DefinitionProblem)) throw error;
    const { path, problem, expected } = error;
    throw new InvalidInputError({ key: path.join('.'), problem, expected }, { cause: error });
  }
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
  const definition = shippedDefinitions.find((shipped) => shipped.name === name);
  if (definition !== undefined) return resolveSpace(definition);
  throw new InvalidInputError({ problem: `there is no design space ${name}`, expected: designSpaceNames.join(', ') });
}
