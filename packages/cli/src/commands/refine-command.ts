import { InvalidInputError } from '@netspace/contracts';
import { readRefinement, refinedDirectory, refineStudy } from '@netspace/orchestrator';
import { refineSchema, type Study } from '@netspace/study';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { commandOf } from '../command-line.js';
import { printChain, printProposals, printStep, RefineView } from '../describe-refinement.js';
import type { Terminal } from '../terminal.js';
import { openStudy } from './study/open-results.js';
import { type TrainFlags, trainingFlags, trainOptions } from './study/study-flags.js';
import { watched } from './study/watched.js';

interface RefineFlags extends TrainFlags {
  readonly propose?: boolean;
  readonly accept: readonly string[];
  readonly reject: readonly string[];
  readonly explain?: number | true;
}

/** `netspace refine STUDY`: finds simpler and better spaces by itself. */
export function refineCommand(terminal: Terminal): Command {
  const description = 'Finds simpler and better design spaces: proposes them, and confirms each on fresh networks.';
  return trainingFlags('refine', description)
    .option('--propose', 'only list what would be tried, by the first networks')
    .addOption(namesOption('--accept <name>', 'accept a proposal without confirming it; may be repeated'))
    .addOption(namesOption('--reject <name>', 'do not try a proposal; may be repeated'))
    .option('--explain [step]', 'tell the chain that is there, or what was tried in one of its steps', stepNumber)
    .action(async (file: string, flags: RefineFlags) => {
      const study = steered(await openStudy(file, flags), flags);
      const directory = flags.out ?? refinedDirectory(study);
      if (flags.explain !== undefined) return explain(terminal, { study, directory, step: flags.explain });
      const again = commandOf(['refine'], file, flags, '--resume');
      const view = new RefineView(terminal);
      const { refinement, spacesFile, report } = await watched(terminal, again, (control) =>
        refineStudy(study, {
          ...{ directory, resume: flags.resume ?? false, proposeOnly: flags.propose ?? false },
          ...trainOptions(flags),
          ...control,
          onRefine: view.show,
        }),
      );
      if (report === null) {
        printProposals(terminal, refinement);
        return;
      }
      printChain(terminal, refinement);
      terminal.print(`Spaces: ${spacesFile}`);
      terminal.print(`Report: ${report}`);
    });
}

function namesOption(flags: string, description: string): Option {
  return new Option(flags, description).default([]).argParser((name: string, before: string[]) => [...before, name]);
}

function stepNumber(text: string): number {
  const step = Number(text);
  if (Number.isInteger(step) && step >= 1) return step;
  throw new InvalidArgumentError('a step is a number from 1');
}

/** The study with what the command line accepts and rejects. */
function steered(study: Study, { accept, reject }: RefineFlags): Study {
  if (accept.length === 0 && reject.length === 0) return study;
  const refine = study.refine ?? refineSchema.parse({});
  return {
    ...study,
    refine: { ...refine, accept: [...refine.accept, ...accept], reject: [...refine.reject, ...reject] },
  };
}

async function explain(
  terminal: Terminal,
  { study, directory, step }: { readonly study: Study; readonly directory: string; readonly step: number | true },
): Promise<void> {
  const refinement = await readRefinement(study, directory);
  const { steps } = refinement;
  if (step === true) {
    printChain(terminal, refinement);
    return;
  }
  const told = steps[step - 1];
  if (told === undefined) {
    const expected = steps.length === 1 ? '1' : `1 to ${steps.length}`;
    throw new InvalidInputError({ key: '--explain', problem: `there is no step ${step}`, expected });
  }
  printStep(terminal, told, step);
}
