import { relative } from 'node:path';
import { verifyDirectory } from '@netspace/verification';
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
      const results = await verifyDirectory(directory, engine, (result) => {
        const state = result.passed ? 'ok    ' : 'FAILED';
        const file = relative(directory, result.file);
        const error = `worst error ${result.worstError.toExponential(2)} (tolerance ${result.tolerance.toExponential(0)})`;
        print(
          `${state} ${file}: ${result.cases} cases, ${error}${result.worstCase === '' ? '' : ` at ${result.worstCase}`}`,
        );
      });
      if (!results.every(({ passed }) => passed)) process.exitCode = 1;
    });
}
