import { Command } from 'commander';
import type { Terminal } from '../terminal.js';
import { analyseCommand } from './study/analyse.js';
import { cancelCommand } from './study/cancel.js';
import { exportNetworkCommand } from './study/export.js';
import { fitStepCommand } from './study/fit.js';
import { latencyCommand } from './study/latency.js';
import { mergeCommand } from './study/merge.js';
import { newCommand } from './study/new.js';
import { planCommand } from './study/plan.js';
import { reportCommand } from './study/report.js';
import { runCommand } from './study/run.js';
import { sampleCommand } from './study/sample.js';
import { statusCommand } from './study/status.js';
import { submitCommand } from './study/submit.js';
import { trainCommand } from './study/train.js';

/** The steps of a study, in the order in which they come. */
const steps = [
  newCommand,
  planCommand,
  runCommand,
  sampleCommand,
  trainCommand,
  submitCommand,
  statusCommand,
  cancelCommand,
  mergeCommand,
  fitStepCommand,
  latencyCommand,
  analyseCommand,
  reportCommand,
  exportNetworkCommand,
];

/** `netspace study STEP ...`: the pipeline, or one of its steps. */
export function studyCommand(terminal: Terminal): Command {
  const study = new Command('study').description('Writes and runs a study: the whole of it, or one step.');
  for (const step of steps) study.addCommand(step(terminal));
  return study;
}
