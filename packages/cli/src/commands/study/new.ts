import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { InvalidInputError } from '@netspace/contracts';
import { writeFileWhole } from '@netspace/run-store';
import { newStudyText, shippedStudies } from '@netspace/study';
import { commandLine } from '../../command-line.js';
import type { Terminal } from '../../terminal.js';

/** `netspace study new [NAME] [--from STUDY]` */
export function newCommand(terminal: Terminal): Command {
  return new Command('new')
    .description('writes a commented study file, NAME.yaml, to start from')
    .argument('[name]', 'name of the study', 'my-study')
    .option('--from <study>', `a shipped study to copy: ${shippedStudies().join(', ')}`)
    .action(async (name: string, { from }: { readonly from?: string }) => {
      const text = newStudyText(name, from);
      const file = `${name}.yaml`;
      if (existsSync(file)) {
        throw new InvalidInputError({ file, problem: 'is there already', expected: 'another name, or no such file' });
      }
      await writeFileWhole(file, text);
      terminal.print(`Study: ${file}`);
      terminal.print(`Next: ${commandLine('run', file, {})}`);
    });
}
