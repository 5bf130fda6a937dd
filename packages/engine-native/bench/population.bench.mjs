/**
 * Training speed on networks drawn from AnyNetX-A to E and RegNetX, the native engine beside PyTorch's best configuration
 * in the same run: two single-thread trainings at once against tools/pytorch-peer.py --best. One JSON line a network, then
 * the geometric mean of the ratios and the lowest one.
 *
 * Usage: population.bench.mjs [--networks N] [--seconds S] [--python PATH]; PATH is a Python that has torch.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { drawNetworks } from './network-shapes.mjs';
import { trainingSpeed } from './training-speed.mjs';

const batchSize = 128;
const peer = fileURLToPath(new URL('../../../tools/pytorch-peer.py', import.meta.url));

const { values } = parseArgs({
  options: {
    networks: { type: 'string', default: '40' },
    seconds: { type: 'string', default: '4' },
    python: { type: 'string', default: 'python3' },
  },
});

function peerSpeed(config) {
  const args = [peer, '--best', '--batch', String(batchSize), '--seconds', values.seconds];
  const { status, stdout, stderr } = spawnSync(values.python, args, {
    input: JSON.stringify(config),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${values.python} ${peer}: ${stderr}`);
  return JSON.parse(stdout).images_per_second;
}

const ratios = [];
for (const { space, id, config, complexity } of await drawNetworks(Number(values.networks))) {
  const run = { processes: 2, seconds: Number(values.seconds) };
  const { imagesPerSecond: native } = await trainingSpeed({ config, batchSize }, run);
  const pytorch = peerSpeed(config);
  const ratio = native / pytorch;
  ratios.push(ratio);
  const speeds = { native: Number(native.toFixed(1)), pytorch, ratio: Number(ratio.toFixed(2)) };
  const stages = config.stages.map(({ depth, width, bottleneckRatio, groupWidth }) =>
    [depth, width, bottleneckRatio, groupWidth].join('/'),
  );
  console.log(JSON.stringify({ space, id, flops: complexity.flops, 'd/w/b/g': stages.join(' '), ...speeds }));
}
const geometricMean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
console.log(
  JSON.stringify({
    networks: ratios.length,
    geometric_mean: Number(geometricMean.toFixed(2)),
    lowest: Number(Math.min(...ratios).toFixed(2)),
  }),
);
