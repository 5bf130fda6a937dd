/**
 * Formats the C++ of native/ as .clang-format says. With --check it changes nothing and names what is not formatted; exit
 * status 1 where there is such a thing. Where clang-format does not run on the machine it says so, and nothing is checked.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const native = join(dirname(dirname(fileURLToPath(import.meta.url))), 'native');
const { check } = parseArgs({ options: { check: { type: 'boolean' } } }).values;

/** The path of the clang-format that npm installed; undefined where the package has none for this platform. */
function findClangFormat() {
  try {
    return createRequire(import.meta.url)('clang-format-node').clangFormatPath;
  } catch (error) {
    if (error.message.startsWith('No executable found')) return undefined;
    throw error;
  }
}

/** Why clang-format cannot be used here, in words; undefined where it can. */
function findHindrance(clangFormat) {
  if (clangFormat === undefined) return `clang-format-node has no program for ${process.platform}-${process.arch}`;
  const { status, error, stderr } = spawnSync(clangFormat, ['--version'], { encoding: 'utf8' });
  return status === 0 ? undefined : `clang-format does not start: ${error?.message ?? stderr.trim()}`;
}

const clangFormat = findClangFormat();
const hindrance = findHindrance(clangFormat);
if (hindrance !== undefined) {
  console.log(`Skipped: the format of the C++ (${hindrance})`);
  process.exit(check ? 0 : 1);
}
const sources = readdirSync(native, { recursive: true }).filter((file) => /\.(h|cc)$/.test(file));
const mode = check ? ['--dry-run', '--Werror'] : ['-i'];
const { status } = spawnSync(clangFormat, [...mode, ...sources], { cwd: native, stdio: 'inherit' });
process.exit(status ?? 1);
