import type { z } from 'zod';
import { parseConfig } from './parse-config.js';
import { readText } from './read-text.js';
import type { YamlVersion } from './yaml-document.js';

/**
 * Reads a YAML (or JSON) file against a schema: `parseConfig` on the file's content.
 *
 * @param version - Of YAML, 1.2 by default.
 * @throws InvalidInputError where the file cannot be read, or for the first problem in it.
 * @example
 * import { readConfig } from '@netspace/config-file/node';
 * import { z } from 'zod';
 * readConfig('package.json', z.looseObject({ type: z.string() })).type; // => 'module'
 */
export function readConfig<T>(file: string, schema: z.ZodType<T>, version: YamlVersion = '1.2'): T {
  return parseConfig(readText(file), file, schema, version);
}
