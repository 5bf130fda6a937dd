/**
 * Builds the addon with the sanitizers and runs the package's tests with it (g++ on Linux): addresses and undefined
 * behaviour with all tests, then threads with those that use several. Exit status 1 where a test fails or a sanitizer
 * complains. Usage: sanitize.mjs [address|thread]
 */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const compiler = process.env.CXX || 'g++';

const library = (name) => spawnSync(compiler, [`-print-file-name=${name}`], { encoding: 'utf8' }).stdout.trim();

// Node.js itself is not built with the sanitizers, so they must be loaded first, and what it does is not looked at.
const sanitizers = {
  address: { LD_PRELOAD: `${library('libasan.so')}:${library('libubsan.so')}`, ASAN_OPTIONS: 'detect_leaks=0' },
  thread: {
    LD_PRELOAD: library('libtsan.so'),
    TSAN_OPTIONS: 'ignore_noninstrumented_modules=1 report_signal_unsafe=0',
  },
};
const tests = { address: [], thread: ['threads.test'] };

function run(args, env = {}) {
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (status !== 0) process.exit(1);
}

for (const name of process.argv[2] ? [process.argv[2]] : Object.keys(sanitizers)) {
  run(['scripts/build.mjs', '--checks', '--sanitize', name]);
  run(['--experimental-vm-modules', '../../node_modules/jest/bin/jest.js', '--runInBand', ...tests[name]], {
    ...sanitizers[name],
    NETSPACE_NATIVE_ADDON: join(root, 'build', name, 'netspace_native.node'),
  });
}
