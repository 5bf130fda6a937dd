import { relative } from 'node:path';
import { type FileResult, verifyDirectory } from '@netspace/verification';
import { Command } from 'commander';
import { automaticEngine, chooseEngine } from '../engines.js';
import { print } from '../output.js';

/** `netspace verify DIR [--engine NAME]` */
export function verifyCommand(): Command {
  return new Command('verify')
    .description('Checks an engine and the maths against every reference file below a folder.')
    .argument('<directory>', 'folder of reference files')
    .option('--engine <name>', 'engine to check', automaticEngine)
    .action(async (directory: string, { engine: name }: { engine: string }) => {
      const { engine, passedOver } = await chooseEngine(name);
      for (const line of passedOver) print(line);
      print(`engine ${engine.name}: ${engine.description}`);
      const results = await verifyDirectory(directory, engine, (result) => print(describe(result, directory)));
      if (!results.every(({ passed }) => passed)) process.exitCode = 1;
    });
}

/** `ok     engine/conv2d.json: 10 cases; worst error 2.2e-7 of 1.0e-5 allowed at row 8: y` */
function describe({ file, results, passed }: FileResult, directory: string): string {
  const errors = results.map(({ worstError, tolerance, worstCase }) => {
    const place = worstCase === '' ? '' : ` at ${worstCase}`;
    return `worst error ${short(worstError)} of ${short(tolerance)} allowed${place}`;
  });
  const cases = `${results[0]?.cases ?? 0} cases`;
  return `${passed ? 'ok    ' : 'FAILED'} ${relative(directory, file)}: ${[cases, ...errors].join('; ')}`;
}

const short = (value: number): string => (value === 0 ? '0' : value.toExponential(1));
