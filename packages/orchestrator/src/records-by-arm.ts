import { trainingIdentity, type TrainingRecord } from '@netspace/contracts';
import { readRecords } from '@netspace/run-store';
import type { Run } from './run.js';
import { readPopulations } from './steps/read-populations.js';
import { armTasks } from './steps/training-tasks.js';

/**
 * The records of a run, arm by arm in the order of its networks: each bears the arm and the network's index in it. One that
 * several arms ask for is there for each; one that the study does not ask for is left out.
 *
 * @throws InvalidInputError where its populations or records are missing or damaged.
 */
export async function recordsByArm(run: Run): Promise<TrainingRecord[]> {
  const { populations } = await readPopulations(run);
  const { records } = await readRecords(run.folder);
  const known = new Map(records.map((record) => [trainingIdentity(record), record]));
  return run.arms.flatMap((arm, index) => {
    const conditions = run.content.training?.conditions[arm.name] ?? '';
    return armTasks(run.content.study, arm, populations[index]!, conditions).flatMap((task) => {
      const record = known.get(trainingIdentity(task));
      return record === undefined ? [] : [{ ...record, ...task }];
    });
  });
}
