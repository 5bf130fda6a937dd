import { InvalidInputError } from '@netspace/contracts';
import { Command, CommanderError } from 'commander';
import { complexityCommand } from './commands/complexity-command.js';
import { enginesCommand } from './commands/engines-command.js';
import { fitCommand } from './commands/fit-command.js';
import { spacesCommand } from './commands/spaces-command.js';
import { studyCommand } from './commands/study-command.js';
import { verifyCommand } from './commands/verify-command.js';
import { version } from './version.js';

/** Exit statuses: success, bad input or a failed check, wrong usage, interrupted (128 + SIGINT). */
const status = { success: 0, failure: 1, usage: 2, interrupted: 130 };

/**
 * The `netspace` command.
 *
 * @param args - The arguments behind the command's name.
 * @returns The exit status: 0 success, 1 bad input or a failed check, 2 wrong usage, 130 interrupted.
 */
export async function main(args: readonly string[]): Promise<number> {
  const program = createProgram();
  try {
    await program.parseAsync([...args], { from: 'user' });
    return Number(process.exitCode ?? status.success);
  } catch (error) {
    return report(error);
  }
}

function createProgram(): Command {
  const program = new Command('netspace')
    .description('Design network design spaces: sample, train, compare and simplify populations of networks.')
    .version(version())
    .showHelpAfterError('(see --help)')
    .exitOverride();
  const commands = [spacesCommand, complexityCommand, fitCommand, enginesCommand, studyCommand, verifyCommand];
  for (const create of commands) program.addCommand(create().copyInheritedSettings(program));
  return program;
}

function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? status.success : status.usage;
  if (error instanceof Error && error.name === 'AbortError') {
    process.stderr.write(`${error.message}\n`);
    return status.interrupted;
  }
  if (error instanceof InvalidInputError) {
    process.stderr.write(`netspace: ${error.message}\n`);
    return status.failure;
  }
  throw error;
}
