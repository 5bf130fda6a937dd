import type { Terminal } from '../../terminal.js';

/** Says that trainings failed, where some did: the command then fails too. */
export function reportFailures(terminal: Terminal, failed: number, again: string): void {
  if (failed === 0) return;
  terminal.note(
    `${failed === 1 ? '1 training' : `${failed} trainings`} failed: the reasons are above. To try again: ${again}`,
  );
  terminal.exitStatus = 1;
}
