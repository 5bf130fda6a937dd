/** A study of seconds, the run of it that nothing disturbs, and how others are compared with that. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { canonicalJson } from '@netspace/content-hash';
import { trainingIdentity } from '@netspace/contracts';
import { openRunFolder, readRecords } from '@netspace/run-store';
import { root } from '../workspace.mjs';

const netspaceFile = join(root, 'packages/cli/bin/netspace.js');
const run = promisify(execFile);

/**
 * A folder with studies of some networks of each of two spaces: on images that are made up, on those of files; such that some
 * of the networks diverge, and such that each of them takes ten times as long.
 */
export function makeStudies() {
  const folder = mkdtempSync(join(tmpdir(), 'netspace-faults-'));
  const parts = 'classes: 4, imageSize: 8, channels: 1, trainImages: 64, testImages: 32';
  const synthetic = `{ name: synthetic, ${parts}, difficulty: 0.2, seed: 1 }`;
  const studyOf = (name, { dataset = synthetic, networks = 10, epochs = 6, base = 0.1 }) => {
    const file = join(folder, `${name}.yaml`);
    writeFileSync(
      file,
      `name: ${name}
seed: 1
spaces: [AnyNetX-E, RegNetX]
networks: ${networks}
replicates: 2
regime: { flops: [20e3, 80e3] }
stem: { width: 8 }
dataset: ${dataset}
recipe: { epochs: ${epochs}, batchSize: 16, augmentation: { cropPadding: 0 }, learningRate: { base: ${base} } }
`,
    );
    return file;
  };
  mkdirSync(join(folder, 'images'));
  return {
    folder,
    study: studyOf('study', {}),
    images: studyOf('of-images', { dataset: '{ name: npy, directory: ./images }' }),
    diverging: studyOf('diverging', { networks: 4, base: 10 }),
    long: studyOf('long', { networks: 1, epochs: 60 }),
  };
}

/** Runs a command; its exit status and what it printed, with a limit of time in which it must end. */
export async function netspace(args) {
  try {
    const options = { timeout: 600_000, maxBuffer: 1e8 };
    const { stdout, stderr } = await run(process.execPath, [netspaceFile, ...args], options);
    return { status: 0, stdout, stderr };
  } catch (error) {
    return { status: error.code ?? error.signal, stdout: error.stdout, stderr: error.stderr };
  }
}

/** Starts a command and does not wait for it; `ended` resolves to its exit status or signal. */
export function startNetspace(args, { prefix = [], ...options } = {}) {
  const [command, ...words] = [...prefix, process.execPath, netspaceFile, ...args];
  const child = spawn(command, words, { stdio: ['ignore', 'ignore', 'pipe'], ...options });
  let errors = '';
  child.stderr.on('data', (chunk) => (errors += chunk));
  const ended = once(child, 'close').then(([status, signal]) => ({ status: signal ?? status, errors }));
  return { child, ended };
}

/** What each training of a run came to, by its identity, without times and places. */
export async function resultsOf(directory) {
  const { records } = await readRecords(await openRunFolder(directory));
  const entries = records.map(({ arm, network, replicate, seed, conditions, status, ...rest }) => {
    const { error, top5Error, validationError, epochs = [], message } = rest;
    const told = epochs.map((epoch) => ({ ...epoch, seconds: 0 }));
    const result = {
      arm,
      network,
      replicate,
      seed,
      conditions,
      status,
      error,
      top5Error,
      validationError,
      told,
      message,
    };
    return [`${network.id} ${replicate} ${conditions}`, canonicalJson(result)];
  });
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

export const areEqual = (one, other) => JSON.stringify([...one]) === JSON.stringify([...other]);

/** Trains what is missing until nothing is, as a person would who calls the command again; what a run has then. */
export async function finish(study, directory) {
  for (let call = 0; call < 20; call++) {
    const { status } = await netspace(['study', 'train', study, '--out', directory, '--resume']);
    if (status === 0) return resultsOf(directory);
  }
  throw new Error(`${directory} comes to no end`);
}

/** Draws the populations of a run: once, since folders of runs can be copied. */
export async function draw(study, directory) {
  const drawn = `${study}.drawn`;
  if (!existsSync(drawn)) {
    const { status, stderr } = await netspace(['study', 'sample', study, '--out', drawn]);
    if (status !== 0) throw new Error(stderr);
  }
  cpSync(drawn, directory, { recursive: true });
}

const wholes = new Map();

/** What a study comes to that nothing disturbs: trained when it is first asked for. */
export async function wholeOf(study) {
  const directory = wholeDirectoryOf(study);
  if (!wholes.has(study)) {
    await draw(study, directory);
    wholes.set(study, await finish(study, directory));
  }
  return wholes.get(study);
}

/** The folder of that run. */
export const wholeDirectoryOf = (study) => `${study}.whole`;

/** Results of a run, over all files of records, that are there a second time. */
export function madeTwice(directory) {
  const records = join(directory, 'records');
  const lines = readdirSync(records)
    .filter((name) => name.endsWith('.jsonl'))
    .flatMap((name) => readFileSync(join(records, name), 'utf8').split('\n').slice(0, -1));
  const made = lines.map((line) => JSON.parse(line).record).filter(({ status }) => status !== 'failed');
  return made.length - new Set(made.map(trainingIdentity)).size;
}

/** Records in a run so far, also while it is written to. */
export function recordsIn(directory, writer = 'local') {
  const file = join(directory, 'records', `${writer}.jsonl`);
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').length - 1 : 0;
}

/** Processes that a process started, by number. */
export async function childrenOf(id) {
  const { stdout } = await run('ps', ['-o', 'pid=', '--ppid', String(id)]).catch(() => ({ stdout: '' }));
  return stdout.trim().split(/\s+/).filter(Boolean).map(Number);
}

/** Sends a process a signal; whether it was still there. */
export function signal(id, name) {
  try {
    process.kill(id, name);
    return true;
  } catch {
    return false;
  }
}
