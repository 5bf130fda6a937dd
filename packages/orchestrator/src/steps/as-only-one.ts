import { setTimeout } from 'node:timers/promises';
import { RunInUse } from '@netspace/run-store';
import type { Study } from '@netspace/study';
import type { StepControl } from '../pipeline-event.js';
import { beginRun, type OpenRun } from '../begin-run.js';
import { untilAborted } from '../until-aborted.js';

/** Milliseconds between two looks at whether a folder is free. */
const pause = 200;

/** Milliseconds after which a folder is not waited for any longer: others hold it only while they prepare the run. */
const longestWait = 600_000;

/**
 * Does something with a run that several processes train together, as the only one that changes it.
 *
 * @throws InvalidInputError as {@link beginRun}; also where another process keeps the folder for ten minutes.
 */
export async function asOnlyOne<Result>(
  study: Study,
  directory: string,
  { signal, onEvent }: StepControl,
  change: (run: OpenRun) => Promise<Result>,
): Promise<Result> {
  const run = await freeRun(study, directory, signal, (message) => onEvent?.({ kind: 'notice', message }));
  try {
    return await change(run);
  } finally {
    await run.close();
  }
}

async function freeRun(
  study: Study,
  directory: string,
  signal: AbortSignal | undefined,
  notice: (message: string) => void,
): Promise<OpenRun> {
  const start = performance.now();
  let isTold = false;
  for (;;) {
    try {
      return await beginRun(study, directory, true);
    } catch (error) {
      if (!(error instanceof RunInUse) || performance.now() - start > longestWait) throw error;
      if (!isTold && performance.now() - start > 10 * pause) {
        notice(`Waiting for the folder: ${error.message}`);
        isTold = true;
      }
    }
    await untilAborted(setTimeout(pause), signal);
  }
}
