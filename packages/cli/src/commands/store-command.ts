import { basename, extname, join } from 'node:path';
import { Command } from 'commander';
import { InvalidInputError } from '@netspace/contracts';
import { openRun, recordsByArm, runStatus } from '@netspace/orchestrator';
import { csvOf, parquetOf, recordTable, type RecordTable } from '@netspace/record-tables';
import {
  type CheckedFile,
  checkRecords,
  type RepeatedTraining,
  salvageRecords,
  writeFileWhole,
} from '@netspace/run-store';
import type { Terminal } from '../terminal.js';

/** `netspace store check FOLDER [--salvage]`, `netspace store export FOLDER FILE` */
export function storeCommand(terminal: Terminal): Command {
  const check = new Command('check')
    .description('checks every record of a run, and says what is damaged, what is there twice and what is missing')
    .argument('<folder>', 'folder of the run')
    .option('--salvage', 'move damaged lines to files beside, so that the run can be read and go on')
    .action((directory: string, { salvage = false }: { readonly salvage?: boolean }) =>
      checkStore(terminal, directory, salvage),
    );
  return new Command('store')
    .description('Looks after the results of a run.')
    .addCommand(check)
    .addCommand(exportCommand(terminal));
}

/** How a table is written, by the end of the file's name. */
const writers: Readonly<Record<string, (table: RecordTable) => string | Uint8Array>> = {
  '.csv': csvOf,
  '.parquet': parquetOf,
};

function exportCommand(terminal: Terminal): Command {
  return new Command('export')
    .description('writes the results of a run as a table, a row a training of each space')
    .argument('<folder>', 'folder of the run')
    .argument('<file>', 'what to write: a .csv or .parquet file')
    .action(async (directory: string, file: string) => {
      const write = writers[extname(file).toLowerCase()];
      if (write === undefined) {
        throw new InvalidInputError({
          file,
          problem: 'is no kind of table',
          expected: Object.keys(writers).join(', '),
        });
      }
      const records = await recordsByArm(await openRun(directory));
      await writeFileWhole(file, write(recordTable(records)));
      terminal.print(`${file}: ${records.length} ${records.length === 1 ? 'training' : 'trainings'}`);
    });
}

async function checkStore(terminal: Terminal, directory: string, salvage: boolean): Promise<void> {
  const run = await openRun(directory);
  const { files, repeated } = await checkRecords(run.folder);
  terminal.printTable(
    ['file', 'records', 'damaged lines', 'end'],
    files.map(({ file, records, damaged, isTorn }) => [
      ...[basename(file), records, damaged.length, isTorn ? 'torn, or being written' : ''],
    ]),
  );
  const damaged = files.flatMap(damageOf);
  damaged.forEach((line) => terminal.print(line));
  printRepeated(terminal, repeated);
  if (damaged.length > 0 && !salvage) {
    terminal.exitStatus = 1;
    terminal.note(
      `Damaged lines make a run unreadable. To move them aside: netspace store check ${directory} --salvage`,
    );
    return;
  }
  if (damaged.length > 0) {
    const count = await salvageRecords(run.folder);
    const lines = count === 1 ? '1 damaged line was' : `${count} damaged lines were`;
    terminal.print(`${lines} moved to ${join(run.folder.records, '*.damaged')}`);
  }
  const { trainings, left } = await runStatus(await openRun(directory));
  const others = left === 0 ? '' : '; `netspace study train STUDY --resume` trains the others';
  terminal.print(`${trainings - left} of ${trainings} trainings have a result${others}`);
  if (repeated.some(({ areSame }) => !areSame)) terminal.exitStatus = 1;
}

function damageOf({ file, damaged }: CheckedFile): string[] {
  return damaged.map(({ line, problem }) => `${file}:${line}: ${problem}`);
}

function printRepeated(terminal: Terminal, repeated: readonly RepeatedTraining[]): void {
  const same = repeated.filter(({ areSame }) => areSame).length;
  if (same > 0)
    terminal.print(
      `${same} ${same === 1 ? 'training was' : 'trainings were'} made more than once and came to the same`,
    );
  for (const { records, areSame } of repeated) {
    if (areSame) continue;
    const [{ arm, network, replicate }] = records as [(typeof records)[0]];
    const made = records.map(({ provenance: { writer, instructionSet, date } }, index) => {
      const record = records[index]!;
      const error = record.status === 'failed' ? '' : `error ${record.error} % `;
      return `${error}by ${writer} (${instructionSet ?? 'no instruction set'}, ${date})`;
    });
    terminal.print(
      `${arm} ${network.id} replicate ${replicate + 1} came to several results: ${made.join('; ')}. The earliest counts.`,
    );
  }
}
