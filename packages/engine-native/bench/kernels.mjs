/**
 * Each kernel by itself, on every instruction set of the machine or the one that NETSPACE_ISA names: against plain loops,
 * or how fast it is, as JSON lines. Convolutions are of the networks that PyTorch is compared on and of forty sampled ones
 * (`share_of_peak` counts 2 flops for each weight and output, of the multiply-add peak in float32 measured in the same run);
 * the others read and write memory (`share_of_copy` is of the speed of copying in the second-level cache).
 *
 * Usage: kernels.mjs test|bench [--networks NAME,...] [KERNEL ...]; a network is one of the four or `sampled`. Exit status 1
 * where a test fails.
 */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { findAddon } from '../dist/find-addon.js';
import { shapesOfNetworks } from './network-shapes.mjs';

const { values, positionals } = parseArgs({ allowPositionals: true, options: { networks: { type: 'string' } } });

// Beside an addon that was built by others, as for the sanitizers, its checks are, too.
if (process.env.NETSPACE_NATIVE_ADDON === undefined) {
  const build = fileURLToPath(new URL('../scripts/build.mjs', import.meta.url));
  const { status } = spawnSync(process.execPath, [build, '--checks'], { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) process.exit(1);
}
const { status, error } = spawnSync(join(dirname(findAddon()), 'kernel_checks'), positionals, {
  input: (await shapesOfNetworks(values.networks?.split(','))).join('\n'),
  stdio: ['pipe', 'inherit', 'inherit'],
});
if (error) console.error(error.message);
process.exit(status ?? 1);
