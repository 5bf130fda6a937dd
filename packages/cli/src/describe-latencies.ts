import type { ArmLatency, LatencyCorrelation } from '@netspace/contracts';
import type { Terminal } from './terminal.js';

/** An arm, and its inference times by engine and size of a pass. */
export interface TimedArm {
  readonly name: string;
  readonly latencies: readonly ArmLatency[];
}

const measures = ['flops', 'params', 'acts'] as const;

/** Prints the inference times of each arm, and how they go together with complexity; nothing where none was measured. */
export function printLatencies(terminal: Terminal, arms: readonly TimedArm[]): void {
  const rows = arms.flatMap(({ name, latencies }) =>
    latencies.map(({ engine, batchSize, networks, median, correlations }) => [
      ...[name, engine, batchSize, networks.length, median.toPrecision(3)],
      ...measures.map((measure) => correlationText(correlations[measure])),
    ]),
  );
  if (rows.length === 0) return;
  terminal.printTable(['space', 'engine', 'images', 'networks', 'median ms', ...measures], rows);
  terminal.print("Correlation of time and complexity: Pearson's r, Spearman's rho.");
}

function correlationText(found: LatencyCorrelation | null): string {
  return found === null ? '' : `${found.pearson.toFixed(2)}, ${found.spearman.toFixed(2)}`;
}
