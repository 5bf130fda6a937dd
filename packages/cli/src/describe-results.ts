import type { Latencies, Population } from '@netspace/contracts';
import { type LatencyCorrelation, latencyCorrelations } from '@netspace/report';
import { percentile } from '@netspace/statistics';
import type { ModelDescription } from './steps/export-step.js';
import { pValueOf, type SpaceAnalysis } from './steps/analyse-step.js';
import { megabytes, type MemoryPlan, mostMemory } from './steps/plan-step.js';
import { formatTable } from './text-table.js';

/** The error distributions side by side. */
export function describeAnalyses(analyses: readonly SpaceAnalysis[]): string {
  const several = analyses.length > 2;
  const header = ['space', 'n', 'diverged', 'min error %', 'median %', 'mean %', 'KS', 'p'];
  const rows = analyses.map(({ space, networks, errors, kolmogorovSmirnov: test, adjustedP }) => [
    space,
    errors.n,
    networks.diverged,
    ...[errors.min, errors.median, errors.mean].map((error) => error.toFixed(2)),
    test?.statistic.toFixed(3) ?? '',
    test === null ? '' : pValueOf(test).toPrecision(2),
    ...(several ? [adjustedP?.toPrecision(2) ?? ''] : []),
  ]);
  return formatTable([...header, ...(several ? ['adjusted p'] : [])], rows);
}

/** The inference times of each space, and how they go together with complexity. */
export function describeLatencies(populations: readonly Population[], latencies: Latencies): string {
  const header = ['space', 'networks', 'median ms', 'against', "Pearson's r", "Spearman's rho"];
  const rows = populations.flatMap(({ space, networks }) => {
    const median = percentile(
      networks.map(({ id }) => latencies.networks[id]!.median),
      50,
    ).toPrecision(4);
    return Object.entries(latencyCorrelations(networks, latencies)).map(
      ([measure, found]: [string, LatencyCorrelation | null]) => [
        ...[space, networks.length, median, measure],
        ...[found?.pearson, found?.spearman].map((value) => value?.toFixed(2) ?? ''),
      ],
    );
  });
  return formatTable(header, rows);
}

/** The error of a network that was trained again, beside the one of its record, and what its images are. */
export function describeModel({ space, network, error, images }: ModelDescription, recorded?: number | null): string {
  const { shape, mean, standardDeviation } = images;
  const short = (values: readonly number[]): string => values.map((value) => value.toPrecision(4)).join(', ');
  return [
    `${space} ${network.id} error ${error.toFixed(2)} %${besideRecord(error, recorded)}`,
    `Images: [batch, ${shape.join(', ')}], from 0 to 1, less ${short(mean)}, divided by ${short(standardDeviation)}`,
  ].join('\n');
}

function besideRecord(error: number, recorded: number | null | undefined): string {
  if (recorded === error) return ', as in its record';
  if (typeof recorded !== 'number') return '; there is no record of it as the study is now';
  return `; its record, of another machine, instruction set or version, has ${recorded.toFixed(2)} %`;
}

/** The memory of every network, and what so many workers take at most. */
export function describePlan(plan: MemoryPlan, workers: number): string {
  const rows = plan.networks.map(({ space, network, bytes }) => [
    ...[space, network.id, network.complexity.flops, network.complexity.acts, megabytes(bytes)],
  ]);
  const total = megabytes(mostMemory(plan, workers));
  const own = megabytes(plan.processBytes);
  return [
    formatTable(['space', 'network', 'flops', 'acts', 'MB'], rows),
    `${workers} workers take at most ${total} MB: the largest networks, and about ${own} MB for each process`,
  ].join('\n');
}
