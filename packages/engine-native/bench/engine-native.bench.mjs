/**
 * Training speed on the four networks that PyTorch is compared on. Prints one JSON line a network and number of processes:
 * `peak_gflops` is the multiply-add peak of one core, measured in the same run; `busy` the share of the time that the
 * slowest process had a processor. Usage: engine-native.bench.mjs [--seconds S] [--processes P] [NETWORK ...]
 */
import { parseArgs } from 'node:util';
import { complexityOf } from '@netspace/model-builder';
import { loadAddon } from '../dist/addon.js';
import { trainingSpeed } from './training-speed.mjs';

const network = (batchSize, stem, strides, depths, widths, groupWidth, classes, imageSize) => ({
  batchSize,
  config: {
    stem,
    block: 'x',
    stages: depths.map((depth, i) => ({ depth, width: widths[i], stride: strides[i], bottleneckRatio: 1, groupWidth })),
    squeezeExcitationRatio: 0,
    headWidth: 0,
    classes,
    imageSize,
    imageChannels: 3,
  },
});

const cifarStem = (width) => ({ type: 'res_stem_cifar', width });
const networks = {
  tiny: network(128, cifarStem(8), [1, 2, 2], [1, 1, 2], [8, 16, 32], 8, 10, 16),
  small: network(128, cifarStem(16), [1, 2, 2], [1, 2, 4], [24, 56, 152], 8, 10, 32),
  medium: network(64, cifarStem(16), [1, 2, 2], [2, 4, 6], [48, 96, 192], 16, 10, 32),
  'regnetx-200mf': network(
    16,
    { type: 'simple_stem_in', width: 32 },
    [2, 2, 2, 2],
    [1, 1, 4, 7],
    [24, 56, 152, 368],
    8,
    1000,
    224,
  ),
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '4' }, processes: { type: 'string' } },
});
const seconds = Number(values.seconds);

const isa = loadAddon().chooseInstructionSet(process.env.NETSPACE_ISA ?? '');
const peak = loadAddon().peakGflops(isa);
const rounded = (value, digits) => Number(value.toFixed(digits));

for (const name of positionals.length > 0 ? positionals : Object.keys(networks)) {
  for (const processes of values.processes ? [Number(values.processes)] : [1, 2]) {
    const { imagesPerSecond, busy } = await trainingSpeed(networks[name], { processes, seconds });
    const gflops = (imagesPerSecond * 6 * complexityOf(networks[name].config).flops) / 1e9;
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
