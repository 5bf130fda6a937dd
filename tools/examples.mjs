/** The examples of the documentation: the ```ts blocks of a README and the @example blocks of doc comments. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join, resolve } from 'node:path';
import ts from 'typescript';

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

const lineOf = (text, index) => text.slice(0, index).split('\n').length;

/**
 * What an example must not import: all but its own package, what that depends on, and what Node.js has. Whoever installs
 * the package has no more; a private one is never without its devDependencies.
 */
export function foreignImports({ code }, manifest) {
  const { name, dependencies, peerDependencies } = manifest;
  const devDependencies = manifest.private ? manifest.devDependencies : {};
  const known = [name, ...Object.keys({ ...dependencies, ...peerDependencies, ...devDependencies })];
  const { importedFiles } = ts.preProcessFile(code);
  const isKnown = (module) => known.some((prefix) => module === prefix || module.startsWith(`${prefix}/`));
  return importedFiles.map(({ fileName }) => fileName).filter((module) => !isBuiltin(module) && !isKnown(module));
}

/** Writes the examples into a folder, as programs: a comment `// => value` behind an expression becomes an assertion. */
export function writePrograms(examples, folder) {
  mkdirSync(folder, { recursive: true });
  return examples.map((example, index) => {
    const program = { ...example, typescript: join(folder, `${index}.ts`), javascript: join(folder, `${index}.js`) };
    const code = withAssertions(example.code);
    const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
    writeFileSync(program.typescript, code);
    writeFileSync(program.javascript, ts.transpileModule(code, { compilerOptions }).outputText);
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

/** The compiler options of a careful user. */
const strictNodeNext = {
  strict: true,
  noEmit: true,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  verbatimModuleSyntax: true,
  types: ['node'],
};

/**
 * What the compiler says of programs, and of the files that they import for which `isOurs(fileName)`: each error with its
 * place, and its program where it is in one.
 */
export function typeErrors(programs, isOurs, options = {}) {
  const byFile = new Map(programs.map((program) => [resolve(program.typescript), program]));
  const compilation = ts.createProgram([...byFile.keys()], { ...strictNodeNext, ...options });
  const files = compilation.getSourceFiles().filter(({ fileName }) => byFile.has(fileName) || isOurs(fileName));
  const diagnostics = files.flatMap((file) => [
    ...compilation.getSyntacticDiagnostics(file),
    ...compilation.getSemanticDiagnostics(file),
  ]);
  return [...compilation.getOptionsDiagnostics(), ...compilation.getGlobalDiagnostics(), ...diagnostics].map(
    ({ file, start, messageText }) => {
      const message = ts.flattenDiagnosticMessageText(messageText, '\n  ');
      if (file === undefined) throw new Error(message);
      const line = file.getLineAndCharacterOfPosition(start).line + 1;
      const program = byFile.get(file.fileName);
      return {
        program,
        place: program ? `${program.file}:${program.line + line}` : `${file.fileName}:${line}`,
        message,
      };
    },
  );
}

/** Runs a program; resolves to what it says where it fails, else to ''. */
export function failureOf({ javascript }, folder = process.cwd()) {
  return new Promise((settle) => {
    const child = spawn(process.execPath, [javascript], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] });
    let messages = '';
    child.stderr.on('data', (chunk) => (messages += chunk));
    child.on('close', (status) => settle(status === 0 ? '' : messages || `exit status ${status}`));
  });
}

/** The README's examples of the package in a folder. */
export function examplesOfReadme(folder) {
  return examplesOfMarkdown(readFileSync(join(folder, 'README.md'), 'utf8'), 'README.md');
}
