import type { CompletedRecord, DivergedRecord, SampledNetwork, StageConfig, TrainingRecord } from '@netspace/contracts';

/** A column of a table; null where a record has no such value. */
export type Column =
  | { readonly name: string; readonly kind: 'text'; readonly values: readonly (string | null)[] }
  | { readonly name: string; readonly kind: 'number'; readonly values: readonly (number | null)[] };

/** A row a record. */
export interface RecordTable {
  readonly columns: readonly Column[];
}

type Trained = CompletedRecord | DivergedRecord;

/**
 * Records as a table, a row a training in their order: what was trained, the result, what it took, where it was made.
 *
 * Errors are percentages, times are in seconds. Lists of a value a stage (`depths`, `widths`) are texts with blanks between. Each
 * parameter that a network was drawn by has a column of its name behind `parameter:`. Of the epochs there is the last training
 * loss.
 *
 * @example
 * import { recordTable } from '@netspace/record-tables';
 * recordTable([]).columns.slice(0, 3).map(({ name }) => name); // => ['arm', 'network', 'index']
 */
export function recordTable(records: readonly TrainingRecord[]): RecordTable {
  const text = (name: string, value: (record: TrainingRecord) => string | null): Column => ({
    ...{ name, kind: 'text', values: records.map(value) },
  });
  const number = (name: string, value: (record: TrainingRecord) => number | null): Column => ({
    ...{ name, kind: 'number', values: records.map(value) },
  });
  const trained = (name: string, value: (record: Trained) => number | null): Column =>
    number(name, (record) => (record.status === 'failed' ? null : value(record)));
  const stages = (name: string, value: (stage: StageConfig) => number): Column =>
    text(name, ({ network }) => network.config.stages.map(value).join(' '));
  return {
    columns: [
      text('arm', ({ arm }) => arm),
      text('network', ({ network }) => network.id),
      number('index', ({ network }) => network.index),
      number('replicate', ({ replicate }) => replicate + 1),
      text('status', ({ status }) => status),
      trained('error', ({ error }) => error),
      trained('top5_error', ({ top5Error }) => top5Error),
      trained('validation_error', ({ validationError }) => validationError),
      trained('train_loss', ({ epochs }) => epochs.at(-1)?.trainLoss ?? null),
      trained('epochs', ({ epochs }) => epochs.length),
      number('seconds', ({ seconds }) => seconds),
      trained('images_per_second', ({ imagesPerSecond }) => imagesPerSecond),
      number('flops', ({ network }) => network.complexity.flops),
      number('params', ({ network }) => network.complexity.params),
      number('acts', ({ network }) => network.complexity.acts),
      text('block', ({ network }) => network.config.block),
      stages('depths', ({ depth }) => depth),
      stages('widths', ({ width }) => width),
      stages('bottleneck_ratios', ({ bottleneckRatio }) => bottleneckRatio),
      stages('group_widths', ({ groupWidth }) => groupWidth),
      ...parameterNames(records.map(({ network }) => network)).map((name) =>
        number(`parameter:${name}`, ({ network }) => network.parameters[name] ?? null),
      ),
      text('message', (record) => (record.status === 'failed' ? record.message : null)),
      number('seed', ({ seed }) => seed),
      text('conditions', ({ conditions }) => conditions),
      text('evaluator', ({ provenance }) => provenance.evaluator),
      text('instruction_set', ({ provenance }) => provenance.instructionSet),
      text('host', ({ provenance }) => provenance.host),
      text('date', ({ provenance }) => provenance.date),
      text('netspace', ({ provenance }) => provenance.netspace),
      text('writer', ({ provenance }) => provenance.writer),
    ],
  };
}

/** In the order in which networks have them. */
function parameterNames(networks: readonly SampledNetwork[]): string[] {
  return [...new Set(networks.flatMap(({ parameters }) => Object.keys(parameters)))];
}
