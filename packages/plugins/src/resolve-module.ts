import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { isAbsolute, join, resolve } from 'node:path';
import { InvalidInputError } from '@netspace/contracts';
import { isFile } from './is-file.js';

/**
 * The file of a module.
 *
 * @param specifier - A path (`./mine.mjs`, `/lab/mine.mjs`), or the name of a package.
 * @param directory - Where paths start from and packages are looked for, and in all folders above.
 * @returns Its absolute path, links resolved.
 * @throws InvalidInputError where there is none.
 */
export function resolveModule(specifier: string, directory: string): string {
  const isPath = /^\.{1,2}[/\\]/.test(specifier) || isAbsolute(specifier);
  return realpathSync(isPath ? fileOf(specifier, directory) : fileOfPackage(specifier, directory));
}

function fileOf(specifier: string, directory: string): string {
  const file = resolve(directory, specifier);
  if (isFile(file)) return file;
  throw new InvalidInputError({ file, problem: 'no such module', expected: 'the path of a JavaScript file' });
}

/**
 * By the package's `exports` under the conditions of an import; Node's own resolution from another folder than this module's
 * takes only those of `require`, which many packages have not.
 */
function fileOfPackage(specifier: string, directory: string): string {
  const [, name = specifier, inside = ''] = /^((?:@[^/]+\/)?[^/]+)(.*)$/.exec(specifier) ?? [];
  const require = createRequire(join(directory, 'package.json'));
  const folders = (require.resolve.paths(specifier) ?? []).map((folder) => join(folder, name));
  const folder = folders.find((candidate) => existsSync(join(candidate, 'package.json')));
  if (folder === undefined) {
    const problem = `no package ${JSON.stringify(name)} is installed in ${directory} or above`;
    throw new InvalidInputError({
      problem,
      expected: 'a package that is installed there, or a path such as ./mine.mjs',
    });
  }
  const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { exports?: unknown };
  const entry = targetOf(entryOf(exports, `.${inside}`));
  if (entry !== undefined) return join(folder, entry);
  try {
    return require.resolve(specifier);
  } catch (error) {
    throw new InvalidInputError({ file: folder, problem: (error as Error).message }, { cause: error });
  }
}

/** What `exports` says of one entry; a value that is no map of entries is that of `.`. */
function entryOf(exports: unknown, entry: string): unknown {
  const isMap =
    typeof exports === 'object' && exports !== null && Object.keys(exports).some((key) => key.startsWith('.'));
  if (isMap) return (exports as Record<string, unknown>)[entry];
  return entry === '.' ? exports : undefined;
}

const conditions = new Set(['node', 'import', 'module-sync', 'default']);

/** The path under the first condition that holds. */
function targetOf(target: unknown): string | undefined {
  if (typeof target === 'string') return target;
  if (typeof target !== 'object' || target === null) return undefined;
  const choices = Array.isArray(target)
    ? target
    : Object.keys(target)
        .filter((key) => conditions.has(key))
        .map((key) => (target as Record<string, unknown>)[key]);
  return choices.map(targetOf).find((path) => path !== undefined);
}
