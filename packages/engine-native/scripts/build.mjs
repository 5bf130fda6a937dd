/**
 * Builds the addon, netspace_native.node, from native/ with the C++17 compiler at hand. Nothing is downloaded.
 * Without a compiler it says so and leaves the rest of the build alone: the engine then tells its user what is missing.
 *
 * The addon is for the machine that the compiler compiles for: CXX=aarch64-linux-gnu-g++ makes one for arm64. That for
 * this machine is built in build/, one for another in build/<platform>-<arch>/.
 *
 * It has kernels for the instruction sets that this machine runs, and the baseline of the platform. With --all, and for other
 * machines, it has all.
 *
 * With --prebuilt the addon has all, too, and is put into prebuilds/<platform>-<arch>/, where `npm pack` takes it from.
 * With --checks kernel_checks is built, too: tests and measurements of the kernels (bench/kernels.mjs runs it).
 * With --sanitize address it is built in build/address/ and checks every access and every undefined operation, with
 * --sanitize thread in build/thread/ and finds what threads do not wait for; scripts/sanitize.mjs runs the tests with them.
 * With --emulate it is built in build/emulated/ and needs no instructions for bfloat16: scripts/emulate.mjs tests it.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { findCompiler } from './compiler.mjs';
import { allFeatures, runnableFeatures } from './runnable-features.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const native = join(root, 'native');
const addonName = 'netspace_native.node';
const { sanitize, prebuilt, checks, all, emulate } = parseArgs({
  options: {
    sanitize: { type: 'string' },
    prebuilt: { type: 'boolean' },
    checks: { type: 'boolean' },
    all: { type: 'boolean' },
    emulate: { type: 'boolean' },
  },
}).values;

const compiler = findCompiler();
if (compiler === undefined) {
  console.log(
    `engine-native: no C++17 compiler found (tried ${process.env.CXX ?? 'g++, clang++, c++'}); the native engine is not built.`,
  );
  console.log(
    'Install one, e.g. `apt-get install g++`, `xcode-select --install`, and run `npm run build-addon` in packages/engine-native.',
  );
  process.exit(prebuilt ? 1 : 0);
}
const { target } = compiler;
const isForThisMachine = target.platform === process.platform && target.arch === process.arch;
const build = join(
  root,
  'build',
  ...(sanitize ? [sanitize] : emulate ? ['emulated'] : isForThisMachine ? [] : [target.name]),
);

const require = createRequire(import.meta.url);
const includes = [
  require('node-api-headers').include_dir,
  require('node-addon-api').include_dir ?? dirname(require.resolve('node-addon-api')),
];

const sanitizers = {
  address: ['-fsanitize=address,undefined', '-fno-sanitize-recover=undefined'],
  thread: ['-fsanitize=thread'],
}[sanitize];
const optimisation = sanitize ? ['-O1', '-g', '-fno-omit-frame-pointer', ...sanitizers] : ['-O3'];
const warnings = ['-Wall', '-Wextra', '-Wno-psabi'];
const common = ['-std=c++17', ...optimisation, '-fPIC', '-pthread', '-fvisibility=hidden', ...warnings];
const x86 = target.arch === 'x64' ? ['-DNETSPACE_X86'] : [];
const kernelFlags = ['-fno-exceptions', '-fno-rtti'];
const bindingFlags = ['-DNAPI_VERSION=8', '-DNAPI_CPP_EXCEPTIONS', ...includes.map((folder) => `-isystem${folder}`)];

mkdirSync(build, { recursive: true });
const features = new Set(
  target.arch !== 'x64' ? [] : isForThisMachine && !all && !prebuilt ? runnableFeatures(compiler, build) : allFeatures,
);
if (emulate && features.has('avx512')) features.add('bfloat16');
/** For the file that lists the kernels of the addon. */
const featureFlags = [...features, ...(emulate ? ['emulated'] : [])].map((name) => `-DNETSPACE_${name.toUpperCase()}`);

/** Passes of GCC that take a sixth of the time and gain nothing where registers are plenty. */
const passesLeftOut =
  !sanitize && compiler.version.includes('Free Software Foundation')
    ? ['-O2', '-fno-tree-fre', '-fno-tree-pre', '-fno-tree-vrp']
    : [];
const avx512 = ['-mavx512f', '-mavx512dq', '-mavx512vl', '-mavx512bw', '-mavx2', '-mfma', ...passesLeftOut];
/** Few machines of x86-64 run nothing better: kernels that are 2 % faster there are not worth a third more time. */
const oldX86 = target.arch === 'x64' && !sanitize ? ['-O2'] : [];
const instructionSets = {
  ...(features.has('avx512') && { avx512_256: avx512 }),
  ...(features.has('avx2') && { avx2: ['-mavx2', '-mfma'] }),
  baseline: oldX86,
};
const bfloat16 = [...avx512, ...(emulate ? [] : ['-mavx512bf16', '-mavx512vbmi2']), '-DNETSPACE_PAIRS'];
const pairSets = features.has('bfloat16') ? { bfloat16_256: bfloat16 } : {};
const wide = [...avx512, '-DNETSPACE_WIDE'];
const wideSets = {
  ...(features.has('avx512') && { avx512_512: wide }),
  ...(features.has('bfloat16') && { bfloat16_512: [...bfloat16, '-DNETSPACE_WIDE'] }),
};
const interleavedSets = features.has('avx512') ? { avx512_512: wide } : {};

