import { z } from 'zod';
import { reported } from './definition-problem.js';
import { definitionSchema, type DesignSpaceDefinition } from './definition-schema.js';
import type { DesignSpace } from './design-space.js';
import { resolveSpace } from './resolve-space.js';
import { resolveSpaceList, type SpaceEntry } from './resolve-space-list.js';
import type { SpaceOptions } from './space-options.js';

/**
 * The zod schema of a definition; it parses to the complete, checked {@link DesignSpace}.
 *
 * @example
 * import { parseConfig } from '@netspace/config-file';
 * import { designSpaceSchema } from '@netspace/design-space';
 * const text = 'name: narrow\nextends: AnyNetX-E\nparameters:\n  w: { high: 256 }\n';
 * parseConfig(text, 'narrow.yaml', designSpaceSchema()).nondecreasing; // => ['w', 'd']
 */
export function designSpaceSchema(options: SpaceOptions = {}): z.ZodType<DesignSpace, DesignSpaceDefinition> {
  return definitionSchema.transform((definition, context) =>
    reported(context, () => resolveSpace(definition, options)),
  );
}

/**
 * The zod schema of a list of spaces, each by name or as a definition that may extend another of the list; it parses to
 * the complete, checked spaces. Their names are distinct.
 *
 * @example
 * import { parseConfig } from '@netspace/config-file';
 * import { designSpaceListSchema } from '@netspace/design-space';
 * const text = `
 *   - RegNetX
 *   - { name: shallow, extends: narrow, parameters: { d: { high: 8 } } }
 *   - { name: narrow, extends: AnyNetX-E, parameters: { w: { high: 256 } } }
 * `;
 * const [, shallow] = parseConfig(text, 'spaces.yaml', designSpaceListSchema());
 * shallow?.parameters['w']; // => { distribution: 'log_uniform', low: 8, high: 256, quantum: 8 }
 */
export function designSpaceListSchema(options: SpaceOptions = {}): z.ZodType<DesignSpace[], SpaceEntry[]> {
  return z
    .array(z.union([z.string(), definitionSchema]))
    .min(1)
    .transform((entries, context) => reported(context, () => resolveSpaceList(entries, options)));
}
