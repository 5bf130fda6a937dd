/** The examples of the documentation: the ```ts blocks of a README and the @example blocks of doc comments. */
import { fork } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, transformSync } from '@swc/core';

/** The examples of a text in Markdown; `line` is that of the fence. */
export function examplesOfMarkdown(text, file) {
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(({ index, 1: code }) => ({
    file,
    line: lineOf(text, index),
    code,
  }));
}

/** The examples of a source file's doc comments; `line` is that of the tag. */
export function examplesOfSource(text, file) {
  return [...text.matchAll(/\* @example\n((?:\s*\*(?! @|\/).*\n)+)/g)].map(({ index, 1: lines }) => ({
    file,
    line: lineOf(text, index),
    code: lines.replace(/^\s*\* ?/gm, ''),
  }));
}

export const placeOf = ({ file, line }) => `${file}:${line}`;

const runner = fileURLToPath(new URL('run-programs.mjs', import.meta.url));

const syntax = { syntax: 'typescript', target: 'es2022' };

const lineOf = (text, index) => text.slice(0, index).split('\n').length;

/**
 * What an example must not import: all but its own package, what that depends on, and what Node.js has. Whoever installs
 * the package has no more; a private one is never without its devDependencies.
 */
export function foreignImports({ code }, manifest) {
  const { name, dependencies, peerDependencies } = manifest;
  const devDependencies = manifest.private ? manifest.devDependencies : {};
  const known = [name, ...Object.keys({ ...dependencies, ...peerDependencies, ...devDependencies })];
  const isKnown = (module) => known.some((prefix) => module === prefix || module.startsWith(`${prefix}/`));
  return importsOf(parseSync(code, syntax)).filter((module) => !isBuiltin(module) && !isKnown(module));
}

/** The modules that a part of a program names, in `import` and `export` statements and expressions. */
function importsOf(node) {
  if (typeof node !== 'object' || node === null) return [];
  const module = node.source ?? (node.callee?.type === 'Import' ? node.arguments[0].expression : undefined);
  return [...(module ? [module.value] : []), ...Object.values(node).flatMap(importsOf)];
}

/** Writes the examples into a folder, as programs: a comment `// => value` behind an expression becomes an assertion. */
export function writePrograms(examples, folder) {
  mkdirSync(folder, { recursive: true });
  return examples.map((example, index) => {
    const program = { ...example, typescript: join(folder, `${index}.ts`), javascript: join(folder, `${index}.js`) };
    const code = withAssertions(example.code);
    writeFileSync(program.typescript, code);
    writeFileSync(program.javascript, transformSync(code, { jsc: { parser: syntax, target: 'es2022' } }).code);
    return program;
  });
}

/** The import stands on the first line of the example, so that the lines of its errors are the example's. */
function withAssertions(code) {
  const assertions = code.replace(
    /^([^\n]*?);? *\/\/ => (.*)$/gm,
    (_, expression, value) => `assert.deepEqual(${expression}, ${value});`,
  );
  return `import assert from 'node:assert/strict'; ${assertions}`;
}

/** Runs programs one after the other; resolves to what each says where it fails, else ''. */
export function failuresOf(programs, folder = process.cwd()) {
  return new Promise((settle) => {
    const files = programs.map(({ javascript }) => resolve(javascript));
    const child = fork(runner, files, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
    const failures = [];
    let messages = '';
    child.on('message', (failure) => failures.push(failure));
    child.stderr.on('data', (chunk) => (messages += chunk));
    child.on('close', (status) => {
      if (status !== 0) failures[Math.min(failures.length, files.length - 1)] = messages || `exit status ${status}`;
      settle(files.map((_, index) => failures[index] ?? 'not run: one before ended the process'));
    });
  });
}

/** The README's examples of the package in a folder. */
export function examplesOfReadme(folder) {
  return examplesOfMarkdown(readFileSync(join(folder, 'README.md'), 'utf8'), 'README.md');
}