/** What is compiled: the kernels once for each instruction set, everything else once. */
function translationUnits() {
  const kernelUnits = (file, sets) =>
    Object.entries(sets).map(([name, flags]) => ({
      source: join(native, 'kernels', `${file}.cc`),
      object: join(build, `${file}-${name}.o`),
      flags: [...kernelFlags, ...flags, `-DNETSPACE_ISA=${name}`],
    }));
  const kernels = [
    ...kernelUnits('kernels', instructionSets),
    ...kernelUnits('pair_kernels', pairSets),
    ...kernelUnits('wide_kernels', wideSets),
    ...kernelUnits('interleaved_kernels', interleavedSets),
  ];
  const others = ['program', 'binding', ...(checks ? ['checks'] : [])].flatMap((folder) =>
    readdirSync(join(native, folder), { recursive: true })
      .filter((file) => file.endsWith('.cc'))
      .map((file) => ({
        folder,
        source: join(native, folder, file),
        object: join(build, `${folder}-${file.slice(0, -3).replaceAll(sep, '-')}.o`),
        flags: folder === 'binding' ? bindingFlags : file === 'instruction_set.cc' ? featureFlags : [],
      })),
  );
  return [...kernels, ...others].map((unit) => ({ ...unit, flags: [...common, ...x86, ...unit.flags] }));
}

/** Changes when the compiler, the flags or anything that the unit includes changes. */
function fingerprint({ source, object, flags }) {
  const hash = createHash('sha256').update(JSON.stringify([compiler.version, compiler.args, flags]));
  const dependencies = existsSync(`${object}.d`) ? dependenciesOf(`${object}.d`) : [source];
  for (const file of dependencies) hash.update(existsSync(file) ? readFileSync(file) : 'missing');
  return hash.digest('hex');
}

const dependenciesOf = (file) =>
  readFileSync(file, 'utf8')
    .replace(/^[^:]*:/, '')
    .split(/[\s\\]+/)
    .filter(Boolean);

/** Returns whether there was something to compile. */
async function compile(unit) {
  const { source, object, flags } = unit;
  const stamp = `${object}.stamp`;
  if (existsSync(object) && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(unit)) return false;
  await runCompiler([...flags, '-MMD', '-MF', `${object}.d`, '-c', source, '-o', `${object}.tmp`]);
  renameSync(`${object}.tmp`, object);
  writeFileSync(stamp, fingerprint(unit));
  return true;
}

async function runCompiler(args) {
  try {
    const { stderr } = await promisify(execFile)(compiler.command, [...compiler.args, ...args], { maxBuffer: 1 << 26 });
    if (stderr) process.stderr.write(stderr);
  } catch (error) {
    process.stderr.write(`${error.stderr ?? error.message}\n`);
    process.exit(1);
  }
}

/** Compiles `units`, as many at a time as there are processors; returns how many were not up to date. */
async function compileAll(units) {
  const waiting = [...units];
  let compiled = 0;
  const worker = async () => {
    for (let unit = waiting.shift(); unit; unit = waiting.shift()) if (await compile(unit)) compiled++;
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return compiled;
}

const shared =
  target.platform === 'darwin'
    ? ['-bundle', '-undefined', 'dynamic_lookup']
    : ['-shared', '-pthread', '-Wl,--gc-sections'];
/** Links beside the file and renames, so that a running process keeps the one it has loaded. */
async function link(units, file, flags) {
  mkdirSync(dirname(file), { recursive: true });
  await runCompiler([...flags, ...units.map(({ object }) => object), '-o', `${file}.tmp`]);
  renameSync(`${file}.tmp`, file);
}

/** `prebuilds/linux-x64/netspace_native.node: 1.4 MB, needs GLIBC_2.29, GLIBCXX_3.4.29` */
function describe(addon) {
  const binary = readFileSync(addon);
  const newest = ['GLIBC_2', 'GLIBCXX_3.4'].flatMap((library) => {
    const versions = [...binary.toString('latin1').matchAll(RegExp(`${library}\\.(\\d+)`, 'g'))];
    return versions.length === 0 ? [] : [`${library}.${Math.max(...versions.map(([, version]) => Number(version)))}`];
  });
  const needs = newest.length === 0 ? '' : `, needs ${newest.join(', ')}`;
  return `${relative(root, addon)}: ${(binary.length / 1e6).toFixed(1)} MB${needs}`;
}

const units = translationUnits();
const start = performance.now();
const compiled = await compileAll(units);
const addon = prebuilt ? join(root, 'prebuilds', target.name, addonName) : join(build, addonName);
const without = (folder) => units.filter((unit) => unit.folder !== folder);
await link(without('checks'), addon, [...shared, ...(sanitizers ?? (prebuilt ? ['-s'] : []))]);
if (checks) await link(without('binding'), join(build, 'kernel_checks'), ['-pthread', ...(sanitizers ?? [])]);
if (compiled > 0) {
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`engine-native: compiled ${compiled} of ${units.length} files for ${target.name} in ${seconds} s`);
}
if (prebuilt) console.log(describe(addon));
