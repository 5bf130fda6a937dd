/**
 * Training speed on the four networks that PyTorch is compared on. Prints one JSON line a network and number of processes:
 * `peak_gflops` is the multiply-add peak of one core, measured in the same run; `busy` the share of the time that the
 * slowest process had a processor. Usage: engine-native.bench.mjs [--seconds S] [--processes P] [NETWORK ...]
 */
import { parseArgs } from 'node:util';
import { complexityOf } from '@netspace/model-builder';
import { benchmarkNetworks } from '@netspace/engine-testing';
import { loadAddon } from '../dist/addon.js';
import { trainingSpeed } from './training-speed.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '4' }, processes: { type: 'string' } },
});
const seconds = Number(values.seconds);

const isa = loadAddon().chooseInstructionSet(process.env.NETSPACE_ISA ?? '');
const peak = loadAddon().peakGflops(isa);
const rounded = (value, digits) => Number(value.toFixed(digits));

for (const name of positionals.length > 0 ? positionals : Object.keys(benchmarkNetworks)) {
  for (const processes of values.processes ? [Number(values.processes)] : [1, 2]) {
    const { imagesPerSecond, busy } = await trainingSpeed(benchmarkNetworks[name], { processes, seconds });
    const gflops = (imagesPerSecond * 6 * complexityOf(benchmarkNetworks[name].config).flops) / 1e9;
    console.log(
      JSON.stringify({
        ...{ network: name, processes, threads: 1, isa },
        images_per_second: rounded(imagesPerSecond, 1),
        gflops: rounded(gflops, 1),
        peak_gflops: rounded(peak, 1),
        share_of_peak: rounded(gflops / processes / peak, 3),
        busy: rounded(busy, 2),
      }),
    );
  }
}
