import { existsSync } from 'node:fs';
import type { Engine, Latencies, Latency, Population } from '@netspace/contracts';
import { readJson, writeJson } from '../json-file.js';
import { measureLatency } from '../latency.js';
import { createProgress } from '../progress.js';
import type { RunFolder } from '../run-folder.js';

/** Measures the inference time of every network drawn, one after the other, and writes the times. */
export async function latencyStep(
  populations: readonly Population[],
  folder: RunFolder,
  { engine, batchSize, signal }: { engine: Engine; batchSize: number; signal: AbortSignal },
): Promise<Latencies> {
  const networks = populations.flatMap((population) => population.networks);
  const progress = createProgress('latency', networks.length);
  try {
    const measured: Record<string, Latency> = {};
    for (const [index, { id, config }] of networks.entries()) {
      signal.throwIfAborted();
      measured[id] = await measureLatency(config, engine, batchSize);
      progress.update(index + 1);
    }
    const latencies = { engine: `${engine.name}, ${engine.description}`, batchSize, networks: measured };
    writeJson(folder.latencies, latencies);
    return latencies;
  } finally {
    progress.stop();
  }
}

/** The times that the latency step wrote; undefined where it has not run. */
export function readLatencies(folder: RunFolder): Latencies | undefined {
  if (!existsSync(folder.latencies)) return undefined;
  return readJson(folder.latencies, 'netspace study latency') as Latencies;
}
