/**
 * Measures training: random data made once, SGD with Nesterov momentum, forward, backward and update. Images a second over
 * the whole time, as the PyTorch peer measures (tools/pytorch-peer.py).
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { optimizer, randomBatch } from '@netspace/engine-testing';
import { buildGraph, initialState } from '@netspace/model-builder';
import { loadEngine } from '../dist/index.js';

/**
 * Trains copies of a network in so many processes, each with so many threads, that start together.
 *
 * @param specification - `{ config: NetworkConfig, batchSize, precision, storage }`; float32 where one of the last two is left out
 * @returns Images a second over all processes, and the smallest share of the time that a process had a processor: below 1
 * where the machine had other work.
 */
export async function trainingSpeed(specification, { processes, threads = 1, seconds }) {
  const job = JSON.stringify({ ...specification, threads, seconds });
  const children = Array.from({ length: processes }, () => fork(fileURLToPath(import.meta.url), [job]));
  const message = (child) => new Promise((resolve) => child.once('message', resolve));
  await Promise.all(children.map(message));
  const speeds = children.map(message);
  for (const child of children) child.send('start');
  const results = await Promise.all(speeds);
  return {
    imagesPerSecond: results.reduce((sum, { imagesPerSecond }) => sum + imagesPerSecond, 0),
    busy: Math.min(...results.map(({ busy }) => busy)),
  };
}

async function compile(graph, { batchSize, threads, precision = 'float32', storage = 'float32' }) {
  const native = await loadEngine({ threads });
  if (!native.available) throw new Error(`${native.reason}: ${native.remedy}`);
  const network = await native.engine.compile(graph, { batchSize, optimizer, precision, storage });
  network.setState(initialState(graph, 1));
  return network;
}

/** The process that trains. */
async function main({ seconds, ...specification }) {
  const graph = buildGraph(specification.config);
  const batch = randomBatch(graph, specification.batchSize, 2);
  const network = await compile(graph, specification);
  for (let i = 0; i < 3; i++) network.trainStep(batch, 0.1, 0);
  const started = new Promise((resolve) => process.once('message', resolve));
  process.send('ready');
  await started;
  const processor = process.cpuUsage();
  const begin = performance.now();
  let steps = 0;
  while (performance.now() - begin < seconds * 1000) {
    network.trainStep(batch, 0.1, 0);
    steps++;
  }
  const milliseconds = performance.now() - begin;
  const { user, system } = process.cpuUsage(processor);
  process.send({
    imagesPerSecond: (steps * specification.batchSize * 1000) / milliseconds,
    busy: (user + system) / 1000 / milliseconds,
  });
  process.disconnect();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(JSON.parse(process.argv[2]));
