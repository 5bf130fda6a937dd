/**
 * Tries the packed package as a user gets it: packs it with its prebuilt addon and its dependencies, installs the tarballs
 * in an empty folder without a network and without a compiler, and trains a network there.
 * Exit status 1 where a step fails or the loss does not fall.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);
const dependencies = ['@netspace/contracts', 'node-addon-api', 'node-api-headers'];
const packages = [root, ...dependencies.map((name) => dirname(require.resolve(`${name}/package.json`)))];

const training = `
import { loadEngine } from '@netspace/engine-native';

const native = await loadEngine();
if (!native.available) throw new Error(native.reason);
const node = (op, shape, more) => ({ op, shape, layer: op, ...more });
const pixels = { channels: 8, height: 4, width: 4 };
const nodes = [
  node('input', { ...pixels, channels: 3 }, { inputs: [] }),
  node('conv', pixels, { inputs: [0], kernel: 3, stride: 1, padding: 1, groups: 1, weight: 'w' }),
  node('relu', pixels, { inputs: [1] }),
  node('global_average_pool', { channels: 8, height: 1, width: 1 }, { inputs: [2] }),
  node('linear', { channels: 2, height: 1, width: 1 }, { inputs: [3], weight: 'fc', bias: 'bias' }),
].map((one, id) => ({ id, ...one }));
const parameters = [
  { name: 'w', shape: [8, 3, 3, 3], role: 'conv_weight' },
  { name: 'fc', shape: [2, 8], role: 'linear_weight' },
  { name: 'bias', shape: [2], role: 'bias' },
];
const decay = { weightDecay: 0, batchNormWeightDecay: 0, biasWeightDecay: 0 };
const optimizer = { momentum: 0.9, nesterov: true, ...decay };
const network = await native.engine.compile({ nodes, output: 4, parameters, buffers: [] }, { batchSize: 2, optimizer });
const waves = (length) => Float32Array.from({ length }, (_, i) => Math.sin(i));
network.setState(new Map(parameters.map(({ name, shape }) => [name, waves(shape.reduce((a, b) => a * b))])));
const losses = [];
for (let step = 0; step < 2; step++) {
  network.trainStep({ count: 2, images: waves(96), labels: new Int32Array([0, 1]) }, 0.01, 0);
  losses.push((await network.takeMetrics()).lossSum / 2);
}
if (!(losses[1] < losses[0])) throw new Error('the loss does not fall: ' + losses);
console.log(native.engine.description + ': loss ' + losses.map((loss) => loss.toFixed(4)).join(', then '));
`;

const folder = mkdtempSync(join(tmpdir(), 'netspace-packed-'));
// A PATH with nothing but what npm needs: no compiler.
const bin = join(folder, 'bin');
mkdirSync(bin);
const shell = execFileSync('sh', ['-c', 'command -v sh'], { encoding: 'utf8' }).trim();
const npm = realpathSync(execFileSync('sh', ['-c', 'command -v npm'], { encoding: 'utf8' }).trim());
for (const [name, file] of Object.entries({ node: process.execPath, sh: shell })) symlinkSync(file, join(bin, name));
const bare = { PATH: bin, HOME: folder, npm_config_update_notifier: 'false' };
const node = (args, options) => execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8', ...options });

try {
  const packed = node([npm, 'pack', '--json', '--loglevel=error', '--pack-destination', folder, ...packages]);
  const tarballs = JSON.parse(packed);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const offline = ['--offline', '--no-audit', '--no-fund', '--loglevel=error'];
  node([npm, 'install', ...offline, ...tarballs.map(({ filename }) => `./${filename}`)], { env: bare });
  writeFileSync(join(folder, 'train.js'), training);
  const [{ filename, size }] = tarballs;
  console.log(
    `${filename} (${(size / 1e6).toFixed(1)} MB), installed without a compiler: ${node(['train.js'], { env: bare }).trim()}`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
