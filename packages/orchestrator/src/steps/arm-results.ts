import type { ArmResults } from '@netspace/analysis';
import type { TrainingRecord, TrainingResult } from '@netspace/contracts';
import type { Run } from '../run.js';
import type { Populations } from './read-populations.js';

/** An arm of a run as it is analysed, without its networks and their results. */
export interface RunArm extends Omit<ArmResults, 'population' | 'records'> {
  /** Hash of the conditions of its results; undefined where nothing was trained. */
  readonly conditions: string | undefined;
}

/** What is analysed of a record. */
export interface TrainedResult {
  /** Hash of the conditions. */
  readonly conditions: string;
  readonly result: TrainingResult;
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
  { populations, trained }: { readonly populations: Populations; readonly trained: readonly TrainedResult[] },
): ArmResults[] {
  const results = resultsByConditions(trained);
  return armsOfRun(run).map(({ conditions = '', ...arm }, index) => ({
    ...arm,
    population: populations[index]!,
    records: results[conditions] ?? [],
  }));
}

/** The results under each conditions. */
export function resultsByConditions(trained: readonly TrainedResult[]): Readonly<Record<string, TrainingResult[]>> {
  const results: Record<string, TrainingResult[]> = {};
  for (const { conditions, result } of trained) (results[conditions] ??= []).push(result);
  return results;
}

/** What is analysed of a record, and not the network once more. */
export function trainedResult(record: TrainingRecord): TrainedResult {
  return { conditions: record.conditions, result: resultOf(record) };
}

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
