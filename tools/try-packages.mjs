/**
 * Tries packages as their users get them: packs them, and installs each with the packages of this repository that it depends
 * on (install-packed.mjs) in an empty project, where try-package.mjs looks at it.
 * Usage: try-packages.mjs [NAME ...], by default every package that is published.
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPacked } from './install-packed.mjs';
import { packagesNamed } from './packages.mjs';
import { tryPackage } from './try-package.mjs';

/** Resolves to whether the package passed, and prints what is wrong with it. */
async function passes(installed) {
  const started = performance.now();
  const problems = await tryPackage(installed);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${problems.length === 0 ? 'ok' : 'FAILED'} ${installed.name} (${seconds} s)`);
  for (const problem of problems) console.log(problem.replace(/^/gm, '  '));
  return problems.length === 0;
}

const names = packagesNamed(process.argv.slice(2));
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'netspace-packed-')));
try {
  const waiting = installPacked(names, folder);
  const results = [];
  const tryNext = async () => {
    while (waiting.length > 0) results.push(await passes(waiting.shift()));
  };
  await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, tryNext));
  console.log(`${results.filter(Boolean).length} of ${names.length} packages work alone`);
  process.exitCode = results.every(Boolean) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
