/**
 * Runs every example of the package in the current folder, as a user would: the ```ts blocks of its README and the
 * @example blocks of its doc comments, against the built package. A comment `// => value` behind an expression is an
 * expectation: the expression must equal the value.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const folder = '.examples';

function examplesOfReadme() {
  const text = readFileSync('README.md', 'utf8');
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map((match) => ({
    place: `README.md:${lineOf(text, match.index)}`,
    code: match[1],
  }));
}

function examplesOfDocComments() {
  return readdirSync('src', { recursive: true })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap((file) => {
      const text = readFileSync(join('src', file), 'utf8');
      return [...text.matchAll(/\* @example\n((?:\s*\*(?! @|\/).*\n)+)/g)].map((match) => ({
        place: `src/${file}:${lineOf(text, match.index)}`,
        code: match[1].replace(/^\s*\* ?/gm, ''),
      }));
    });
}

const lineOf = (text, index) => text.slice(0, index).split('\n').length;

/** `expression; // => value` becomes an assertion. */
function withAssertions(code) {
  const assertions = code.replace(
    /^([^\n]*?);? *\/\/ => (.*)$/gm,
    (_, expression, value) => `assert.deepEqual(${expression}, ${value});`,
  );
  return `import assert from 'node:assert/strict';\n${assertions}`;
}

function run({ place, code }, index) {
  const file = join(folder, `${index}.mjs`);
  const options = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  writeFileSync(file, ts.transpileModule(withAssertions(code), { compilerOptions: options }).outputText);
  const { status, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
  console.log(`${status === 0 ? 'ok' : 'FAILED'} ${place}`);
  if (status !== 0) console.log(stderr);
  return status === 0;
}

const examples = [...examplesOfReadme(), ...examplesOfDocComments()];
if (!examples.some(({ place }) => place.startsWith('README'))) {
  console.error('README.md has no example');
  process.exit(1);
}
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder);
const passed = examples.map(run);
if (!passed.every(Boolean)) process.exit(1);
rmSync(folder, { recursive: true });
