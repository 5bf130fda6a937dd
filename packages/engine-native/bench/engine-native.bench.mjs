/**
 * Training speed on the four networks that PyTorch is compared on: one training on one core, two of them at once, and one
 * on two cores. Prints one JSON line each: `peak_gflops` is the multiply-add peak of one core, measured in the same run;
 * `share_of_peak` of the cores used; `busy` the share of the time that the slowest process had its processors.
 * Usage: engine-native.bench.mjs [--seconds S] [--processes P --threads T] [--precision float32|bfloat16] [--storage float32|bfloat16]
 * [NETWORK ...]
 */
import { parseArgs } from 'node:util';
import { complexityOf } from '@netspace/model-builder';
import { benchmarkNetworks } from '@netspace/engine-testing';
import { loadAddon } from '../dist/addon.js';
import { trainingSpeed } from './training-speed.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string', default: '4' },
    processes: { type: 'string' },
    threads: { type: 'string' },
    precision: { type: 'string', default: 'float32' },
    storage: { type: 'string', default: 'float32' },
  },
});
const { precision, storage } = values;
const seconds = Number(values.seconds);
const chosen = { processes: Number(values.processes ?? 1), threads: Number(values.threads ?? 1) };
const runs =
  (values.processes ?? values.threads)
    ? [chosen]
    : [
        { processes: 1, threads: 1 },
        { processes: 2, threads: 1 },
        { processes: 1, threads: 2 },
      ];

const isa = loadAddon().chooseInstructionSet(process.env.NETSPACE_ISA ?? '');
const peak = loadAddon().peakGflops(isa);
const rounded = (value, digits) => Number(value.toFixed(digits));

for (const name of positionals.length > 0 ? positionals : Object.keys(benchmarkNetworks)) {
  for (const { processes, threads } of runs) {
    const { imagesPerSecond, busy } = await trainingSpeed(
      { ...benchmarkNetworks[name], precision, storage },
      { processes, threads, seconds },
    );
    const gflops = (imagesPerSecond * 6 * complexityOf(benchmarkNetworks[name].config).flops) / 1e9;
    console.log(
      JSON.stringify({
        ...{ network: name, processes, threads, isa, precision, storage },
        images_per_second: rounded(imagesPerSecond, 1),
        gflops: rounded(gflops, 1),
        peak_gflops: rounded(peak, 1),
        share_of_peak: rounded(gflops / processes / threads / peak, 3),
        busy: rounded(busy / threads, 2),
      }),
    );
  }
}
