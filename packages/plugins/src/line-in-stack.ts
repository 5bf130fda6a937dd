import { pathToFileURL } from 'node:url';

/** The line of a module where an error came from, the innermost one; none where its stack does not tell. */
export function lineInStack(error: unknown, file: string): { readonly line?: number } {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const [, after] = stack.split(`${pathToFileURL(file).href}:`);
  const line = parseInt(after ?? '', 10);
  return Number.isNaN(line) ? {} : { line };
}
