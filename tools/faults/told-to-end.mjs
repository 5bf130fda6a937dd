/** Processes that are told to end, and others that want the same. */
import { setTimeout } from 'node:timers/promises';
import { join } from 'node:path';
import { areEqual, draw, finish, netspace, resultsOf, startNetspace } from './a-run.mjs';

export const terminated = {
  name: 'the process that leads gets SIGTERM, and has 10 seconds',
  async run({ study, folder, whole, random }, times) {
    let [ended, equal, runs] = [0, true, 0];
    while (ended < times && equal) {
      const directory = join(folder, `terminated-${runs++}`);
      let isDone = false;
      while (!isDone && ended < times) {
        const { child, ended: end } = startNetspace([
          'study',
          'run',
          study,
          '--out',
          directory,
          '--resume',
          '--workers',
          '2',
        ]);
        isDone = (await Promise.race([end, setTimeout(200 + random() * 2500)])) !== undefined;
        child.kill('SIGTERM');
        const late = setTimeout(10_000, 'late', { ref: false });
        if ((await Promise.race([end, late])) === 'late') throw new Error('it goes on ten seconds after SIGTERM');
        if (!isDone) ended++;
      }
      await finish(study, directory);
      equal = areEqual(await resultsOf(directory), whole);
    }
    return { times: ended, seen: `${runs} runs`, equal };
  },
};

export const twoLeaders = {
  name: 'two processes are to lead one run at the same time',
  async run({ study, folder, whole }, times) {
    let [refused, equal] = [0, true];
    for (let time = 0; time < times; time++) {
      const directory = join(folder, `two-${time}`);
      await draw(study, directory);
      const train = ['study', 'train', study, '--out', directory, '--resume', '--workers', '1'];
      const both = await Promise.all([netspace(train), netspace(train)]);
      refused += both.filter(({ status, stderr }) => status === 1 && /is writing to this run/.test(stderr)).length;
      await finish(study, directory);
      equal &&= areEqual(await resultsOf(directory), whole);
    }
    return { times, seen: `${refused} refused`, equal: equal && refused === times };
  },
};
