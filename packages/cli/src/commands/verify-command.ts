import { relative } from 'node:path';
import { Command } from 'commander';
import { chooseEngine } from '@netspace/orchestrator';
import { automaticEngine } from '@netspace/study';
import { type FileResult, verifyDirectory } from '@netspace/verification';
import { loadExtensions, pluginOption } from '../plugins-option.js';
import type { Terminal } from '../terminal.js';

interface Flags {
  readonly engine: string;
  readonly plugin: readonly string[];
}

/** `netspace verify DIR [--engine NAME]` */
export function verifyCommand(terminal: Terminal): Command {
  return new Command('verify')
    .description('Checks an engine and the maths against every reference file below a folder.')
    .argument('<directory>', 'folder of reference files')
    .option('--engine <name>', 'engine to check', automaticEngine)
    .addOption(pluginOption())
    .action(async (directory: string, { engine: name, plugin }: Flags) => {
      const { engines } = await loadExtensions(plugin);
      const { engine, passedOver } = await chooseEngine(name, 1, engines);
      for (const line of passedOver) terminal.print(line);
      terminal.print(`engine ${engine.name}: ${engine.description}`);
      const results = await verifyDirectory(directory, engine, (result) => terminal.print(describe(result, directory)));
      if (results.some(({ outcome }) => outcome === 'failed')) terminal.exitStatus = 1;
    });
}

/** `ok     engine/conv2d.json: 10 cases; worst error 2.2e-7 of 1.0e-5 allowed at row 8: y` */
function describe(result: FileResult, directory: string): string {
  const file = relative(directory, result.file);
  if (result.outcome === 'no check') return `-      ${file}: there is no check for it`;
  const errors = result.results.map(({ worstError, tolerance, worstCase }) => {
    const place = worstCase === '' ? '' : ` at ${worstCase}`;
    return `worst error ${short(worstError)} of ${short(tolerance)} allowed${place}`;
  });
  const cases = `${result.results[0]?.cases ?? 0} cases`;
  return `${result.outcome === 'passed' ? 'ok    ' : 'FAILED'} ${file}: ${[cases, ...errors].join('; ')}`;
}

const short = (value: number): string => (value === 0 ? '0' : value.toExponential(1));
