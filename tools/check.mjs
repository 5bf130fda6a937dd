/**
 * `npm run check`: sets up and builds the clone and runs every check. What takes every package by itself: unit tests and
 * the examples of the documentation. Beside it what takes all of them at once: types, lint, format, what nothing uses, documents,
 * lists of exports, packages as they are packed and in a browser, faults, the native engine elsewhere, TensorFlow where it is set
 * up, the reference files where NETSPACE_REFERENCE names their folder. What cannot run here is skipped in words.
 * The last line counts the unit tests.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findCompiler } from '../packages/engine-native/scripts/compiler.mjs';
import { build, install, root, run } from './workspace.mjs';

const tests = { passed: 0, failed: 0, skipped: 0 };

/** Adds up the closing lines of Jest, `Tests: 1 failed, 2 skipped, 3 passed, 6 total`, as they come in pieces. */
function testCounter() {
  let pending = '';
  return (output) => {
    const lines = (pending + output).split('\n');
    pending = lines.pop();
    for (const line of lines.filter((text) => text.includes('Tests: '))) {
      for (const [, count, kind] of line.matchAll(/(\d+) (passed|failed|skipped)/g)) tests[kind] += Number(count);
    }
  };
}

const works = (command, ...args) => spawnSync(command, args, { shell: process.platform === 'win32' }).status === 0;

await install();
await build();

// Builds are not looked at again: Nx would put them back from its cache while the SLURM suite runs what is built.
const targets = ['--targets=test,examples', '--exclude-task-dependencies'];
const arm64Compiler = 'aarch64-linux-gnu-g++';
const reference = process.env.NETSPACE_REFERENCE;
const noReference = !(reference && existsSync(reference)) && 'NETSPACE_REFERENCE names no folder';
const tensorflow = { env: { NETSPACE_TFJS_BACKEND: 'tensorflow' } };
const isTensorflowThere = existsSync(join(root, 'packages/engine-tfjs/build/tfjs-node-gpu/installed.json'));
const noTensorflow = !isTensorflowThere && 'it is not there: `npm run setup:tfjs` sets it up';
const runFolder = mkdtempSync(join(tmpdir(), 'netspace-check-'));

/** Unit tests and examples of packages. */
function packages(subject, ...choice) {
  const command = ['npx', 'nx', 'run-many', ...targets, ...choice, '--output-style=static'];
  return { subject, command, options: { gathered: false, onOutput: testCounter() } };
}

const slurm = {
  subject: 'jobs of a SLURM cluster', // which says itself where there can be none
  command: ['npm', 'run', '-s', 'test-slurm', '-w', '@netspace/cli'],
  options: { onOutput: testCounter() },
};
/** What starts most processes, and with it takes longest. */
const slowest = 'cli,orchestrator';
/** What takes longest first. `missing` says what is not here that a check needs. */
const checks = [
  packages('cli and orchestrator', `--projects=${slowest}`, '--parallel=1'),
  packages('the other packages', `--exclude=${slowest}`, '--parallel=2'),
  {
    subject: 'a study while things go wrong',
    command: ['node', 'tools/faults.mjs', '--share', '0.01'],
  },
  { subject: 'lint', command: ['node', 'tools/lint.mjs'] },
  {
    subject: 'the native engine as npm packs it',
    command: ['npm', 'run', '-s', 'try-packed', '-w', '@netspace/engine-native'],
    missing: !findCompiler() && 'there is no C++ compiler',
  },
  {
    subject: 'the native engine for arm64',
    command: ['npm', 'run', '-s', 'build-addon', '-w', '@netspace/engine-native'],
    options: { env: { CXX: arm64Compiler } },
    missing: !works(arm64Compiler, '--version') && `there is no ${arm64Compiler}`,
  },
  {
    subject: 'each package as npm packs it, alone',
    command: ['node', 'tools/try-packages.mjs'],
    missing: !works('npm', 'view', 'typescript', 'version') && 'the npm registry cannot be reached',
  },
  {
    subject: 'the reference files',
    command: ['npx', 'netspace', 'verify', reference],
    missing: noReference,
  },
  {
    subject: 'the reference files on TensorFlow',
    command: ['npx', 'netspace', 'verify', reference, '--engine', 'tfjs'],
    options: tensorflow,
    missing: noTensorflow || noReference,
  },
  {
    subject: 'a study on TensorFlow',
    command: [
      ...['npx', 'netspace', 'study', 'run', 'packages/orchestrator/src/fixtures/tiny.yaml'],
      ...['--engine', 'tfjs', '--out', runFolder],
    ],
    options: tensorflow,
    missing: noTensorflow,
  },
  {
    subject: 'the packages in a browser', // which says itself where there is none
    command: ['node', 'tools/try-browser.mjs'],
  },
  {
    subject: 'types',
    command: ['node', 'node_modules/typescript-native/bin/tsc', '-p', 'tools/tsconfig.packages.json'],
  },
  { subject: 'the format', command: ['npx', 'prettier', '--check', '.'] },
  {
    subject: 'the format of the C++ sources',
    command: ['npm', 'run', '-s', 'format', '-w', '@netspace/engine-native', '--', '--check'],
  },
  { subject: 'dependencies and exports that nothing uses', command: ['npx', 'knip', '--no-config-hints'] },
  { subject: 'the links of the documents', command: ['node', 'tools/check-links.mjs'] },
  { subject: 'the lists of exports', command: ['node', 'tools/public-api.mjs'] },
];

const failures = [];

async function check({ subject, command: [program, ...args], options, missing }) {
  if (missing) console.log(`Skipped: ${subject} (${missing})`);
  else if ((await run(program, args, { gathered: true, ...options })) !== 0) failures.push(subject);
}

/** One check after the other, as long as there are any. */
async function checkInTurn() {
  for (let next = checks.shift(); next !== undefined; next = checks.shift()) await check(next);
}

// Three things at a time, two of them of Nx: tests that start processes wait for them a part of their time. SLURM waits more
// than it computes.
await Promise.all([check(slurm), checkInTurn(), checkInTurn()]);
rmSync(runFolder, { recursive: true });

console.log(failures.length > 0 ? `The checks FAILED: ${failures.join('; ')}` : 'All checks passed');
console.log(`${tests.passed} passed, ${tests.failed} failed, ${tests.skipped} skipped`);
process.exit(failures.length > 0 ? 1 : 0);
