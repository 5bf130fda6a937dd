/**
 * Analyses the runs that are kept in `docs/results` again, and writes what `netspace study analyse` prints of each into its
 * README, between the two lines that mark it, and its figures beside it.
 *
 *     node tools/write-results.mjs [NAME...]
 */
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const results = fileURLToPath(new URL('../docs/results/', import.meta.url));
const command = fileURLToPath(new URL('../packages/cli/bin/netspace.js', import.meta.url));

const names = process.argv.slice(2);
for (const name of names.length > 0
  ? names
  : readdirSync(results).filter((one) => existsSync(join(results, one, 'run.tgz'))))
  writeResult(join(results, name));

function writeResult(folder) {
  const run = mkdtempSync(join(tmpdir(), 'netspace-result-'));
  try {
    execFileSync('tar', ['-xzf', join(folder, 'run.tgz'), '-C', run]);
    netspace('fit', run);
    const printed = netspace('analyse', run);
    netspace('report', run);
    writeText(join(folder, 'README.md'), printed.slice(0, printed.indexOf('\nAnalysis: ')));
    copyFigures(join(run, 'figures'), join(folder, 'figures'));
  } finally {
    rmSync(run, { recursive: true });
  }
}

function netspace(step, run) {
  return execFileSync(process.execPath, [command, 'study', step, run], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

function writeText(file, text) {
  const marked = /(<!-- analysis -->\n)[^]*?(<!-- end of analysis -->)/;
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace(marked, (_, begin, end) => `${begin}\n\`\`\`\n${text}\n\`\`\`\n\n${end}`),
  );
}

/** Those that the folder has already: a new one is taken by making an empty file of its name. */
function copyFigures(from, to) {
  mkdirSync(to, { recursive: true });
  for (const figure of readdirSync(to)) copyFileSync(join(from, figure), join(to, figure));
}
