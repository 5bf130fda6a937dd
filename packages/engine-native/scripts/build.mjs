/**
 * Builds the addon, build/netspace_native.node, from native/ with the C++17 compiler at hand. Nothing is downloaded.
 * Without a compiler it says so and leaves the rest of the build alone: the engine then tells its user what is missing.
 *
 * With --sanitize it builds build/sanitize/netspace_native.node, which checks every access and every undefined operation;
 * scripts/sanitize.mjs runs the tests with it.
 */
import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const native = join(root, 'native');
const sanitize = process.argv.includes('--sanitize');
const build = sanitize ? join(root, 'build', 'sanitize') : join(root, 'build');
const jobs = 2;

const require = createRequire(import.meta.url);
const includes = [
  require('node-api-headers').include_dir,
  require('node-addon-api').include_dir ?? dirname(require.resolve('node-addon-api')),
];

const sanitizers = ['-fsanitize=address,undefined', '-fno-sanitize-recover=undefined'];
const optimisation = sanitize ? ['-O1', '-g', '-fno-omit-frame-pointer', ...sanitizers] : ['-O3'];
const common = ['-std=c++17', ...optimisation, '-fPIC', '-fvisibility=hidden', '-Wall', '-Wextra', '-Wno-psabi'];
const x86 = process.arch === 'x64' ? ['-DNETSPACE_X86'] : [];
const kernelFlags = ['-fno-exceptions', '-fno-rtti'];
const bindingFlags = ['-DNAPI_VERSION=8', '-DNAPI_CPP_EXCEPTIONS', ...includes.map((folder) => `-isystem${folder}`)];

const avx512 = ['-mavx512f', '-mavx512dq', '-mavx512vl', '-mavx512bw', '-mavx2', '-mfma'];
const instructionSets = {
  ...(process.arch === 'x64' && {
    avx512_256: avx512,
    avx512_512: [...avx512, '-DNETSPACE_WIDE'],
    avx2: ['-mavx2', '-mfma'],
  }),
  baseline: [],
};

/** The first of $CXX, g++, clang++ and c++ that runs. */
function findCompiler() {
  const candidates = [process.env.CXX, 'g++', 'clang++', 'c++'].filter(Boolean);
  return candidates.find((command) => spawnSync(command, ['--version']).status === 0);
}

/** What is compiled: the kernels once for each instruction set, everything else once. */
function translationUnits() {
  const kernels = Object.entries(instructionSets).map(([name, flags]) => ({
    source: join(native, 'kernels', 'kernels.cc'),
    object: join(build, `kernels-${name}.o`),
    flags: [...kernelFlags, ...flags, `-DNETSPACE_ISA=${name}`],
  }));
  const others = ['program', 'binding'].flatMap((folder) =>
    readdirSync(join(native, folder))
      .filter((file) => file.endsWith('.cc'))
      .map((file) => ({
        source: join(native, folder, file),
        object: join(build, `${folder}-${file.slice(0, -3)}.o`),
        flags: folder === 'binding' ? bindingFlags : [],
      })),
  );
  return [...kernels, ...others].map((unit) => ({ ...unit, flags: [...common, ...x86, ...unit.flags] }));
}

/** Changes when the compiler, the flags or anything that the unit includes changes. */
function fingerprint(compiler, { source, object, flags }) {
  const hash = createHash('sha256').update(JSON.stringify([compiler.version, flags]));
  const dependencies = existsSync(`${object}.d`) ? dependenciesOf(`${object}.d`) : [source];
  for (const file of dependencies) hash.update(existsSync(file) ? readFileSync(file) : 'missing');
  return hash.digest('hex');
}

const dependenciesOf = (file) =>
  readFileSync(file, 'utf8')
    .replace(/^[^:]*:/, '')
    .split(/[\s\\]+/)
    .filter(Boolean);

async function compile(compiler, unit) {
  const stamp = `${unit.object}.stamp`;
  if (existsSync(unit.object) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(compiler, unit))
    return false;
  const { source, object, flags } = unit;
  await run(compiler.command, [...flags, '-MMD', '-MF', `${object}.d`, '-c', source, '-o', `${object}.tmp`]);
  renameSync(`${object}.tmp`, object);
  writeFileSync(stamp, fingerprint(compiler, unit));
  return true;
}

async function run(command, args) {
  try {
    const { stderr } = await promisify(execFile)(command, args, { maxBuffer: 1 << 26 });
    if (stderr) process.stderr.write(stderr);
  } catch (error) {
    process.stderr.write(`${error.stderr ?? error.message}\n`);
    process.exit(1);
  }
}

/** Compiles `units`, so many at a time; returns whether anything was compiled. */
async function compileAll(compiler, units) {
  const waiting = [...units];
  const results = [];
  const worker = async () => {
    for (let unit = waiting.shift(); unit; unit = waiting.shift()) results.push(await compile(compiler, unit));
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  return results.some(Boolean);
}

/** Links beside the target and renames, so that a running process keeps the addon it has loaded. */
async function link(compiler, units) {
  const target = join(build, 'netspace_native.node');
  const shared =
    process.platform === 'darwin' ? ['-bundle', '-undefined', 'dynamic_lookup'] : ['-shared', '-Wl,--gc-sections'];
  await run(compiler.command, [
    ...shared,
    ...(sanitize ? sanitizers : []),
    ...units.map((unit) => unit.object),
    '-o',
    `${target}.tmp`,
  ]);
  renameSync(`${target}.tmp`, target);
}

const command = findCompiler();
if (command === undefined) {
  console.log(
    'engine-native: no C++17 compiler found (tried $CXX, g++, clang++, c++); the native engine is not built.',
  );
  console.log(
    'Install one, e.g. `apt-get install g++`, `xcode-select --install`, and run `npm run build` in packages/engine-native.',
  );
} else {
  mkdirSync(build, { recursive: true });
  const compiler = { command, version: spawnSync(command, ['--version'], { encoding: 'utf8' }).stdout };
  const units = translationUnits();
  const changed = await compileAll(compiler, units);
  if (changed || !existsSync(join(build, 'netspace_native.node'))) await link(compiler, units);
}
