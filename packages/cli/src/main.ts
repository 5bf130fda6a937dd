import { setImmediate } from 'node:timers/promises';
import { Command, CommanderError } from 'commander';
import { InvalidInputError, WorkerLost } from '@netspace/contracts';
import { calledOf, type LoadCommand } from './lazy-commands.js';
import { safeText } from './safe-text.js';
import { Terminal } from './terminal.js';
import { version } from './version.js';

/** Exit statuses: success, bad input or a failed check, wrong usage, interrupted (128 + SIGINT). */
const status = { success: 0, failure: 1, usage: 2, interrupted: 130 };

/**
 * The `netspace` command.
 *
 * @param args - The arguments behind the command's name.
 * @returns The exit status: 0 success, 1 bad input or a failed check or training, 2 wrong usage, 130 interrupted.
 * @example
 * import { main } from '@netspace/cli';
 * await main(['spaces', 'RegNetX', '--yaml']); // => 0
 */
export async function main(args: readonly string[]): Promise<number> {
  const terminal = new Terminal();
  try {
    const program = await createProgram(args, terminal);
    await program.parseAsync([...args], { from: 'user' });
    // What cannot be written is told in the next turn.
    await setImmediate();
    return terminal.exitStatus;
  } catch (error) {
    return report(error, terminal);
  }
}

/** The commands by name. */
const commands: Readonly<Record<string, LoadCommand>> = {
  study: async (terminal, args) => (await import('./commands/study-command.js')).studyCommand(terminal, args),
  worker: async (terminal) => (await import('./commands/worker-command.js')).workerCommand(terminal),
  store: async (terminal) => (await import('./commands/store-command.js')).storeCommand(terminal),
  import: async (terminal) => (await import('./commands/import-command.js')).importCommand(terminal),
  refine: async (terminal) => (await import('./commands/refine-command.js')).refineCommand(terminal),
  recipe: async (terminal) => (await import('./commands/recipe-command.js')).recipeCommand(terminal),
  spaces: async (terminal) => (await import('./commands/spaces-command.js')).spacesCommand(terminal),
  complexity: async (terminal) => (await import('./commands/complexity-command.js')).complexityCommand(terminal),
  fit: async (terminal) => (await import('./commands/fit-command.js')).fitCommand(terminal),
  export: async (terminal) => (await import('./commands/export-command.js')).exportCommand(terminal),
  engines: async (terminal) => (await import('./commands/engines-command.js')).enginesCommand(terminal),
  verify: async (terminal) => (await import('./commands/verify-command.js')).verifyCommand(terminal),
};

/** What is answered without any command. */
const asksForVersion: readonly (string | undefined)[] = ['--version', '-V'];

/** The program with the command that is called, or with all of them where none is named (for its help). */
async function createProgram([called, ...args]: readonly string[], terminal: Terminal): Promise<Command> {
  const program = new Command('netspace')
    .description('Design network design spaces: sample, train, compare and simplify populations of networks.')
    .version(version())
    .showHelpAfterError('(see --help)')
    // What was typed may hold a password.
    .configureOutput({ outputError: (text, write) => write(safeText(text)) })
    .exitOverride();
  if (asksForVersion.includes(called)) return program;
  for (const load of calledOf(commands, called)) program.addCommand(inheriting(await load(terminal, args), program));
  return program;
}

/** A command, and the commands below it, with the settings of its parent. */
function inheriting(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent);
  for (const child of command.commands) inheriting(child, command);
  return command;
}

function report(error: unknown, terminal: Terminal): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? status.success : status.usage;
  if (error instanceof Error && error.name === 'AbortError') {
    terminal.note(error.message);
    return status.interrupted;
  }
  if (error instanceof InvalidInputError || error instanceof WorkerLost) {
    terminal.note(`netspace: ${error.message}`);
    return status.failure;
  }
  throw error;
}
