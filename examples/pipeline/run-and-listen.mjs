// Runs a study without a console and listens to what happens: `node run-and-listen.mjs STUDY.yaml FOLDER`
import { runStudy } from '@netspace/orchestrator';
import { readStudy } from '@netspace/study';

const [file, directory] = process.argv.slice(2);
const interrupt = new AbortController();
process.once('SIGINT', () => interrupt.abort());

const { analysis, report, trained, failed } = await runStudy(await readStudy(file), {
  directory,
  signal: interrupt.signal,
  onEvent: (event) => {
    if (event.kind === 'epoch') console.log(event.task.network.id, event.epoch.epoch, event.epoch.testError);
    if (event.kind === 'trained')
      console.log(event.record.network.id, event.record.status, `${event.done}/${event.total}`);
  },
});
console.log(`${trained} trained, ${failed} failed; best error ${analysis.arms[0].errors?.min} %; see ${report}`);
