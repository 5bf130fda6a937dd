/** Two processes that want to lead the same run. */
import { join } from 'node:path';
import { areEqual, draw, finish, netspace } from './a-run.mjs';

export const twoLeaders = {
  name: 'two processes are to lead one run at the same time',
  async run({ study, folder, whole }, times) {
    let [refused, equal] = [0, true];
    for (let time = 0; time < times; time++) {
      const directory = join(folder, `two-${time}`);
      await draw(study, directory);
      const train = ['study', 'train', study, '--out', directory, '--resume', '--workers', '2'];
      const both = await Promise.all([netspace(train), netspace(train)]);
      refused += both.filter(({ status, stderr }) => status === 1 && /is writing to this run/.test(stderr)).length;
      equal = areEqual(await finish(study, directory), whole) && equal;
    }
    return { times, seen: `${refused} refused`, equal: equal && refused === times };
  },
};
