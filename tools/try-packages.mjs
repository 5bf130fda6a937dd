/**
 * Tries packages as their users get them: packs them, and installs each alone, with the packages of this repository that
 * it depends on, in an empty project (try-package.mjs says what is looked at there). What they depend on besides comes from
 * the npm registry or npm's cache.
 * Usage: try-packages.mjs [NAME ...], by default every package that is published.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { packages, packagesNamed, withDependencies } from './packages.mjs';
import { tryPackage } from './try-package.mjs';
import { root } from './workspace.mjs';

/** The tarball of each package, by its name without the scope. */
function pack(names, folder) {
  const folders = names.map((name) => packages.get(name).folder);
  const options = ['--json', '--ignore-scripts', '--loglevel=error', '--pack-destination', folder];
  const packed = JSON.parse(execFileSync('npm', ['pack', ...options, ...folders], { cwd: root, encoding: 'utf8' }));
  return new Map(packed.map(({ name, filename }) => [name.replace('@netspace/', ''), join(folder, filename)]));
}

/** Resolves to whether the package passed, and prints what is wrong with it. */
async function passes(name, tarballs) {
  const started = performance.now();
  const files = withDependencies(name).map((dependency) => tarballs.get(dependency));
  const problems = await tryPackage(`@netspace/${name}`, files);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${problems.length === 0 ? 'ok' : 'FAILED'} ${name} (${seconds} s)`);
  for (const problem of problems) console.log(problem.replace(/^/gm, '  '));
  return problems.length === 0;
}

const names = packagesNamed(process.argv.slice(2));
const folder = mkdtempSync(join(tmpdir(), 'netspace-tarballs-'));
try {
  const tarballs = pack([...new Set(names.flatMap(withDependencies))], folder);
  const waiting = [...names];
  const results = [];
  const tryNext = async () => {
    while (waiting.length > 0) results.push(await passes(waiting.shift(), tarballs));
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, tryNext));
  console.log(`${results.filter(Boolean).length} of ${names.length} packages work alone`);
  process.exitCode = results.every(Boolean) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
