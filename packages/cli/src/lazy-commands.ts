import type { Command } from 'commander';
import type { Terminal } from './terminal.js';

/** Loads a command, which may load one below it by the arguments behind its name. */
export type LoadCommand = (terminal: Terminal, args: readonly string[]) => Command | Promise<Command>;

/**
 * The one of some commands that is called; all of them where none is, since help tells of each. Commands are loaded when they
 * are called, since some of what they import takes its time.
 */
export function calledOf(commands: Readonly<Record<string, LoadCommand>>, name: string | undefined): LoadCommand[] {
  return name !== undefined && Object.hasOwn(commands, name) ? [commands[name]!] : Object.values(commands);
}
