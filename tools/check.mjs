/**
 * `npm run check`: sets up the clone and runs every check of every package: build, types, lint, unit tests, the
 * examples of the documentation, and the reference files where NETSPACE_REFERENCE names their folder. The native engine is
 * also packed and installed as a user gets it, and compiled for arm64.
 * The last line counts the unit tests.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { findCompiler } from '../packages/engine-native/scripts/compiler.mjs';
import { install, run } from './workspace.mjs';

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

await install();

const targets = '--targets=build,typecheck,lint,test,examples';
const checks = [
  ['npx', ['nx', 'run-many', targets, '--parallel=2', '--output-style=static'], { onOutput: testCounter() }],
  ['npx', ['prettier', '--check', '.', '!packages']],
  ['node', ['tools/check-links.mjs']],
];
if (findCompiler()) checks.push(['npm', ['run', '-s', 'try-packed', '-w', '@netspace/engine-native']]);
else console.log('Skipped: the native engine as npm packs it (there is no C++ compiler)');
const arm64Compiler = 'aarch64-linux-gnu-g++';
if (spawnSync(arm64Compiler, ['--version']).status === 0)
  checks.push(['npm', ['run', '-s', 'build-addon', '-w', '@netspace/engine-native'], { env: { CXX: arm64Compiler } }]);
else console.log(`Skipped: compiling the native engine for arm64 (there is no ${arm64Compiler})`);
const reference = process.env.NETSPACE_REFERENCE;
if (reference && existsSync(reference)) checks.push(['npx', ['netspace', 'verify', reference]]);
else console.log('Skipped: the reference files (NETSPACE_REFERENCE names no folder)');

let failed = false;
for (const [command, args, options] of checks) failed = (await run(command, args, options)) !== 0 || failed;

console.log(failed ? 'The checks FAILED' : 'All checks passed');
console.log(`${tests.passed} passed, ${tests.failed} failed, ${tests.skipped} skipped`);
process.exit(failed ? 1 : 0);
