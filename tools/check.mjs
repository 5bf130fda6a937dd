/**
 * `npm run check`: sets up the clone and runs every check of every package: build, types, lint, unit tests, the
 * examples of the documentation, and the reference files where NETSPACE_REFERENCE names their folder.
 * The last line counts the unit tests.
 */
import { existsSync } from 'node:fs';
import { install, run } from './workspace.mjs';

await install();

const tests = { passed: 0, failed: 0, skipped: 0 };
let pending = '';
const countTests = (output) => {
  const lines = (pending + output).split('\n');
  pending = lines.pop();
  for (const line of lines.filter((line) => line.includes('Tests: '))) {
    for (const [, count, kind] of line.matchAll(/(\d+) (passed|failed|skipped)/g)) tests[kind] += Number(count);
  }
};

const targets = 'build,typecheck,lint,test,examples';
const statuses = [
  await run('npx', ['nx', 'run-many', `--targets=${targets}`, '--parallel=2', '--output-style=static'], {
    onOutput: countTests,
  }),
];

const reference = process.env.NETSPACE_REFERENCE;
if (reference && existsSync(reference)) {
  statuses.push(await run('npx', ['netspace', 'verify', reference]));
} else {
  console.log('Skipped: the reference files (NETSPACE_REFERENCE names no folder)');
}

const failed = statuses.some((status) => status !== 0);
console.log(failed ? 'The checks FAILED' : 'All checks passed');
console.log(`${tests.passed} passed, ${tests.failed} failed, ${tests.skipped} skipped`);
process.exit(failed ? 1 : 0);
