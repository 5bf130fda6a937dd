/**
 * Builds the addon with the address and undefined-behaviour sanitizers and runs the package's tests with it (g++ on
 * Linux). Exit status 1 where a test fails or a sanitizer complains.
 */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const compiler = process.env.CXX || 'g++';

const library = (name) => spawnSync(compiler, [`-print-file-name=${name}`], { encoding: 'utf8' }).stdout.trim();

function run(args, env = {}) {
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (status !== 0) process.exit(1);
}

run(['scripts/build.mjs', '--sanitize']);
// Node.js itself is not built with the sanitizers, so they must be loaded first; its own leaks are not ours.
run(['--experimental-vm-modules', '../../node_modules/jest/bin/jest.js', '--runInBand', ...process.argv.slice(2)], {
  LD_PRELOAD: `${library('libasan.so')}:${library('libubsan.so')}`,
  ASAN_OPTIONS: 'detect_leaks=0',
  NETSPACE_NATIVE_ADDON: join(root, 'build', 'sanitize', 'netspace_native.node'),
});
