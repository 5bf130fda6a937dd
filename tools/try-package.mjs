/** What is wrong with a package as its users get it. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { examplesOfReadme, failuresOf, foreignImports, placeOf, writePrograms } from './examples.mjs';
import { entryPoints } from './packages.mjs';
import { typeErrors } from './type-errors.mjs';
import { root } from './workspace.mjs';

const scope = join('/node_modules', '@netspace', '/');

/**
 * Looks at a packed package in a project that has it installed (install-packed.mjs): its licence and source maps, what publint
 * and arethetypeswrong say, its types and those of its README's examples under TypeScript's strict rules, its entry points,
 * examples and commands, run. Resolves to a line a problem.
 */
export async function tryPackage({ manifest, tarball, project }) {
  const installed = join(project, 'node_modules', manifest.name);
  const examples = [entryProgram(manifest), ...examplesOfReadme(installed)];
  const programs = writePrograms(examples, join(project, 'examples'));
  return [
    ...licenceProblems(installed),
    ...sourceMapProblems(installed),
    ...(await publintProblems(tarball)),
    ...(await resolutionProblems(tarball)),
    ...examples.flatMap((example) =>
      foreignImports(example, manifest).map(
        (module) => `${placeOf(example)}: imports ${module}, which is no dependency`,
      ),
    ),
    ...(await typeProblems(programs)),
    ...(await runProblems(programs, project)),
    ...(await commandProblems(manifest, project)),
  ];
}

/** Runs a command in the project; what it says where it fails, else nothing. */
function problemsOf(command, args, cwd) {
  return new Promise((settle) => {
    execFile(command, args, { cwd }, (error, stdout, stderr) => {
      settle(error === null ? [] : [`${command} ${args[0]}: ${stdout}${stderr}`.trim()]);
    });
  });
}

function licenceProblems(installed) {
  const file = join(installed, 'LICENSE');
  const isTheirs = existsSync(file) && readFileSync(file, 'utf8') === readFileSync(join(root, 'LICENSE'), 'utf8');
  return isTheirs ? [] : ["LICENSE: is not in the package, or is not the repository's"];
}

/** A debugger must find every source in the maps: the package has none. */
function sourceMapProblems(installed) {
  const dist = join(installed, 'dist');
  const scripts = readdirSync(dist, { recursive: true }).filter((file) => file.endsWith('.js'));
  const without = scripts.filter((script) => !hasSources(join(dist, `${script}.map`)));
  return without.length === 0
    ? []
    : [`dist: no source map, or one without its source (left by an earlier build?): ${without.join(', ')}`];
}

function hasSources(map) {
  if (!existsSync(map)) return false;
  const { sources, sourcesContent } = JSON.parse(readFileSync(map, 'utf8'));
  return sources.every((_, index) => typeof sourcesContent?.[index] === 'string');
}

async function publintProblems(tarball) {
  const { messages, pkg } = await publint({ pack: { tarball: bytesOf(tarball).buffer } });
  return messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`);
}

/** Of packages that are modules alone: what neither `require` nor Node.js 10 can load is no problem. */
async function resolutionProblems(tarball) {
  const { types, problems } = await checkPackage(createPackageFromTarballData(bytesOf(tarball)));
  if (!types) return ['arethetypeswrong: the package has no types'];
  return problems
    .filter(({ resolutionKind }) => !['node10', 'node16-cjs'].includes(resolutionKind))
    .map((problem) => `arethetypeswrong: ${JSON.stringify(problem)}`);
}

const bytesOf = (file) => new Uint8Array(readFileSync(file));

/** A program that imports each entry point. */
function entryProgram(manifest) {
  const imports = entryPoints(manifest).map(({ specifier }, index) => `import * as entry${index} from '${specifier}';`);
  const uses = imports.map((_, index) => `void entry${index};`);
  return { file: 'entry points', line: 0, code: [...imports, ...uses].join('\n') };
}

/** Type errors in the programs and in the declarations of this repository's packages; others' are not ours to mend. */
async function typeProblems(programs) {
  const errors = await typeErrors(programs, { skipLibCheck: false });
  return errors
    .filter(({ program, place }) => program !== undefined || place.includes(scope))
    .map(({ place, message }) => `${place.slice(place.lastIndexOf(scope) + 1)}: ${message}`);
}

async function runProblems(programs, project) {
  const failures = await failuresOf(programs, project);
  return programs.flatMap((program, index) =>
    failures[index] === '' ? [] : [`${placeOf(program)}: ${failures[index]}`],
  );
}

async function commandProblems({ bin = {} }, project) {
  const commands = Object.keys(bin).map((command) => join(project, 'node_modules/.bin', command));
  return (await Promise.all(commands.map((command) => problemsOf(command, ['--help'], project)))).flat();
}
