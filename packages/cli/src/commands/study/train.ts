import { join } from 'node:path';
import { type Command, Option } from 'commander';
import { InvalidInputError } from '@netspace/contracts';
import { beginRun, openRunOf, readPopulations, trainPopulations, trainShard } from '@netspace/orchestrator';
import type { Shard } from '@netspace/population';
import { commandLine } from '../../command-line.js';
import type { Terminal } from '../../terminal.js';
import { dryRun } from './dry-run.js';
import { directoryOf, openStudy } from './open-results.js';
import { reportFailures } from './report-failures.js';
import { queueOf, queueOption, type TrainFlags, trainingCommand, trainOptions } from './study-flags.js';
import { type Control, watched } from './watched.js';

interface ShardFlags extends TrainFlags {
  readonly shard?: Shard;
  readonly steal?: boolean;
}

/** `netspace study train FILE [--shard I/N [--steal]]` */
export function trainCommand(terminal: Terminal): Command {
  return trainingCommand('train', 'trains the networks that were drawn')
    .addOption(queueOption().conflicts('workers'))
    .addOption(
      new Option('--shard <i/n>', 'train the i-th of n parts, as one of n processes on any machines')
        .argParser(shardOf)
        .conflicts('queue'),
    )
    .option('--steal', 'with --shard: then train what is left of the other parts, and of processes that are gone')
    .action(async (file: string, flags: ShardFlags) => {
      if (flags.dryRun === true) return dryRun(terminal, file, flags);
      if (flags.shard !== undefined) return trainPart(terminal, file, flags, flags.shard);
      if (flags.steal === true)
        throw new InvalidInputError({
          key: '--steal',
          problem: 'without --shard',
          expected: 'both, as --shard 1/4 --steal',
        });
      const again = commandLine('train', file, flags, '--resume');
      const { failed, records } = await watched(terminal, again, (control) => train(file, flags, control));
      terminal.print(`Records: ${records}`);
      terminal.print(`Next: ${commandLine('analyse', file, flags)}`);
      reportFailures(terminal, failed, again);
    });
}

function shardOf(text: string): Shard {
  const [, index, of] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  const shard = { index: Number(index), of: Number(of) };
  if (shard.index >= 1 && shard.index <= shard.of) return shard;
  throw new InvalidInputError({
    key: '--shard',
    problem: `got ${JSON.stringify(text)}`,
    expected: 'i/n with 1 <= i <= n, as 2/8',
  });
}

/** Trains one of several parts; the others may be trained elsewhere meanwhile. */
async function trainPart(terminal: Terminal, file: string, flags: ShardFlags, shard: Shard): Promise<void> {
  const { steal = false } = flags;
  const again = commandLine(
    'train',
    file,
    flags,
    '--shard',
    `${shard.index}/${shard.of}`,
    ...(steal ? ['--steal'] : []),
  );
  const { directory, failed, left, total } = await watched(terminal, again, async (control) => {
    const study = await openStudy(file, flags);
    const directory = directoryOf(study, flags);
    const options = { directory, shard, steal, ...trainOptions(flags), ...control };
    return { directory, ...(await trainShard(study, options)) };
  });
  terminal.print(`Records: ${join(directory, 'records')}, ${total - left} of ${total} trainings so far`);
  if (left === 0) terminal.print(`Next: ${commandLine('analyse', file, flags)}`);
  reportFailures(terminal, failed, again);
}

/** Trains the populations that were drawn. */
async function train(file: string, flags: TrainFlags, control: Control) {
  const study = await openStudy(file, flags);
  const directory = directoryOf(study, flags);
  const queue = await queueOf(flags);
  const { populations } = await readPopulations(await openRunOf(study, directory));
  const run = await beginRun(study, directory, flags.resume ?? false);
  try {
    const { failed } = await trainPopulations(run, populations, { ...trainOptions(flags), ...queue, ...control });
    return { failed, records: run.folder.records };
  } finally {
    await run.close();
  }
}
