import { type ImportedStudy, InvalidInputError, type NetworkConfig } from '@netspace/contracts';
import { parsePyclsConfig } from '@netspace/pycls';
import { z } from 'zod';
import { gatherArms } from './gather-arms.js';
import { nameOfFile } from './name-of-file.js';
import { parseJson } from './parse-json.js';
import type { NamedText } from './read-table.js';
import type { Outcome, ResultRow } from './result-row.js';

const perStage = z.array(z.number()).default([]);

/** What is read of a job: pycls' `sweep_collect.py` writes, for each kind of log line, its values epoch by epoch. */
const jobSchema = z.looseObject({
  log_file: z.string(),
  err: z.string().default(''),
  cfg: z
    .looseObject({
      MODEL: z.looseObject({ TYPE: z.string() }),
      ANYNET: z
        .looseObject({ DEPTHS: perStage, WIDTHS: perStage, BOT_MULS: perStage, GROUP_WS: perStage })
        .prefault({}),
      REGNET: z.record(z.string(), z.unknown()).default({}),
      OPTIM: z.record(z.string(), z.unknown()).default({}),
    })
    .exactOptional(),
  complexity: z.looseObject({ flops: z.number(), params: z.number(), acts: z.number() }).exactOptional(),
  train_epoch: z
    .looseObject({ loss: z.array(z.number().nullable()), time_epoch: z.array(z.number()).exactOptional() })
    .exactOptional(),
  test_epoch: z
    .looseObject({
      top1_err: z.array(z.number().min(0).max(100)).min(1),
      epoch_ind: z.array(z.int()).min(1),
      epoch_max: z.array(z.int()).min(1),
    })
    .exactOptional(),
});

type Job = z.output<typeof jobSchema>;
type Configuration = NonNullable<Job['cfg']>;

/**
 * Reads sweeps of pycls: what `sweep_collect.py` writes, one file a design space. The error of a network is that after its
 * last epoch, not the lowest of all epochs, which test images would have chosen. The space is named as the sweep.
 *
 * A job that did not come to its last epoch failed; one whose losses became NaN diverged. A network that netspace cannot
 * build (ResNets, EfficientNets) has no configuration, but its errors and complexity count.
 *
 * @throws InvalidInputError where a file is no such sweep: file, line, key, value and what would be valid.
 * @example
 * import { readSweeps } from '@netspace/imports';
 * const job = {
 *   log_file: 'sweeps/tiny/logs/0001/stdout.log',
 *   test_epoch: { top1_err: [60.1, 42.5], epoch_ind: [1, 2], epoch_max: [2, 2] },
 * };
 * const { arms } = readSweeps([{ file: 'sweep.json', text: JSON.stringify([job]) }]);
 * arms.map(({ name, results: [first] }) => [name, first?.status === 'completed' && first.error]); // => [['tiny', 42.5]]
 */
export function readSweeps(sweeps: readonly NamedText[]): ImportedStudy {
  const rows = sweeps.flatMap((sweep) => readSweep(sweep));
  checkDistinct(rows, sweeps);
  const [first] = sweeps;
  return {
    name: sweeps.map(({ file }) => nameOfFile(file)).join('-'),
    origin: 'sweeps of pycls',
    compare: 'first',
    matched: false,
    arms: gatherArms(rows, first?.file ?? ''),
  };
}

function readSweep({ text, file }: NamedText): ResultRow[] {
  const jobs = parseJson(withoutNaN(text), file, z.array(jobSchema));
  return jobs.map((job, index) => rowOf(job, index + 1, file));
}

/** A job that is there twice would pass for two trainings of a network. */
function checkDistinct(rows: readonly ResultRow[], sweeps: readonly NamedText[]): void {
  const logs = rows.map(({ network }) => network);
  const twice = logs.find((log, index) => logs.indexOf(log) !== index);
  if (twice === undefined) return;
  const problem = `job ${JSON.stringify(twice)} is there twice`;
  const file = sweeps.map((sweep) => sweep.file).join(', ');
  throw new InvalidInputError({ file, key: 'log_file', problem, expected: 'each job once' });
}

