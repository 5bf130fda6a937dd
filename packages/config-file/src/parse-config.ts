import { InvalidInputError } from '@netspace/contracts';
import type { z } from 'zod';
import { expectation, problemOf } from './describe-issue.js';
import { formatKey } from './format-key.js';
import { mostTelling, type Issue } from './most-telling.js';
import { type YamlDocument, type YamlVersion, readYaml } from './yaml-document.js';

/**
 * Reads a YAML (or JSON) text against a schema. Merge keys (`<<: *base`) are followed, and a byte order mark is passed over.
 *
 * @param text - The file's content.
 * @param file - Its name, for messages.
 * @param schema - What it must be; the result has its defaults filled in. Unknown keys are an error where the schema
 * is a `z.strictObject`.
 * @param version - Of YAML, 1.2 by default; in 1.1 `yes` and `on` are true, as PyYAML reads them.
 * @throws InvalidInputError for the first problem, with file, line, key, value as it stands in the file and what would
 * be valid.
 * @example
 * import { parseConfig } from '@netspace/config-file';
 * import { z } from 'zod';
 * parseConfig('depth: 3', 'net.yaml', z.strictObject({ depth: z.int().min(1) })); // => { depth: 3 }
 */
export function parseConfig<T>(text: string, file: string, schema: z.ZodType<T>, version: YamlVersion = '1.2'): T {
  const document = readYaml(text, file, version);
  const result = schema.safeParse(document.value);
  if (result.success) return result.data;
  throw invalid(file, document, schema, mostTelling(result.error.issues));
}

function invalid(file: string, document: YamlDocument, schema: z.ZodType, issue: Issue): InvalidInputError {
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
  const line = document.lineOf(path);
  const expected = expectation(issue, schema, document.value);
  return new InvalidInputError({
    file,
    ...(line === undefined ? {} : { line }),
    key: formatKey(path),
    problem: problemOf(issue, document, schema),
    ...(expected === undefined ? {} : { expected }),
  });
}
