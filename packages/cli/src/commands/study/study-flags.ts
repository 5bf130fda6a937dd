import { availableParallelism } from 'node:os';
import { Command, Option } from 'commander';
import type { TrainOptions } from '@netspace/orchestrator';
import { QueueAddress } from '@netspace/queue/address';
import { pluginOption } from '../../plugins-option.js';
import { positiveInteger } from '../../positive-integer.js';

/** Where the run of a study is, and what extends netspace. */
export interface FolderFlags {
  readonly out?: string;
  readonly plugin: readonly string[];
}

/** And what it is trained with. */
export interface StudyFlags extends FolderFlags {
  readonly data?: string;
  readonly engine?: string;
  /** `isa=avx2` */
  readonly require?: string;
}

/** And how. */
export interface TrainFlags extends StudyFlags {
  readonly workers: number;
  readonly resume?: boolean;
  readonly dryRun?: boolean;
  /** Megabytes. */
  readonly memory?: number;
  /** Address of a server. */
  readonly queue?: string;
}

/** A command on the results of a study: they are enough, wherever they lie. */
export function resultsCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .argument('<study>', 'study file (YAML), or the folder of a run')
    .option('--out <directory>', 'folder of the run (default: runs/<name of the study>)')
    .addOption(pluginOption());
}

/** A command on a study: its file is needed. */
export function studyFileCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .argument('<study>', 'study file (YAML)')
    .option('--out <directory>', 'folder of the run (default: runs/<name of the study>)')
    .option('--data <directory>', "folder of the dataset's files")
    .option('--engine <name>', 'engine, instead of the study file')
    .addOption(pluginOption());
}

/** A command that trains. */
export function trainingCommand(name: string, description: string): Command {
  return trainingFlags(name, description).option(
    '--dry-run',
    'print the memory that training would take; train nothing, write nothing',
  );
}

/** A command that trains what it finds out as it goes, so that it cannot be planned. */
export function trainingFlags(name: string, description: string): Command {
  return studyFileCommand(name, description)
    .addOption(workersOption('worker processes'))
    .option('--memory <megabytes>', 'memory that training may take (default: all there is)', positiveInteger)
    .addOption(requireOption())
    .option('--resume', 'go on where there are results: train only what is missing');
}

/** `--require isa=NAME` */
export function requireOption(): Option {
  return new Option(
    '--require <isa=name>',
    'compute with this instruction set alone, as isa=avx2: results of all machines are the same',
  );
}

/** `--workers COUNT` */
export function workersOption(description: string): Option {
  return new Option('--workers <count>', description).argParser(positiveInteger).default(availableParallelism());
}

/** `--queue ADDRESS` */
export function queueOption(): Option {
  return new Option(
    '--queue <address>',
    'server of Redis or Valkey over which `netspace worker` trains: redis://[user@]host[:port][/database], rediss:// for ' +
      'TLS; its password in NETSPACE_QUEUE_PASSWORD',
  );
}

/**
 * The queue that a command's flags name, if any.
 *
 * @throws InvalidInputError where it cannot be used, within seconds.
 */
export async function queueOf({ queue }: Pick<TrainFlags, 'queue'>): Promise<Pick<TrainOptions, 'queue'>> {
  if (queue === undefined) return {};
  const address = QueueAddress.of(queue);
  await address.check();
  return { queue: { address } };
}

/** How a command's flags say that it trains. */
export function trainOptions({ workers, memory }: TrainFlags): Pick<TrainOptions, 'workers' | 'memory'> {
  return { workers, ...(memory === undefined ? {} : { memory: memory * 1e6 }) };
}
