import type { StepControl } from '@netspace/orchestrator';
import { EventView } from '../../show-events.js';
import type { Terminal } from '../../terminal.js';

/** What a step is given to be watched and ended. */
export type Control = Required<StepControl>;

/**
 * Runs a step with its events on the terminal. The first Ctrl-C (or a SIGTERM) ends it, so that what is done is kept; the
 * second one kills.
 *
 * @param resume - The command line that goes on after an interrupt, for the message.
 */
export async function watched<Result>(
  terminal: Terminal,
  resume: string,
  run: (control: Control) => Promise<Result>,
): Promise<Result> {
  const view = new EventView(terminal);
  const controller = new AbortController();
  const interrupt = (): void => {
    stopListening();
    controller.abort(new DOMException('interrupted', 'AbortError'));
  };
  const stopListening = (): void => void process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  try {
    return await run({ signal: controller.signal, onEvent: view.show });
  } catch (error) {
    if (!controller.signal.aborted) throw error;
    throw new DOMException(`${(error as Error).message}\nTo go on: ${resume}`, 'AbortError');
  } finally {
    view.stop();
    stopListening();
  }
}
