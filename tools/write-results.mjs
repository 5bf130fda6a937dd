/**
 * Analyses the runs and imported tables that are kept in `docs/results` again, and writes what netspace prints of each into
 * its README, between the two lines that mark it, and its figures beside it.
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
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const results = fileURLToPath(new URL('../docs/results/', import.meta.url));
const studies = fileURLToPath(new URL('../studies/', import.meta.url));
const command = fileURLToPath(new URL('../packages/cli/bin/netspace.js', import.meta.url));

const names = process.argv.slice(2);
/** What is kept of a result, and what analyses and draws it in a new folder; each returns what was printed. */
const kept = { 'run.tgz': analyseRun, 'networks.csv.gz': importTable, 'refinement.tgz': explainRefinement };

for (const name of names.length > 0 ? names : readdirSync(results).filter((one) => keptIn(join(results, one)))) {
  writeResult(join(results, name));
}

/** The file that is kept in a folder; undefined where there is none. */
function keptIn(folder) {
  return Object.keys(kept).find((file) => existsSync(join(folder, file)));
}

function writeResult(folder) {
  const run = mkdtempSync(join(tmpdir(), 'netspace-result-'));
  try {
    const printed = kept[keptIn(folder)](folder, run);
    writeText(join(folder, 'README.md'), printed.replace(/\n(Analysis|Report): [^]*/, '').trim());
    if (existsSync(join(run, 'figures'))) copyFigures(join(run, 'figures'), join(folder, 'figures'));
  } finally {
    rmSync(run, { recursive: true });
  }
}

function analyseRun(folder, run) {
  execFileSync('tar', ['-xzf', join(folder, 'run.tgz'), '-C', run]);
  netspace('study', 'fit', run);
  const printed = netspace('study', 'analyse', run);
  netspace('study', 'report', run);
  return printed;
}

/** Its figures are drawn by refining again, which needs the images. */
function explainRefinement(folder, run) {
  execFileSync('tar', ['-xzf', join(folder, 'refinement.tgz'), '-C', run]);
  return netspace('refine', join(studies, `${basename(folder)}.yaml`), '--out', run, '--explain');
}

function importTable(folder, run) {
  const table = join(run, 'networks.csv');
  writeFileSync(table, gunzipSync(readFileSync(join(folder, 'networks.csv.gz'))));
  return netspace('import', table, '--columns', join(folder, 'columns.yaml'), '--out', run);
}

function netspace(...args) {
  return execFileSync(process.execPath, [command, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
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