/** Python writes NaN and Infinity, which JSON has not: null. */
function withoutNaN(text: string): string {
  return text.replaceAll(/(?<=[[:,]\s*)(?:NaN|-?Infinity)(?=\s*[\],}])/g, 'null');
}

function rowOf(job: Job, line: number, file: string): ResultRow {
  const { cfg, complexity, train_epoch: train, test_epoch: test, log_file: log } = job;
  const losses = train?.loss ?? [];
  const seconds = train?.time_epoch?.reduce((sum, one) => sum + one, 0);
  const config = cfg === undefined ? null : configOf(cfg);
  const errors = test?.top1_err ?? [];
  return {
    ...{ line, setting: 'base', space: spaceOf(log, file), network: log },
    outcome: outcomeOf(job),
    validationError: null,
    epochs:
      losses.length === errors.length
        ? errors.map((testError, epoch) => ({ trainLoss: losses[epoch] ?? Infinity, testError }))
        : [],
    seconds: seconds ?? null,
    complexity:
      complexity === undefined ? {} : { flops: complexity.flops, params: complexity.params, acts: complexity.acts },
    parameters: cfg === undefined ? {} : parametersOf(cfg),
    config,
    pair: undefined,
  };
}

/** The sweep's name: the folder that holds `logs`. */
function spaceOf(log: string, file: string): string {
  const parts = log.split('/');
  return parts[parts.lastIndexOf('logs') - 1] ?? nameOfFile(file);
}

function outcomeOf({ err, train_epoch: train, test_epoch: test }: Job): Outcome {
  if (/\bnan\b/i.test(err) || train?.loss.includes(null)) return { status: 'diverged' };
  const last = err.trim().split('\n').at(-1)!;
  if (test === undefined) return { status: 'failed', message: last || 'no epoch was tested' };
  const [epoch, epochs] = [test.epoch_ind.at(-1)!, test.epoch_max.at(-1)!];
  if (epoch < epochs) return { status: 'failed', message: last || `ended after epoch ${epoch} of ${epochs}` };
  return { status: 'completed', error: test.top1_err.at(-1)! };
}

/** Null where netspace cannot build it. */
function configOf(cfg: Configuration): NetworkConfig | null {
  try {
    return parsePyclsConfig(JSON.stringify(cfg), '');
  } catch (error) {
    if (error instanceof InvalidInputError) return null;
    throw error;
  }
}

/** What was drawn, by the names of the paper; and the learning rate and weight decay, which sweeps draw too. */
function parametersOf({ MODEL, ANYNET, REGNET, OPTIM }: Configuration): Record<string, number> {
  const drawn = MODEL.TYPE === 'regnet' ? regnetParameters(REGNET) : anynetParameters(ANYNET);
  const all = { ...drawn, lr: OPTIM.BASE_LR, wd: OPTIM.WEIGHT_DECAY };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}

function regnetParameters({ DEPTH, W0, WA, WM, GROUP_W, BOT_MUL }: Configuration['REGNET']): Record<string, unknown> {
  const b = typeof BOT_MUL === 'number' ? 1 / BOT_MUL : undefined;
  return { depth: DEPTH, w_0: W0, w_a: WA, w_m: WM, b, g: GROUP_W };
}

function anynetParameters({ DEPTHS, WIDTHS, BOT_MULS, GROUP_WS }: Configuration['ANYNET']): Record<string, number> {
  const stages = { d: DEPTHS, w: WIDTHS, b: BOT_MULS.map((multiplier) => 1 / multiplier), g: GROUP_WS };
  const named = Object.entries(stages).flatMap(([name, values]) =>
    values.map((value, stage): [string, number] => [`${name}[${stage + 1}]`, value]),
  );
  return Object.fromEntries(named);
}
