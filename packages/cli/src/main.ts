import { InvalidInputError } from '@netspace/contracts';
import { Command, CommanderError } from 'commander';
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
  try {
    const program = await createProgram(args[0]);
    await program.parseAsync([...args], { from: 'user' });
    return Number(process.exitCode ?? status.success);
  } catch (error) {
    return report(error);
  }
}

/** The commands by name. Each is loaded when it is called, since some of what they import takes its time. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  spaces: async () => (await import('./commands/spaces-command.js')).spacesCommand(),
  complexity: async () => (await import('./commands/complexity-command.js')).complexityCommand(),
  fit: async () => (await import('./commands/fit-command.js')).fitCommand(),
  export: async () => (await import('./commands/export-command.js')).exportCommand(),
  engines: async () => (await import('./commands/engines-command.js')).enginesCommand(),
  study: async () => (await import('./commands/study-command.js')).studyCommand(),
  verify: async () => (await import('./commands/verify-command.js')).verifyCommand(),
};

/** The program with the command that is called, or with all of them where none is named (for its help). */
async function createProgram(called: string | undefined): Promise<Command> {
  const program = new Command('netspace')
    .description('Design network design spaces: sample, train, compare and simplify populations of networks.')
    .version(version())
    .showHelpAfterError('(see --help)')
    .exitOverride();
  const named = called === undefined ? undefined : commands[called];
  for (const load of named === undefined ? Object.values(commands) : [named]) {
    program.addCommand(inheriting(await load(), program));
  }
  return program;
}

/** A command, and the commands below it, with the settings of its parent. */
function inheriting(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent);
  for (const child of command.commands) inheriting(child, command);
  return command;
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
