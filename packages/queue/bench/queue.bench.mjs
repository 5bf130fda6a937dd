/**
 * What a queue costs a network beyond its training, beside worker processes of this machine: trainings that only wait, on
 * 1, 2, 4 and 8 workers, each result written as a record is. Needs redis-server.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { localRunner } from '@netspace/local-runner';
import { trainPopulation } from '@netspace/population';
import { QueueAddress, QueueRunner } from '@netspace/queue';
import { noServer, RedisServer } from '@netspace/queue/testing';
import { openRecords, openRunFolder } from '@netspace/run-store';

if (noServer !== undefined) throw new Error(noServer);
const server = await RedisServer.start();
const folder = mkdtempSync(join(tmpdir(), 'netspace-'));
const toyTrainer = new URL('../src/fixtures/toy-trainer.mjs', import.meta.url);
const serveToys = fileURLToPath(new URL('../src/fixtures/serve-toys.mjs', import.meta.url));

const config = {
  ...{ stem: { type: 'res_stem_cifar', width: 8 }, block: 'x', squeezeExcitationRatio: 0, headWidth: 0 },
  ...{ stages: Array(4).fill({ depth: 1, width: 8, stride: 1, bottleneckRatio: 1, groupWidth: 8 }) },
  ...{ classes: 10, imageSize: 8, imageChannels: 1 },
};
const tasksOf = (count) =>
  Array.from({ length: count }, (_, index) => ({
    ...{ arm: 'a', replicate: 0, seed: index, conditions: 'c1' },
    network: { id: `n${index}`, index, config, complexity: { flops: 1, params: 1, acts: 1 }, parameters: {} },
  }));

/** Seconds of training so many toys, from the first that begins. */
async function seconds(runner, workers, count) {
  const store = await openRecords(await openRunFolder(join(folder, randomUUID())), 'local');
  let start;
  const onEvent = () => (start ??= performance.now());
  await trainPopulation({ tasks: tasksOf(count), store, runner, workers, writer: 'local', onEvent });
  await store.close();
  return (performance.now() - start) / 1000;
}

async function overQueue(lanes, milliseconds, count) {
  const run = { id: randomUUID(), name: randomUUID(), conditions: {}, hashes: ['c1'] };
  const told = { url: server.url, run, patience: 30_000, workers: lanes, milliseconds };
  const worker = spawn(process.execPath, [serveToys, JSON.stringify(told)], { stdio: 'ignore' });
  const runner = await QueueRunner.open(QueueAddress.of(server.url), run);
  const taken = await seconds(runner, 2000, count);
  await runner.finish();
  await runner.close();
  await once(worker, 'exit');
  return taken;
}

const here = (lanes, milliseconds, count) =>
  seconds(localRunner({ workerModule: toyTrainer, workerData: { milliseconds } }), lanes, count);

console.log(`${availableParallelism()} cores, load ${loadavg()[0].toFixed(1)} before`);
for (const milliseconds of [0, 100]) {
  for (const lanes of [1, 2, 4, 8]) {
    const count = milliseconds === 0 ? 1000 : 40 * lanes;
    for (const [where, train] of Object.entries({ queue: overQueue, here })) {
      const taken = await train(lanes, milliseconds, count);
      const ideal = (count * milliseconds) / lanes;
      const overhead = (1000 * taken - ideal) / count;
      console.log(
        `${where.padEnd(5)} ${lanes} workers, ${count} trainings of ${milliseconds} ms: ` +
          `${overhead.toFixed(2)} ms a network, ${(count / taken).toFixed(0)} a second`,
      );
    }
  }
}
console.log(
  `memory of this process: ${Math.round(process.memoryUsage.rss() / 1e6)} MB; load ${loadavg()[0].toFixed(1)}`,
);
await server.remove();
rmSync(folder, { recursive: true });
