/**
 * `npm run setup:tfjs [-- --gpu] [-- --wheel FILE]`: gives @netspace/engine-tfjs a real TensorFlow.
 *
 * @tensorflow/tfjs-node-gpu downloads its library from a storage bucket. This takes everything from the npm registry and
 * the Python package index, or the mirrors that npm and pip are configured for: the package from npm, TensorFlow's
 * library out of its wheel, and compiles the package's addon against it. See docs/tfjs.md.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** What is installed from npm; the integrity is the registry's own. */
const npmPackages = {
  '@tensorflow/tfjs-node-gpu': {
    version: '4.22.0',
    integrity: 'sha512-p//NN6DGiN4hInUmIkRffaFVMcdTREUMjPyjW04J7OXvB2zBlQimj61eFKSgRrH3f5TnOfKzb0n56he/B6a4bw==',
  },
  'node-api-headers': {
    version: '1.9.0',
    integrity: 'sha512-2oNILP4jXwRB4ywnYKjVk1YyJ96n2D4EOVJO6S3oYZ5PtbJrw3Yt9TpAuX3nBLMuzn74rnfGQrv13pS9vC+YiA==',
  },
};

/** TensorFlow's wheels for Python 3.11, Linux x64; the Python version does not matter for the library inside. */
const wheels = {
  cpu: {
    requirement: 'tensorflow-cpu==2.15.1',
    size: 207_208_420,
    sha256: '54660c074d7241a503e81edfd9f5ef5af88f64051b72e2945f26318c790f2d26',
  },
  gpu: {
    requirement: 'tensorflow==2.15.1',
    size: 475_258_663,
    sha256: 'bb0edd69103c154245c5f209f0507355cc68ba7e4de350084bc31edc562478e4',
  },
};

/** NVIDIA's libraries that this TensorFlow was built for: the wheel's own extra `and-cuda`. */
const cudaRequirements = [
  'nvidia-cublas-cu12==12.2.5.6',
  'nvidia-cuda-cupti-cu12==12.2.142',
  'nvidia-cuda-nvcc-cu12==12.2.140',
  'nvidia-cuda-nvrtc-cu12==12.2.140',
  'nvidia-cuda-runtime-cu12==12.2.140',
  'nvidia-cudnn-cu12==8.9.4.25',
  'nvidia-cufft-cu12==11.0.8.103',
  'nvidia-curand-cu12==10.3.3.141',
  'nvidia-cusolver-cu12==11.5.2.141',
  'nvidia-cusparse-cu12==12.1.2.141',
  'nvidia-nccl-cu12==2.16.5',
  'nvidia-nvjitlink-cu12==12.2.140',
];

const { values: options } = parseArgs({ options: { gpu: { type: 'boolean' }, wheel: { type: 'string' } } });
const wheel = options.gpu ? wheels.gpu : wheels.cpu;
const folder = join(dirname(dirname(fileURLToPath(import.meta.url))), 'packages/engine-tfjs/build/tfjs-node-gpu');
const packageFolder = join(folder, 'node_modules/@tensorflow/tfjs-node-gpu');
const dependencies = join(packageFolder, 'deps');
const stampFile = join(folder, 'installed.json');
const stamp = JSON.stringify({ npmPackages, wheel, cudaRequirements: options.gpu ? cudaRequirements : [] }, null, 2);

if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp && works()) {
  console.log(`tfjs-node-gpu is ready in ${folder}`);
} else {
  checkMachine();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  installFromNpm();
  const file = options.wheel ? resolve(options.wheel) : downloadWheel();
  await checkWheel(file);
  unpackTensorflow(file);
  if (options.gpu) installCuda();
  compileAddon();
  if (!works()) fail('The addon was built but does not run; its message is above.');
  writeFileSync(stampFile, stamp);
  console.log(`tfjs-node-gpu is ready in ${folder}`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}

/** Runs a command; its output goes to the terminal. */
function run(command, args, settings = {}) {
  console.log(`> ${command} ${args.map((arg) => (arg.includes('\n') ? '...' : arg)).join(' ')}`);
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', ...settings });
  if (error) fail(`${command} did not start: ${error.message}`);
  if (status !== 0) fail(`${command} failed (status ${status})`);
}

function answers(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** Stops with everything that is missing, not only the first thing. */
function checkMachine() {
  const missing = [];
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    missing.push(
      `Linux on x64 (this is ${process.platform} on ${process.arch}; there, install @tensorflow/tfjs-node-gpu itself)`,
    );
  }
  if (!answers('g++', ['--version'])) missing.push('g++ (Debian, Ubuntu: apt-get install g++)');
  if (!answers('python3', ['--version']))
    missing.push('python3 (Debian, Ubuntu: apt-get install python3), to unpack the wheel');
  if ((options.gpu || !options.wheel) && !answers('python3', ['-m', 'pip', '--version'])) {
    missing.push(
      `pip (Debian, Ubuntu: apt-get install python3-pip), or --wheel FILE with the wheel of ${wheel.requirement}`,
    );
  }
  if (missing.length > 0) fail(`Missing:\n${missing.map((thing) => `- ${thing}\n`).join('')}`);
}

/** Installs the packages without their install scripts and compares the registry's integrity with the one known here. */
function installFromNpm() {
  const dependencies = Object.fromEntries(Object.entries(npmPackages).map(([name, { version }]) => [name, version]));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', folder], {
    cwd: folder,
  });
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
  for (const [name, { version, integrity }] of Object.entries(npmPackages)) {
    const found = packages[`node_modules/${name}`];
    if (found?.version !== version || found.integrity !== integrity) {
      fail(`npm gave ${name} ${found?.version} ${found?.integrity}; expected ${version} ${integrity}`);
    }
  }
}

