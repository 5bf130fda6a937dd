/**
 * Training speed of every backend that loads, on the four networks that PyTorch is compared on: random data made once,
 * SGD with Nesterov momentum, one process. Prints one JSON line a network and backend, with the number of threads:
 * TensorFlow uses every core unless TF_NUM_INTRAOP_THREADS says otherwise.
 * Usage: engine-tfjs.bench.mjs [--seconds S] [--backend NAME] [NETWORK ...]
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { buildGraph, initialState } from '@netspace/model-builder';
import { benchmarkNetworks, optimizer, randomBatch } from '@netspace/engine-testing';
import { loadBackends } from '../dist/index.js';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '5' }, backend: { type: 'string' } },
});

function threadsOf(backend) {
  return backend === 'tensorflow' ? Number(process.env.TF_NUM_INTRAOP_THREADS ?? availableParallelism()) : 1;
}

/** Images a second: of the whole time, and of the fastest step. */
async function measure(engine, { batchSize, config }, seconds) {
  const graph = buildGraph(config);
  const compiled = await engine.compile(graph, { batchSize, optimizer });
  compiled.setState(initialState(graph, 0));
  const batch = randomBatch(graph, batchSize, 0);
  const step = () => {
    const start = performance.now();
    compiled.trainStep(batch, 0.01, 0);
    return performance.now() - start;
  };
  step();
  await compiled.takeMetrics();
  const times = [];
  const start = performance.now();
  while (performance.now() - start < seconds * 1000) times.push(step());
  await compiled.takeMetrics();
  const elapsed = performance.now() - start;
  compiled.dispose();
  return { mean: (1000 * batchSize * times.length) / elapsed, best: (1000 * batchSize) / Math.min(...times) };
}

for (const backend of await loadBackends()) {
  if (values.backend !== undefined && values.backend !== backend.name) continue;
  if (!backend.available) {
    console.error(`${backend.name}: ${backend.reason}`);
    continue;
  }
  for (const name of positionals.length > 0 ? positionals : Object.keys(benchmarkNetworks)) {
    const { mean, best } = await measure(backend.engine, benchmarkNetworks[name], Number(values.seconds));
    console.log(
      JSON.stringify({
        bench: `train ${name}`,
        backend: backend.name,
        device: backend.device,
        threads: threadsOf(backend.name),
        per_second: Number(mean.toPrecision(4)),
        fastest_step_per_second: Number(best.toPrecision(4)),
        unit: 'images',
      }),
    );
  }
}
