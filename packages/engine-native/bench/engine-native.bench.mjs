/**
 * Training speed on the four networks that PyTorch is compared on: random data made once, SGD with Nesterov momentum.
 * Prints one JSON line a network and number of processes; `peak_gflops` is the multiply-add peak of one core, measured in
 * the same run; `busy` is the share of the time that the process had a processor: below 1, others were using the machine.
 * Usage: engine-native.bench.mjs [--seconds S] [--processes P] [NETWORK ...]
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { buildGraph, complexityOf, initialState } from '@netspace/model-builder';
import { openRandom } from '@netspace/random';
import { loadEngine } from '../dist/index.js';
import { loadAddon } from '../dist/addon.js';

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

const optimizer = {
  momentum: 0.9,
  nesterov: true,
  weightDecay: 5e-5,
  batchNormWeightDecay: 5e-5,
  biasWeightDecay: 5e-5,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '4' }, processes: { type: 'string' } },
});
const seconds = Number(values.seconds);

async function engine() {
  const native = await loadEngine();
  if (!native.available) throw new Error(`${native.reason}: ${native.remedy}`);
  return native.engine;
}

const isa = () => loadAddon().chooseInstructionSet(process.env.NETSPACE_ISA ?? '');

async function compileNetwork({ batchSize, config }) {
  const graph = buildGraph(config);
  const compiled = await (await engine()).compile(graph, { batchSize, optimizer });
  compiled.setState(initialState(graph, 1));
  return compiled;
}

function randomBatch({ batchSize, config }) {
  const random = openRandom(2, 'bench');
  const pixels = batchSize * config.imageChannels * config.imageSize ** 2;
  return {
    count: batchSize,
    images: Float32Array.from({ length: pixels }, () => random.normal()),
    labels: Int32Array.from({ length: batchSize }, () => random.integer(0, config.classes - 1)),
  };
}

/** Trains for so many seconds after `start` resolves; the best of five parts of the time counts. */
async function trainingSpeed(name, start) {
  const specification = networks[name];
  const batch = randomBatch(specification);
  const compiled = await compileNetwork(specification);
  for (let i = 0; i < 3; i++) compiled.trainStep(batch, 0.1, 0);
  await start();
  let best = { imagesPerSecond: 0, busy: 0 };
  for (let part = 0; part < 5; part++) {
    const processor = process.cpuUsage();
    const begin = performance.now();
    let steps = 0;
    while (performance.now() - begin < seconds * 200) {
      compiled.trainStep(batch, 0.1, 0);
      steps++;
    }
    const elapsed = performance.now() - begin;
    const { user, system } = process.cpuUsage(processor);
    const imagesPerSecond = (steps * specification.batchSize * 1000) / elapsed;
    if (imagesPerSecond > best.imagesPerSecond) best = { imagesPerSecond, busy: (user + system) / 1000 / elapsed };
  }
  return best;
}

/** Several processes train a copy each; they start together. Returns their speeds. */
async function speedsOf(name, processes) {
  const children = Array.from({ length: processes }, () =>
    fork(fileURLToPath(import.meta.url), [...process.argv.slice(2)], { env: { ...process.env, BENCH_NETWORK: name } }),
  );
  const message = (child) => new Promise((resolve) => child.once('message', resolve));
  await Promise.all(children.map(message));
  const speeds = children.map(message);
  for (const child of children) child.send('start');
  return Promise.all(speeds);
}

async function main() {
  const peak = loadAddon().peakGflops(isa());
  for (const name of positionals.length > 0 ? positionals : Object.keys(networks)) {
    for (const processes of values.processes ? [Number(values.processes)] : [1, 2]) {
      const speeds = await speedsOf(name, processes);
      const imagesPerSecond = speeds.reduce((sum, speed) => sum + speed.imagesPerSecond, 0);
      const busy = Math.min(...speeds.map((speed) => speed.busy));
      const gflops = (imagesPerSecond * 6 * complexityOf(networks[name].config).flops) / 1e9;
      const line = {
        network: name,
        processes,
        threads: 1,
        isa: isa(),
        images_per_second: Number(imagesPerSecond.toFixed(1)),
        gflops: Number(gflops.toFixed(1)),
        peak_gflops: Number(peak.toFixed(1)),
        share_of_peak: Number((gflops / processes / peak).toFixed(3)),
        busy: Number(busy.toFixed(2)),
      };
      console.log(JSON.stringify(line));
    }
  }
}

if (process.env.BENCH_NETWORK) {
  const start = () =>
    new Promise((resolve) => {
      process.once('message', resolve);
      process.send('ready');
    });
  process.send(await trainingSpeed(process.env.BENCH_NETWORK, start));
  process.disconnect();
} else {
  await main();
}