function downloadWheel() {
  const target = join(folder, 'wheel');
  const selection = [
    '--no-deps',
    '--only-binary=:all:',
    '--python-version',
    '3.11',
    '--platform',
    'manylinux2014_x86_64',
  ];
  run('python3', ['-m', 'pip', 'download', ...selection, '--progress-bar', 'off', '--dest', target, wheel.requirement]);
  return join(target, readdirSync(target)[0]);
}

async function checkWheel(file) {
  const { size } = statSync(file);
  if (size !== wheel.size) fail(`${file} has ${size} bytes; the wheel of ${wheel.requirement} has ${wheel.size}`);
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  const sha256 = hash.digest('hex');
  if (sha256 !== wheel.sha256)
    fail(`${file} has the SHA-256 ${sha256}; the wheel of ${wheel.requirement} has ${wheel.sha256}`);
  console.log(`${wheel.requirement}: ${size} bytes, SHA-256 ${sha256}, as expected`);
}

/** Takes the libraries and the headers of the C interface out of the wheel, a zip file; the wheel is deleted after. */
function unpackTensorflow(file) {
  const script = `
import os, sys, zipfile
wheel, target = zipfile.ZipFile(sys.argv[1]), sys.argv[2]
for member in wheel.infolist():
    name = member.filename
    if name in ('tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2'):
        member.filename = 'lib/' + os.path.basename(name)
    elif name.startswith(('tensorflow/include/tensorflow/c', 'tensorflow/include/tsl/')) and name.endswith('.h'):
        member.filename = name[len('tensorflow/'):]
    else:
        continue
    wheel.extract(member, target)
`;
  run('python3', ['-c', script, file, dependencies]);
  rmSync(join(folder, 'wheel'), { recursive: true, force: true });
}

/** Beside the library, in deps/nvidia, where its run path looks. */
function installCuda() {
  run('python3', [
    '-m',
    'pip',
    'install',
    '--no-deps',
    '--only-binary=:all:',
    '--progress-bar',
    'off',
    '--target',
    dependencies,
    ...cudaRequirements,
  ]);
}

/** The addon uses Node-API alone: one binary for every Node version, and no download of Node's headers. */
function compileAddon() {
  const addon = join(packageFolder, 'lib/napi-v8');
  mkdirSync(addon, { recursive: true });
  run(
    'g++',
    [
      ...['-std=c++17', '-O2', '-fPIC', '-shared', '-DNAPI_VERSION=8'],
      ...['-I.', '-Ideps/include', `-I${join(folder, 'node_modules/node-api-headers/include')}`],
      ...['binding/tfjs_backend.cc', 'binding/tfjs_binding.cc', '-o', join(addon, 'tfjs_binding.node')],
      ...[
        '-Ldeps/lib',
        '-l:libtensorflow_cc.so.2',
        '-l:libtensorflow_framework.so.2',
        '-Wl,-rpath,$ORIGIN/../../deps/lib',
      ],
    ],
    { cwd: packageFolder },
  );
}

/** Loads the package in a process of its own and computes something. */
function works() {
  const script = `
const util = require('node:util');
util.isNullOrUndefined ??= (value) => value === null || value === undefined;
util.isArray ??= Array.isArray;
const tf = require('@tensorflow/tfjs-node-gpu');
const product = tf.matMul(tf.ones([2, 3]), tf.ones([3, 2])).dataSync();
if (tf.getBackend() !== 'tensorflow' || product.some((value) => value !== 3)) process.exit(1);
console.log('It computes on ' + (tf.backend().isUsingGpuDevice ? 'the GPU' : 'the CPU${options.gpu ? ': TensorFlow found no GPU (is there a driver? see nvidia-smi)' : ''}'));
`;
  const env = { TF_CPP_MIN_LOG_LEVEL: '1', ...process.env };
  return spawnSync(process.execPath, ['-e', script], { cwd: folder, stdio: 'inherit', env }).status === 0;
}
