import { mkdir } from 'node:fs/promises';
import { isAbsolute, normalize, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { InvalidInputError } from '@netspace/contracts';
import { drawRun } from '@netspace/orchestrator';
import { addSubmittedJob, writeFileWhole } from '@netspace/run-store';
import { jobManifest, readProfile as readKubernetesProfile } from '@netspace/kubernetes';
import { jobScript, readProfile as readSlurmProfile, submitJob } from '@netspace/slurm';
import { commandLine } from '../../command-line.js';
import type { Terminal } from '../../terminal.js';
import { directoryOf, openStudy } from './open-results.js';
import { requireOption, studyFileCommand, type StudyFlags } from './study-flags.js';
import { watched } from './watched.js';

interface SubmitFlags extends StudyFlags {
  readonly slurm?: boolean;
  readonly kubernetes?: boolean;
  readonly profile?: string;
}

/** `netspace study submit FILE --slurm [--profile PROFILE]`, `netspace study submit FILE --kubernetes [--profile PROFILE]` */
export function submitCommand(terminal: Terminal): Command {
  return studyFileCommand('submit', 'has the workers of a cluster train the networks')
    .addOption(requireOption())
    .option('--slurm', 'as a job array of SLURM')
    .option('--kubernetes', 'as an Indexed Job of Kubernetes, whose manifest is printed')
    .option(
      '--profile <file>',
      'what the cluster is asked for (YAML; default: ~/.config/netspace/slurm.yaml, kubernetes.yaml)',
    )
    .action(async (file: string, flags: SubmitFlags) => {
      if (flags.kubernetes === flags.slurm) {
        throw new InvalidInputError({ problem: 'the cluster is not named', expected: '--slurm or --kubernetes' });
      }
      if (flags.kubernetes === true) {
        terminal.print((await manifestOf(file, flags)).trimEnd());
        return;
      }
      const { job, workers, logs } = await submit(terminal, file, flags);
      terminal.print(`Job ${job}: ${workers} ${workers === 1 ? 'worker' : 'workers'}; what they print is in ${logs}`);
      terminal.print(`Next: ${commandLine('status', file, flags)}`);
    });
}

async function submit(terminal: Terminal, file: string, flags: SubmitFlags) {
  const again = commandLine('submit', file, flags, '--slurm');
  const { study, profile, folder } = await watched(terminal, again, async (control) => {
    // What can be wrong is found here and not by each worker.
    const study = await openStudy(file, flags);
    const profile = await readSlurmProfile(flags.profile, study.slurm);
    const { folder } = await drawRun(study, resolve(directoryOf(study, flags)), control);
    return { study, profile, folder };
  });
  const { script, logs } = folder.slurm;
  const worker = (index: string, of: string): string[] => [
    ...[process.execPath, program, 'study', 'train', resolve(file), '--out', folder.directory],
    ...lastingFlags(flags, resolve),
    ...shardFlags(index, of, profile.cpus),
  ];
  await mkdir(logs, { recursive: true });
  await writeFileWhole(script, jobScript({ name: study.name, profile, worker, logs }));
  const job = await submitJob(script);
  await addSubmittedJob(folder, job);
  return { job, workers: profile.workers, logs };
}

/** The program file of the `netspace` command. */
const program = fileURLToPath(new URL('../../../bin/netspace.js', import.meta.url));

/** The manifest of a job whose workers find the study, by the same paths, on the volume that they start in. */
async function manifestOf(file: string, flags: SubmitFlags): Promise<string> {
  const profile = await readKubernetesProfile(flags.profile);
  // What can be wrong with it is found here and not by each worker.
  const study = await openStudy(file, flags);
  const worker = (index: string, of: string): string[] => [
    ...['netspace', 'study', 'train', onVolume(file), '--out', onVolume(directoryOf(study, flags))],
    ...lastingFlags(flags, onVolume),
    ...shardFlags(index, of, profile.cpus),
  ];
  return jobManifest({ name: study.name, profile, worker });
}

/** @throws InvalidInputError where a path leads out of the folder that workers start in. */
function onVolume(path: string): string {
  const plain = normalize(path);
  if (!isAbsolute(plain) && !plain.startsWith('..')) return plain;
  const expected = 'a path inside the folder in which the command is called: it stands for the volume of the pods';
  throw new InvalidInputError({ problem: `got ${path}`, expected });
}

const shardFlags = (index: string, of: string, cpus: number): string[] => [
  ...['--shard', `${index}/${of}`, '--steal', '--workers', String(cpus)],
];

/** @param place - The path that the workers know. */
function lastingFlags({ data, engine, require, plugin }: SubmitFlags, place: (path: string) => string): string[] {
  return [
    ...(data === undefined ? [] : ['--data', place(data)]),
    ...(engine === undefined ? [] : ['--engine', engine]),
    ...(require === undefined ? [] : ['--require', require]),
    ...plugin.flatMap((name) => ['--plugin', name.startsWith('.') ? place(name) : name]),
  ];
}
