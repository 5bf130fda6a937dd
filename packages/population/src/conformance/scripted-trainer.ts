import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import {
  type EvaluationControl,
  InvalidInputError,
  type TaskTrainer,
  type TrainingOutcome,
  type TrainingTask,
} from '@netspace/contracts';

/**
 * What goes wrong: an error, bad input, the death of the process, no end that leaves the process free, or one that does
 * not; an end that takes a second after it is asked for; something that is only told.
 */
export type Incident = 'throw' | 'refuse' | 'die' | 'hang' | 'compute' | 'linger' | 'tell';

/** What a scripted trainer does. */
export interface TrainerScript {
  /** What goes wrong as it starts. */
  readonly start?: Incident;
  /** What goes wrong with networks, by id. */
  readonly tasks?: Readonly<Record<string, Incident>>;
  /** As of {@link TaskTrainer}. */
  readonly secondsToStop?: number;
}

/**
 * A trainer that trains nothing, for the workers of runners under test: its outcome follows from the task's seed, in two
 * epochs and four reports of progress, and things go wrong as its script says.
 *
 * @example
 * import { createTaskTrainer } from '@netspace/population/conformance';
 * const trainer = await createTaskTrainer({});
 * trainer.description.evaluator; // => 'scripted'
 */
export async function createTaskTrainer({ start, tasks = {}, ...script }: TrainerScript): Promise<TaskTrainer> {
  await happen(start);
  return {
    ...script,
    description: {
      netspace: '0.0.0',
      node: process.versions.node,
      evaluator: 'scripted',
      instructionSet: null,
      host: 'nowhere',
    },
    train: (task, control) => train(task, tasks[task.network.id], control),
    close: () => Promise.resolve(),
  };
}

async function train(
  task: TrainingTask,
  incident: Incident | undefined,
  control: EvaluationControl,
): Promise<TrainingOutcome> {
  const { onProgress, onEpoch } = control;
  const { epochs, ...outcome } = scriptedOutcome(task);
  for (const [index, epoch] of epochs.entries()) {
    onProgress?.(index / 2 + 0.25);
    await happen(incident, control);
    onProgress?.(index / 2 + 0.5);
    onEpoch?.(epoch);
  }
  return { epochs, ...outcome };
}

/** What a scripted trainer makes of a task that nothing goes wrong with. */
export function scriptedOutcome({ seed }: TrainingTask): TrainingOutcome {
  const error = seed % 101;
  const epochs = [1, 2].map((epoch) => ({ epoch, testError: (error + 100 * (2 - epoch)) / (3 - epoch), seconds: 0.5 }));
  return {
    ...{ status: 'completed', error, top5Error: error / 3, validationError: null, epochs },
    ...{ seconds: 1, imagesPerSecond: null },
  };
}

async function happen(incident: Incident | undefined, control: EvaluationControl = {}): Promise<void> {
  if (incident === 'throw') throw new Error('no such block');
  if (incident === 'refuse') {
    throw new InvalidInputError({ key: 'dataset', problem: 'no such folder', expected: 'a folder' });
  }
  if (incident === 'die') process.kill(process.pid, 'SIGKILL');
  // SIGKILL is delivered before the promise could matter.
  if (incident === 'die' || incident === 'hang') await new Promise(() => undefined);
  while (incident === 'compute') control.onProgress?.(0.25);
  if (incident === 'tell') {
    control.onResume?.(0.5);
    control.onNotice?.('it was torn');
  }
  if (incident === 'linger') {
    await once(control.signal!, 'abort');
    await setTimeout(1000);
    control.signal!.throwIfAborted();
  }
}
