import type { ArmResults } from '@netspace/analysis';
import type { TrainingRecord, TrainingResult } from '@netspace/contracts';
import type { Run } from '../run.js';
import type { Populations } from './read-populations.js';

/** An arm of a run as it is analysed, without its networks and their results. */
export interface RunArm extends Omit<ArmResults, 'population' | 'records'> {
  /** Hash of the conditions of its results; undefined where nothing was trained. */
  readonly conditions: string | undefined;
}

/** The arms of a run. */
export function armsOfRun({ arms, content }: Run): RunArm[] {
  const { replicates, replicated } = content.study;
  return arms.map(({ name, setting }) => ({
    ...{ name, setting: setting.name, replicates },
    ...(replicated === undefined ? {} : { replicated }),
    chanceLoss: content.training?.datasets[setting.name]?.chanceLoss ?? null,
    ...content.spaces[name]!,
    conditions: content.training?.conditions[name],
  }));
}

/** The arms of a run with what is trained of them. */
export function armResults(
  run: Run,
  { populations, records }: { readonly populations: Populations; readonly records: readonly TrainingRecord[] },
): ArmResults[] {
  const results = resultsByConditions(records);
  return armsOfRun(run).map(({ conditions = '', ...arm }, index) => ({
    ...arm,
    population: populations[index]!,
    records: results[conditions] ?? [],
  }));
}

/** What is analysed of the records under each conditions. */
export function resultsByConditions(records: readonly TrainingRecord[]): Readonly<Record<string, TrainingResult[]>> {
  const results: Record<string, TrainingResult[]> = {};
  for (const record of records) (results[record.conditions] ??= []).push(resultOf(record));
  return results;
}

/** What is analysed of a record, and not the network once more: it goes to a thread. */
function resultOf(record: TrainingRecord): TrainingResult {
  const { network, replicate, seconds } = record;
  const training = { network: { id: network.id }, replicate, seconds };
  switch (record.status) {
    case 'completed': {
      const { status, error, validationError, epochs } = record;
      return { ...training, status, error, validationError, epochs };
    }
    case 'diverged': {
      const { status, error, validationError } = record;
      return { ...training, status, error, validationError };
    }
    case 'failed':
      return { ...training, status: record.status, message: record.message };
  }
}
