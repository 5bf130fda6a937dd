import { availableParallelism } from 'node:os';
import { Command } from 'commander';
import {
  runAnalyse,
  runExport,
  runFit,
  runLatency,
  runPipeline,
  runReport,
  runSample,
  runTrain,
  type StudyOptions,
} from '../pipeline.js';
import { positiveInteger } from '../positive-integer.js';
import { formatOption, type ModelFormat } from '../save-model.js';

/** `netspace study STEP FILE [options]`: the pipeline, or one of its steps. */
export function studyCommand(): Command {
  const study = new Command('study').description('Runs a study: the whole of it, or one step.');
  const steps: [string, string, (options: StudyOptions) => Promise<void>][] = [
    ['run', 'all steps, one after the other', runPipeline],
    ['sample', 'draws the populations', runSample],
    ['train', 'trains their networks', runTrain],
    ['analyse', 'compares the error distributions and finds good parameter ranges', runAnalyse],
    ['fit', 'fits the quantised-linear rule to every network', runFit],
    ['latency', 'measures the inference time of every network drawn', runLatency],
    ['report', 'draws the figures and writes the report page', runReport],
  ];
  for (const [name, description, run] of steps) {
    const command = stepCommand(name, description, run);
    if (run === runTrain || run === runPipeline) {
      command
        .option('--dry-run', 'print the memory that training would take, and train nothing')
        .option('--memory <megabytes>', 'memory that training may take (default: all there is)', positiveInteger);
    }
    if (run === runLatency) command.option('--batch <images>', 'images of an inference pass', positiveInteger, 1);
    study.addCommand(command);
  }
  return study.addCommand(exportNetworkCommand());
}

interface FolderFlags {
  readonly out?: string;
  readonly data?: string;
  readonly engine?: string;
}

interface ExportFlags extends FolderFlags {
  readonly format: ModelFormat;
}

interface Flags extends FolderFlags {
  readonly dryRun?: boolean;
  readonly memory?: number;
  readonly batch?: number;
  readonly workers: number;
  readonly resume?: boolean;
}

function stepCommand(name: string, description: string, run: (options: StudyOptions) => Promise<void>): Command {
  return folderCommand(name, description)
    .option('--workers <count>', 'worker processes', positiveInteger, availableParallelism())
    .option('--resume', 'train only what is missing')
    .action(async (file: string, { resume = false, ...flags }: Flags) => {
      await withInterrupt((signal) => run({ file, resume, signal, ...flags }));
    });
}

function exportNetworkCommand(): Command {
  return folderCommand('export', 'trains one network again, and writes it as a model for TensorFlow.js or TensorFlow')
    .argument('<network>', 'id of the network, as in its record')
    .addOption(formatOption())
    .action(async (file: string, network: string, flags: ExportFlags) => {
      await withInterrupt((signal) => runExport({ file, network, signal, ...flags }));
    });
}

/** A command on a study and its folder of results. */
function folderCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .argument('<study>', 'study file (YAML)')
    .option('--out <directory>', 'folder of the results (default: runs/<name of the study>)')
    .option('--data <directory>', "folder of the dataset's files")
    .option('--engine <name>', 'engine, instead of the study file');
}

/** Turns the first Ctrl-C (or a SIGTERM) into an abort, so that what is done is kept; the second one kills. */
async function withInterrupt(run: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const controller = new AbortController();
  const interrupt = (): void => {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
    controller.abort();
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    await run(controller.signal);
  } finally {
    process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  }
}
