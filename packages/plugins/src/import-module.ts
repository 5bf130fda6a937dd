import { pathToFileURL } from 'node:url';
import { InvalidInputError } from '@netspace/contracts';
import { lineInStack } from './line-in-stack.js';

/**
 * What a module exports.
 *
 * @param file - Its absolute path.
 * @throws InvalidInputError where it cannot be loaded: a syntax error, a package that it misses, a TypeScript file under a Node.js that does not
 * strip types, an import of netspace.
 */
export async function importModule(file: string): Promise<Readonly<Record<string, unknown>>> {
  if (/\.[cm]?ts$/.test(file) && !stripsTypes()) {
    const problem = `is TypeScript, which Node.js ${process.version} does not load`;
    throw new InvalidInputError({ file, problem, expected: 'a .mjs file, or Node.js 22.18, 23.6 or newer' });
  }
  try {
    return (await import(pathToFileURL(file).href)) as Record<string, unknown>;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (message.includes('@netspace/')) throw oldForm(file, message, error);
    throw new InvalidInputError(
      { file, ...lineInStack(error, file), problem: `cannot be loaded: ${message}` },
      { cause: error },
    );
  }
}

/** Node.js says so from 22.10 on. */
function stripsTypes(): boolean {
  return Boolean((process.features as { readonly typescript?: unknown }).typescript);
}

/** Of a module that registers itself with netspace, as plugins once did. */
function oldForm(file: string, message: string, cause: unknown): InvalidInputError {
  const problem = `cannot be loaded: ${message}. A plugin imports nothing of netspace and registers nothing: it exports what it brings`;
  const expected = 'export const blocks = { my_block: (builder, input, options) => ... }';
  return new InvalidInputError({ file, problem, expected }, { cause });
}
