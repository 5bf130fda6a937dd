import { InvalidInputError } from '@netspace/contracts';
import { type Document, isCollection, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { expectation, problemOf } from './describe-issue.js';
import { knownKeys } from './known-keys.js';

/**
 * Reads a YAML (or JSON) text against a schema.
 *
 * @param text - The file's content.
 * @param file - Its name, for messages.
 * @param schema - What it must be; the result has its defaults filled in. Unknown keys are an error where the schema
 * is a `z.strictObject`.
 * @throws InvalidInputError for the first problem, with file, line, key, value and what would be valid.
 * @example
 * import { parseConfig } from '@netspace/config-file';
 * import { z } from 'zod';
 * parseConfig('depth: 3', 'net.yaml', z.strictObject({ depth: z.int().min(1) })); // => { depth: 3 }
 */
export function parseConfig<T>(text: string, file: string, schema: z.ZodType<T>): T {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const syntaxError = document.errors[0];
  if (syntaxError !== undefined) {
    const { line } = lines.linePos(syntaxError.pos[0]);
    throw new InvalidInputError({ file, line, problem: syntaxError.message });
  }
  const result = schema.safeParse(valueOf(document, file));
  if (result.success) return result.data;
  throw invalid({ file, document, lines, schema }, deepest(result.error.issues));
}

function valueOf(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    // An alias without an anchor, or aliases that would blow up the value.
    throw new InvalidInputError({ file, problem: (error as Error).message }, { cause: error });
  }
}

interface Source {
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
  readonly schema: z.ZodType;
}

function invalid({ file, document, lines, schema }: Source, issue: z.core.$ZodIssue): InvalidInputError {
  const path = pathOf(issue);
  const line = lineOf(document, lines, path);
  const expected =
    issue.code === 'unrecognized_keys'
      ? knownKeys(schema, issue.path, document.toJS())?.join(', ')
      : expectation(issue);
  return new InvalidInputError({
    file,
    ...(line === undefined ? {} : { line }),
    key: formatKey(path),
    problem: problemOf(issue, document.getIn(path)),
    ...(expected === undefined ? {} : { expected }),
  });
}

/**
 * The issue to report: an unknown key before others, since a misspelt key is missing under its right name too; of a
 * union's issues, the one of the alternative that fits furthest.
 */
function deepest(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue {
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]!;
  if (issue.code !== 'invalid_union') return issue;
  const inner = issue.errors
    .filter((alternative) => alternative.length > 0)
    .map((alternative) => deepest(alternative))
    .sort((a, b) => b.path.length - a.path.length)[0];
  if (inner === undefined || inner.path.length === 0) return issue;
  return { ...inner, path: [...issue.path, ...inner.path] };
}

function pathOf(issue: z.core.$ZodIssue): PropertyKey[] {
  return issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : issue.path;
}

function formatKey(path: readonly PropertyKey[]): string {
  return path
    .map((part, position) => {
      if (typeof part === 'number') return `[${part}]`;
      return position === 0 ? String(part) : `.${String(part)}`;
    })
    .join('');
}

/** The line of the key or item at `path`, or of the closest thing around it that the file has. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number | undefined {
  for (let length = path.length; length >= 0; length--) {
    const offset = offsetOf(document, path.slice(0, length));
    if (offset !== undefined) return lines.linePos(offset).line;
  }
  return undefined;
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number | undefined {
  const last = path.at(-1);
  const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
  if (isMap(parent) && last !== undefined) {
    const key = parent.items.find(({ key }) => isScalar(key) && key.value === last)?.key;
    return isNode(key) ? key.range?.[0] : undefined;
  }
  const node = last === undefined ? document.contents : isCollection(parent) ? parent.get(last, true) : undefined;
  return isNode(node) ? node.range?.[0] : undefined;
}
