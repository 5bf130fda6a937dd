import type { Runner } from '@netspace/contracts';
import { localRunner } from '@netspace/local-runner';
import { type Patience, WatchedRunner } from '@netspace/population';
import type { Study } from '@netspace/study';
import type { WorkerData } from '../task-trainer.js';

const aMinute = 60;
const aDay = 86_400;

/** Worker processes of this machine that train the networks of a study, and are ended where they hang. */
export function workerProcesses(data: WorkerData): Runner {
  const workerModule = new URL('../task-trainer.js', import.meta.url);
  return new WatchedRunner(localRunner({ workerModule, workerData: data }), patienceWith(data.evaluator));
}

/** Engines tell each step; a program may say nothing until its time is over, and a plugin, which has no limit, for a day. */
function patienceWith(evaluator: Study['evaluator']): Patience {
  switch (evaluator.kind) {
    case 'train':
      return {};
    case 'command':
      return { firstProgress: evaluator.timeLimit + aMinute };
    case 'plugin':
      return { firstProgress: aDay };
  }
}
