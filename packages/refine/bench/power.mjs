/**
 * How often refining finds what is true of an oracle, and how often it accepts what costs more than the margin.
 *
 *     nx run refine:power                        200 chains of each oracle
 *     nx run refine:power -- 20                  20 of each
 *     nx run refine:power -- 200 chains.jsonl    keeps each chain there, and goes on from those of the same program
 *
 * Chains run on all cores; the same number gives the same table.
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { oracles } from '../dist/simulation/oracles.js';
import { simulate } from '../dist/simulation/simulate.js';

const options = {
  ...{ margin: 1, errorRate: 0.05, budget: 1000, first: 100, pairs: 100, final: 0 },
  ...{ accept: [], reject: [], proposeOnly: false },
};
const noise = 1;

if (isMainThread) await main(Number(process.argv[2] ?? 200), process.argv[3]);
else await work(workerData);

async function main(chains, file) {
  const kept = file !== undefined && existsSync(file) ? readLines(file) : [];
  const done = kept.filter(({ seed }) => seed <= chains);
  const isDone = new Set(done.map(({ oracle, seed }) => `${oracle} ${seed}`));
  const tasks = Array.from({ length: chains }, (_, index) => index + 1)
    .flatMap((seed) => oracles.map((_, oracle) => ({ oracle, seed })))
    .filter(({ oracle, seed }) => !isDone.has(`${oracle} ${seed}`));
  await simulateAll(tasks, (one) => {
    done.push(one);
    if (file !== undefined) appendFileSync(file, `${JSON.stringify(one)}\n`);
    process.stderr.write(`\r${done.length}/${chains * oracles.length} chains`);
  });
  process.stderr.write('\n');
  console.log(
    '| oracle | found | accepts a loss of the margin | refinements | trainings | mean error, first to last |',
  );
  console.log('| --- | --- | --- | --- | --- | --- |');
  oracles.forEach((oracle, index) => {
    const own = done.filter((one) => one.oracle === index).sort((a, b) => a.seed - b.seed);
    console.log(
      row(
        oracle,
        own.map(({ chain }) => chain),
      ),
    );
  });
}

function readLines(file) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

/** Each worker takes the next task when it is done with one. */
async function simulateAll(tasks, onChain) {
  const count = Math.min(availableParallelism(), tasks.length);
  const queue = [...tasks];
  const workers = Array.from(
    { length: count },
    () =>
      new Promise((resolve, reject) => {
        const worker = new Worker(new URL(import.meta.url), { workerData: queue.shift() });
        worker.on('error', reject).on('exit', resolve);
        worker.on('message', (one) => {
          onChain(one);
          worker.postMessage(queue.shift() ?? null);
        });
      }),
  );
  await Promise.all(workers);
}

async function work(task) {
  parentPort.on('message', async (next) => (next === null ? parentPort.close() : tell(next)));
  await tell(task);
}

async function tell({ oracle, seed }) {
  const chain = await simulate(oracles[oracle], options, { noise, seed, known: 2000 });
  parentPort.postMessage({ oracle, seed, chain });
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
