import type { Study } from '@netspace/study';
import type { StepControl } from '../pipeline-event.js';
import { openRun, type Run } from '../run.js';
import { asOnlyOne } from './as-only-one.js';
import { samplePopulations } from './sample-populations.js';

/**
 * Draws the populations of a study that several processes will train, before any of them starts; those that are there stay.
 *
 * @throws InvalidInputError where the folder is not of this study, or a space has too few networks in its regime.
 */
export async function drawRun(study: Study, directory: string, control: StepControl = {}): Promise<Run> {
  await asOnlyOne(study, directory, control, (run) => samplePopulations(run, true, control));
  return openRun(directory);
}
