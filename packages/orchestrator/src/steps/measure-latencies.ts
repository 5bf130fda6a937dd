import { type Engine, InvalidInputError, type Latencies, type Latency, type LatencySeries } from '@netspace/contracts';
import { latenciesKind, writeArtefact } from '@netspace/run-store';
import { architectureOf, type Study } from '@netspace/study';
import { availableEngines, oneThreadOfTensorflow } from '../engines.js';
import { measureLatency } from '../measure-latency.js';
import type { StepControl } from '../pipeline-event.js';
import type { Run } from '../run.js';
import { readLatencies } from './analysis-sources.js';
import { type ReadPopulations, readPopulations } from './read-populations.js';

/** How inference times are measured. */
export interface LatencyOptions extends StepControl {
  /** `auto`, or engines by name; those that are not available are told and left out. */
  readonly engines: readonly string[];
  /** Images of one pass, each at least 1. */
  readonly batchSizes: readonly number[];
}

/**
 * Measures the inference time of every network of a run, one after the other on one core, by each engine and in passes of
 * each size, and writes the times. What was measured before of the same networks by other engines or in passes of other
 * sizes is kept.
 *
 * @returns All that there is now.
 * @throws InvalidInputError where none of the engines is available.
 */
export async function measureLatencies(
  study: Study,
  run: Run,
  { engines: names, batchSizes, signal, onEvent }: LatencyOptions,
): Promise<Latencies> {
  const drawn = await readPopulations(run);
  oneThreadOfTensorflow();
  const { engines, passedOver } = await availableEngines(names, study.loaded.extensions.engines);
  const descriptions = engines.map(({ name, description }) => `${name} (${description})`);
  onEvent?.({ kind: 'evaluator', description: descriptions.join('; '), passedOver });
  const wanted = engines.flatMap((engine) => batchSizes.map((batchSize) => ({ engine, batchSize })));
  const networks = drawn.populations.flatMap((population) => population.networks);
  const architecture = architectureOf(study.loaded.extensions);
  const total = wanted.length * networks.length;
  let latencies = await latenciesBefore(run, drawn, onEvent);
  let done = 0;
  for (const { engine, batchSize } of wanted) {
    const measured: Record<string, Latency> = {};
    for (const { id, config } of networks) {
      measured[id] ??= await measureLatency(config, { engine, architecture, batchSize }, signal);
      done += 1;
      onEvent?.({ kind: 'measuring', done, total });
    }
    latencies = withSeries(latencies, {
      ...{ engine: labelOf(engine), description: engine.description, batchSize, networks: measured },
    });
    await writeArtefact(run.folder.latencies, latenciesKind, {
      made: { populations: drawn.hashes },
      content: latencies,
    });
  }
  return latencies;
}

/** None where they are of other populations, and of no use any more. */
async function latenciesBefore(run: Run, drawn: ReadPopulations, onEvent: StepControl['onEvent']): Promise<Latencies> {
  try {
    return (await readLatencies(run, drawn))?.content ?? [];
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error;
    onEvent?.({
      kind: 'notice',
      message: 'The inference times measured before are of other networks: they are left out',
    });
    return [];
  }
}

/** A series takes the place of the former one of its engine and size. */
function withSeries(latencies: Latencies, series: LatencySeries): Latencies {
  const isOther = ({ engine, batchSize }: LatencySeries): boolean =>
    engine !== series.engine || batchSize !== series.batchSize;
  return [...latencies.filter(isOther), series];
}

function labelOf({ name, instructionSet }: Engine): string {
  return `${name} (${instructionSet})`;
}
