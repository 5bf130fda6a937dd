import { armLatency } from '@netspace/analysis';
import type { Complexity, Latencies, LatencyCorrelation, Population } from '@netspace/contracts';
import type { Terminal } from './terminal.js';

/** Prints the inference times of each arm, and how they go together with complexity. */
export function printLatencies(
  terminal: Terminal,
  arms: readonly { readonly name: string }[],
  populations: readonly Population[],
  latencies: Latencies,
): void {
  const header = ['space', 'networks', 'median ms', 'against', "Pearson's r", "Spearman's rho"];
  const rows = arms.flatMap(({ name }, index) => {
    const latency = armLatency(populations[index]!.networks, latencies);
    if (latency === null) return [];
    const correlations = Object.entries(latency.correlations) as [keyof Complexity, LatencyCorrelation | null][];
    return correlations.map(([measure, found]) => [
      ...[name, latency.networks.length, latency.median.toPrecision(4), measure],
      ...[found?.pearson, found?.spearman].map((value) => value?.toFixed(2) ?? ''),
    ]);
  });
  terminal.printTable(header, rows);
}
