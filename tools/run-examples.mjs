/**
 * Checks every example of the package in the current folder, as a user would: the ```ts blocks of its README and the
 * @example blocks of its doc comments, against the built package. Each must import nothing that the package does not
 * depend on, be free of type errors under TypeScript's strict rules, and run. A comment `// => value` behind an expression
 * is an expectation: the expression must equal the value. Every function and class that a published package
 * exports must be used in one of them.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { examplesOfReadme, examplesOfSource, failuresOf, foreignImports, placeOf, writePrograms } from './examples.mjs';
import { typeErrors } from './type-errors.mjs';
import { withoutExample } from './without-example.mjs';

const folder = '.examples';

function examplesOfDocComments() {
  return readdirSync('src', { recursive: true })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap((file) => examplesOfSource(readFileSync(join('src', file), 'utf8'), join('src', file)));
}

const readme = examplesOfReadme('.');
if (readme.length === 0) {
  console.error('README.md has no example');
  process.exit(1);
}
rmSync(folder, { recursive: true, force: true });
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const examples = [...readme, ...examplesOfDocComments()];
const programs = writePrograms(examples, folder);
const errors = await typeErrors(programs, { skipLibCheck: true });
const failures = await failuresOf(programs);

let failed = false;
for (const [index, program] of programs.entries()) {
  const foreign = foreignImports(program, manifest).map((name) => `imports ${name}, which is no dependency`);
  const types = errors.filter((error) => error.program === program).map(({ place, message }) => `${place}: ${message}`);
  const problems = [...foreign, ...types, failures[index]].filter((problem) => problem !== '');
  console.log(`${problems.length === 0 ? 'ok' : 'FAILED'} ${placeOf(program)}`);
  for (const problem of problems) console.log(problem);
  failed ||= problems.length > 0;
}
for (const name of manifest.private ? [] : withoutExample('.', examples)) {
  console.log(`FAILED ${name} is in no example`);
  failed = true;
}
if (failed) process.exit(1);
rmSync(folder, { recursive: true });
