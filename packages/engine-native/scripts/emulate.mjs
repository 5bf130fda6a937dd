/**
 * Tests what multiplies in bfloat16 on a machine with AVX-512 that has no instructions for it: the addon is built with what
 * they do in float32. Each kernel against plain loops, then training against the reference engine. Exit status 1 where a test
 * fails.
 */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

function run(...args) {
  const env = { ...process.env, NETSPACE_NATIVE_ADDON: join(root, 'build', 'emulated', 'netspace_native.node') };
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit', env });
  if (status !== 0) process.exit(1);
}

run('scripts/build.mjs', '--checks', '--emulate');
run('bench/kernels.mjs', 'test');
run('--experimental-vm-modules', '../../node_modules/jest/bin/jest.js', '--runInBand', 'reduced-precision', 'bfloat16');
