import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { InvalidInputError } from '@netspace/contracts';
import { drawRun } from '@netspace/orchestrator';
import { addSubmittedJob, writeFileWhole } from '@netspace/run-store';
import { jobScript, readProfile, submitJob, usualProfileFile } from '@netspace/slurm';
import { commandLine } from '../../command-line.js';
import type { Terminal } from '../../terminal.js';
import { directoryOf, openStudy } from './open-results.js';
import { studyFileCommand, type StudyFlags } from './study-flags.js';
import { watched } from './watched.js';

interface SubmitFlags extends StudyFlags {
  readonly slurm?: boolean;
  readonly profile?: string;
}

/** `netspace study submit FILE --slurm [--profile PROFILE]` */
export function submitCommand(terminal: Terminal): Command {
  return studyFileCommand('submit', 'has the workers of a cluster train the networks')
    .option('--slurm', 'as a job array of SLURM')
    .option('--profile <file>', `what the cluster is asked for (YAML; default: ${usualProfileFile()})`)
    .action(async (file: string, flags: SubmitFlags) => {
      if (flags.slurm !== true) {
        throw new InvalidInputError({ problem: 'the cluster is not named', expected: '--slurm' });
      }
      const { job, workers, logs } = await submit(terminal, file, flags);
      terminal.print(`Job ${job}: ${workers} ${workers === 1 ? 'worker' : 'workers'}; what they print is in ${logs}`);
      terminal.print(`Next: ${commandLine('status', file, flags)}`);
    });
}

async function submit(terminal: Terminal, file: string, flags: SubmitFlags) {
  // What can be wrong is found here and not by each worker.
  const profile = await readProfile(flags.profile);
  const { study, run } = await watched(terminal, commandLine('submit', file, flags, '--slurm'), async (control) => {
    const study = await openStudy(file, flags);
    return { study, run: await drawRun(study, resolve(directoryOf(study, flags)), control) };
  });
  const { folder } = run;
  const { script, logs } = folder.slurm;
  const worker = (index: string, of: string): string[] => [
    ...[process.execPath, program, 'study', 'train', resolve(file), '--out', folder.directory],
    ...lastingFlags(flags),
    ...['--shard', `${index}/${of}`, '--steal', '--workers', String(profile.cpus)],
  ];
  await mkdir(logs, { recursive: true });
  await writeFileWhole(script, jobScript({ name: study.name, profile, worker, logs }));
  const job = await submitJob(script);
  await addSubmittedJob(folder, job);
  return { job, workers: profile.workers, logs };
}

/** The program file of the `netspace` command. */
const program = fileURLToPath(new URL('../../../bin/netspace.js', import.meta.url));

/** With paths as they are on every machine that shares the file system. */
function lastingFlags({ data, engine, plugin }: SubmitFlags): string[] {
  return [
    ...(data === undefined ? [] : ['--data', resolve(data)]),
    ...(engine === undefined ? [] : ['--engine', engine]),
    ...plugin.flatMap((name) => ['--plugin', name.startsWith('.') ? resolve(name) : name]),
  ];
}
