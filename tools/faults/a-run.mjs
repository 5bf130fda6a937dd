/** A study of seconds, the run of it that nothing disturbs, and how others are compared with that. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openRunFolder, readRecords } from '@netspace/run-store';
import { root } from '../workspace.mjs';

const netspaceFile = join(root, 'packages/cli/bin/netspace.js');
const run = promisify(execFile);

/** A folder with two studies of `networks` networks of each of two spaces: on images that are made up, and on those of files. */
export function makeStudy(networks) {
  const folder = mkdtempSync(join(tmpdir(), 'netspace-faults-'));
  const studyOf = (name, dataset) => {
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
recipe: { epochs: 6, batchSize: 16, augmentation: { cropPadding: 0 } }
`,
    );
    return file;
  };
  const parts = 'classes: 4, imageSize: 8, channels: 1, trainImages: 64, testImages: 32';
  const study = studyOf('study', `{ name: synthetic, ${parts}, difficulty: 0.2, seed: 1 }`);
  mkdirSync(join(folder, 'images'));
  const images = studyOf('of-images', '{ name: npy, directory: ./images }');
  return { folder, study, images };
}

/** Runs a command; its exit status and what it printed, with a limit of time in which it must end. */
export async function netspace(args, { timeout = 600_000 } = {}) {
  try {
    const { stdout, stderr } = await run(process.execPath, [netspaceFile, ...args], { timeout, maxBuffer: 1e8 });
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
    return [`${network.id} ${replicate} ${conditions}`, JSON.stringify(result)];
  });
  return new Map(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

export const areEqual = (one, other) => JSON.stringify([...one]) === JSON.stringify([...other]);

/** Trains what is missing until nothing is, as a person would who calls the command again. */
export async function finish(study, directory, more = []) {
  for (let call = 0; call < 20; call++) {
    const { status } = await netspace(['study', 'train', study, '--out', directory, '--resume', ...more]);
    if (status === 0) return;
  }
  throw new Error(`${directory} comes to no end`);
}

/** Draws the populations of a run. */
export async function draw(study, directory) {
  const { status, stderr } = await netspace(['study', 'sample', study, '--out', directory]);
  if (status !== 0) throw new Error(stderr);
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

/** Kills a process; whether it was still there. */
export function kill(id) {
  try {
    process.kill(id, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
}
