/**
 * How often refining finds what is true of an oracle, and how often it accepts what costs more than the margin.
 *
 *     nx run refine:power            200 chains of each oracle
 *     nx run refine:power -- 20      20 of each
 *
 * Chains run on all cores; the same number gives the same table.
 */
import { availableParallelism } from 'node:os';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { oracles } from '../dist/simulation/oracles.js';
import { simulate } from '../dist/simulation/simulate.js';

const options = {
  ...{ margin: 1, errorRate: 0.05, budget: 1000, first: 100, pairs: 100, final: 0 },
  ...{ accept: [], reject: [], proposeOnly: false },
};
const noise = 1;

if (isMainThread) await main(Number(process.argv[2] ?? 200));
else await work(workerData);

async function main(chains) {
  const tasks = oracles.flatMap((_, oracle) =>
    Array.from({ length: chains }, (_, index) => ({ oracle, seed: index + 1 })),
  );
  const results = oracles.map(() => []);
  const count = Math.min(availableParallelism(), tasks.length);
  await Promise.all(
    Array.from({ length: count }, (_, worker) => {
      const own = tasks.filter((_, index) => index % count === worker);
      return new Promise((resolve, reject) => {
        new Worker(new URL(import.meta.url), { workerData: own })
          .on('message', ({ oracle, chain }) => results[oracle].push(chain))
          .on('error', reject)
          .on('exit', resolve);
      });
    }),
  );
  console.log(
    '| oracle | found | accepts a loss of the margin | refinements | trainings | mean error, first to last |',
  );
  console.log('| --- | --- | --- | --- | --- | --- |');
  oracles.forEach((oracle, index) => console.log(row(oracle, results[index])));
}

async function work(tasks) {
  for (const { oracle, seed } of tasks) {
    const chain = await simulate(oracles[oracle], options, { noise, seed });
    parentPort.postMessage({ oracle, chain });
  }
}

function row({ name, found }, chains) {
  const share = (test) => `${chains.filter(test).length} of ${chains.length}`;
  const mean = (of) => chains.reduce((sum, chain) => sum + of(chain), 0) / chains.length;
  return `| ${[
    name,
    found === null ? '' : share(({ accepted }) => accepted.some((one) => found.test(one))),
    share(({ worstLoss }) => worstLoss >= options.margin),
    mean(({ accepted }) => accepted.length).toFixed(1),
    mean(({ trainings }) => trainings).toFixed(0),
    `${mean(({ means }) => means[0]).toFixed(2)} to ${mean(({ means }) => means[1]).toFixed(2)} %`,
  ].join(' | ')} |`;
}
