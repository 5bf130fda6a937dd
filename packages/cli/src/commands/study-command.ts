import { Command } from 'commander';
import { calledOf, type LoadCommand } from '../lazy-commands.js';
import type { Terminal } from '../terminal.js';

/** The steps of a study, in the order in which they come. */
const steps: Readonly<Record<string, LoadCommand>> = {
  new: async (terminal) => (await import('./study/new.js')).newCommand(terminal),
  plan: async (terminal) => (await import('./study/plan.js')).planCommand(terminal),
  run: async (terminal) => (await import('./study/run.js')).runCommand(terminal),
  sample: async (terminal) => (await import('./study/sample.js')).sampleCommand(terminal),
  train: async (terminal) => (await import('./study/train.js')).trainCommand(terminal),
  submit: async (terminal) => (await import('./study/submit.js')).submitCommand(terminal),
  status: async (terminal) => (await import('./study/status.js')).statusCommand(terminal),
  cancel: async (terminal) => (await import('./study/cancel.js')).cancelCommand(terminal),
  merge: async (terminal) => (await import('./study/merge.js')).mergeCommand(terminal),
  fit: async (terminal) => (await import('./study/fit.js')).fitStepCommand(terminal),
  latency: async (terminal) => (await import('./study/latency.js')).latencyCommand(terminal),
  analyse: async (terminal) => (await import('./study/analyse.js')).analyseCommand(terminal),
  report: async (terminal) => (await import('./study/report.js')).reportCommand(terminal),
  export: async (terminal) => (await import('./study/export.js')).exportNetworkCommand(terminal),
};

/** `netspace study STEP ...`: the pipeline, or one of its steps. */
export async function studyCommand(terminal: Terminal, [step]: readonly string[]): Promise<Command> {
  const study = new Command('study').description('Writes and runs a study: the whole of it, or one step.');
  for (const load of calledOf(steps, step)) study.addCommand(await load(terminal, []));
  return study;
}
