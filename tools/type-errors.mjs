/** What the compiler says of programs that use packages. */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { root } from './workspace.mjs';

const compiler = join(root, 'node_modules/typescript-native/bin/tsc');

/** The compiler options of a careful user. */
const strictNodeNext = {
  strict: true,
  noEmit: true,
  target: 'es2022',
  lib: ['es2023'],
  module: 'nodenext',
  moduleResolution: 'nodenext',
  verbatimModuleSyntax: true,
  types: ['node'],
  typeRoots: [join(root, 'node_modules/@types')],
};

/**
 * Resolves to the type errors of programs that lie in one folder, as `{ program, place, message }`, and of the declarations
 * that they import, as `{ place, message }`; the latter are only looked at where `skipLibCheck` is false.
 */
export async function typeErrors(programs, { skipLibCheck }) {
  const byFile = new Map(programs.map((program) => [resolve(program.typescript), program]));
  const folder = dirname([...byFile.keys()][0]);
  const project = { compilerOptions: { ...strictNodeNext, skipLibCheck }, files: [...byFile.keys()] };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(project));
  return (await reportOf(folder)).map(({ file, line, message }) => {
    const program = byFile.get(resolve(folder, file));
    return {
      program,
      place: program ? `${program.file}:${program.line + line}` : `${resolve(folder, file)}:${line}`,
      message,
    };
  });
}

/** The errors that the compiler prints, `file(line,column): error TS1: message`, whose further lines are indented. */
async function reportOf(folder) {
  const output = await outputOf(process.execPath, [compiler, '--pretty', 'false', '--project', folder], folder);
  return output
    .split(/\n(?=\S)/)
    .filter((text) => text.trim() !== '')
    .map((text) => {
      const [, file, line, message] = text.match(/^(.*?)\((\d+),\d+\): error (.*)$/s) ?? [];
      if (file === undefined) throw new Error(`TypeScript: ${text}`);
      return { file, line: Number(line), message: message.trim() };
    });
}

/** What a program prints; a failure that it says nothing of is thrown. */
function outputOf(program, args, cwd) {
  return new Promise((settle, fail) => {
    execFile(program, args, { cwd, maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      const output = `${stdout}${stderr}`;
      if (error !== null && output.trim() === '') fail(error);
      else settle(output);
    });
  });
}
