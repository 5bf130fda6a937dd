import { parseConfig } from '@netspace/config-file';
import type { z } from 'zod';

/**
 * Reads JSON against a schema, fast where it is as it should be.
 *
 * @throws InvalidInputError for the first problem, with file, line, key, value and what would be valid.
 */
export function parseJson<T>(text: string, file: string, schema: z.ZodType<T>): T {
  const result = schema.safeParse(valueOf(text));
  // Slower, but it knows the place in the file.
  return result.success ? result.data : parseConfig(text, file, schema);
}

/** Undefined where the text is no JSON. */
function valueOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
