import { formatPercent } from '@netspace/formats';
import type { ExportedNetwork } from '@netspace/orchestrator';

/** The error of a network that was trained again, beside the one of its record, and what its images are. */
export function describeModel({ description, record }: ExportedNetwork): string {
  const { arm, network, error, images } = description;
  const { shape, mean, standardDeviation } = images;
  const short = (values: readonly number[]): string => values.map((value) => value.toPrecision(4)).join(', ');
  return [
    `${arm} ${network.id} error ${formatPercent(error)}${besideRecord(error, record)}`,
    `Images: [batch, ${shape.join(', ')}], from 0 to 1, less ${short(mean)}, divided by ${short(standardDeviation)}`,
  ].join('\n');
}

function besideRecord(error: number, record: ExportedNetwork['record']): string {
  if (record?.status !== 'completed') return '; there is no record of it';
  if (record.error === error) return ', as in its record';
  const { instructionSet, netspace } = record.provenance;
  const made = `netspace ${netspace}${instructionSet === null ? '' : `, ${instructionSet}`}`;
  return `; its record, of another machine, instruction set or version (${made}), has ${formatPercent(record.error)}`;
}
