/**
 * Installs one packed package in an empty project and looks at it there: its licence and source maps, what publint and
 * arethetypeswrong say, its types and those of its README's examples under TypeScript's strict rules, its entry points,
 * examples and commands, run. Prints a line a problem; exit status 1 where there is one.
 * Usage: try-package.mjs NAME TARBALL [TARBALL ...]: the package's own tarball, then those of its dependencies.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { examplesOfReadme, failuresOf, foreignImports, placeOf, writePrograms } from './examples.mjs';
import { entryPoints } from './packages.mjs';
import { typeErrors } from './type-errors.mjs';
import { root } from './workspace.mjs';

const [name, ...tarballs] = process.argv.slice(2);
const project = realpathSync(mkdtempSync(join(tmpdir(), 'netspace-project-')));
const installed = join(project, 'node_modules', name);

/** Runs a command in the project; what it says where it fails, else nothing. */
function problemsOf(command, args) {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: project, encoding: 'utf8' });
  return status === 0 ? [] : [`${command} ${args[0]}: ${stdout}${stderr}`.trim()];
}

function install() {
  writeFileSync(join(project, 'package.json'), '{ "type": "module", "private": true }');
  const options = ['--ignore-scripts', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
  return problemsOf('npm', ['install', ...options, ...tarballs]);
}

function licenceProblems() {
  const file = join(installed, 'LICENSE');
  const isTheirs = existsSync(file) && readFileSync(file, 'utf8') === readFileSync(join(root, 'LICENSE'), 'utf8');
  return isTheirs ? [] : ["LICENSE: is not in the package, or is not the repository's"];
}

/** A debugger must find every source in the maps: the package has none. */
function sourceMapProblems() {
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

async function publintProblems() {
  const bytes = readFileSync(tarballs[0]);
  const tarball = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  const { messages, pkg } = await publint({ pack: { tarball } });
  return messages.map((message) => `publint: ${formatMessage(message, pkg, { color: false })}`);
}

function attwProblems() {
  const attw = join(root, 'node_modules/.bin/attw');
  return problemsOf(attw, [tarballs[0], '--profile', 'esm-only', '--no-color', '--no-emoji', '--format', 'ascii']);
}

/** A program that imports each entry point. */
function entryProgram(manifest) {
  const imports = entryPoints(manifest).map(({ specifier }, index) => `import * as entry${index} from '${specifier}';`);
  const uses = imports.map((_, index) => `void entry${index};`);
  return { file: 'entry points', line: 0, code: [...imports, ...uses].join('\n') };
}

/** Type errors in the programs and in the declarations of this repository's packages; others' are not ours to mend. */
async function typeProblems(programs) {
  const scope = join(project, 'node_modules/@netspace/');
  const errors = await typeErrors(programs, { skipLibCheck: false });
  return errors
    .filter(({ program, place }) => program !== undefined || place.startsWith(scope))
    .map(({ place, message }) => `${place.replace(`${project}/`, '')}: ${message}`);
}

async function runProblems(programs) {
  const failures = await failuresOf(programs, project);
  return programs.flatMap((program, index) =>
    failures[index] === '' ? [] : [`${placeOf(program)}: ${failures[index]}`],
  );
}

function commandProblems({ bin = {} }) {
  return Object.keys(bin).flatMap((command) => problemsOf(join(project, 'node_modules/.bin', command), ['--help']));
}

async function problems() {
  const failures = install();
  if (failures.length > 0) return failures;
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
  const examples = [entryProgram(manifest), ...examplesOfReadme(installed)];
  const programs = writePrograms(examples, join(project, 'examples'));
  return [
    ...licenceProblems(),
    ...sourceMapProblems(),
    ...(await publintProblems()),
    ...attwProblems(),
    ...examples.flatMap((example) =>
      foreignImports(example, manifest).map(
        (module) => `${placeOf(example)}: imports ${module}, which is no dependency`,
      ),
    ),
    ...(await typeProblems(programs)),
    ...(await runProblems(programs)),
    ...commandProblems(manifest),
  ];
}

try {
  const found = await problems();
  for (const problem of found) console.log(problem.replace(/^/gm, '  '));
  process.exitCode = found.length === 0 ? 0 : 1;
} finally {
  rmSync(project, { recursive: true });
}
