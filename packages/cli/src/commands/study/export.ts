import type { Command } from 'commander';
import { exportNetwork, openRunOf } from '@netspace/orchestrator';
import type { ModelFormat } from '@netspace/tensorflow-export';
import { commandLine } from '../../command-line.js';
import { describeModel } from '../../describe-model.js';
import { formatOption } from '../../format-option.js';
import type { Terminal } from '../../terminal.js';
import { directoryOf, openStudy } from './open-results.js';
import { studyFileCommand, type StudyFlags } from './study-flags.js';
import { watched } from './watched.js';

interface ExportFlags extends StudyFlags {
  readonly format: ModelFormat;
}

/** `netspace study export FILE NETWORK --format FORMAT` */
export function exportNetworkCommand(terminal: Terminal): Command {
  return studyFileCommand(
    'export',
    'trains one network again, and writes it as a model for TensorFlow.js or TensorFlow',
  )
    .argument('<network>', 'id of the network, as in the report; with its arm where several settings have it')
    .addOption(formatOption())
    .action(async (file: string, networkId: string, flags: ExportFlags) => {
      const again = commandLine('export', file, flags, networkId, '--format', flags.format);
      const exported = await watched(terminal, again, async (control) => {
        const study = await openStudy(file, flags);
        const run = await openRunOf(study, directoryOf(study, flags));
        return exportNetwork(study, run, { networkId, format: flags.format, ...control });
      });
      terminal.print(describeModel(exported));
      terminal.print(`Model: ${exported.directory}`);
    });
}
