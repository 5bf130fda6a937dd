import type { Latencies, Latency } from '@netspace/contracts';
import { latenciesKind, writeArtefact } from '@netspace/run-store';
import { architectureOf, type Study } from '@netspace/study';
import { chooseEngine } from '../engines.js';
import { measureLatency } from '../measure-latency.js';
import type { StepControl } from '../pipeline-event.js';
import type { Run } from '../run.js';
import { readPopulations } from './sample-populations.js';

/** How inference times are measured. */
export interface LatencyOptions extends StepControl {
  /** Images of one pass, at least 1. */
  readonly batchSize: number;
}

/** Measures the inference time of every network of a run, one after the other, and writes the times. */
export async function measureLatencies(
  study: Study,
  run: Run,
  { batchSize, signal, onEvent }: LatencyOptions,
): Promise<Latencies> {
  const { populations, hashes } = await readPopulations(run);
  const { engine, passedOver } = await chooseEngine(study.engine, 1, study.loaded.extensions.engines);
  onEvent?.({ kind: 'evaluator', description: `${engine.name} (${engine.description})`, passedOver });
  const networks = populations.flatMap((population) => population.networks);
  const room = { engine, architecture: architectureOf(study.loaded.extensions), batchSize };
  const measured: Record<string, Latency> = {};
  for (const [index, { id, config }] of networks.entries()) {
    measured[id] ??= await measureLatency(config, room, signal);
    onEvent?.({ kind: 'measuring', done: index + 1, total: networks.length });
  }
  const latencies = { engine: `${engine.name}, ${engine.description}`, batchSize, networks: measured };
  await writeArtefact(run.folder.latencies, latenciesKind, { made: { populations: hashes }, content: latencies });
  return latencies;
}
