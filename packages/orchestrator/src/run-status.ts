import { type Population, type SampledNetwork, trainingIdentity, type TrainingRecord } from '@netspace/contracts';
import { type LifeSign, readLifeSigns, readRecords } from '@netspace/run-store';
import { askedTrainings } from './steps/asked-trainings.js';
import { readPopulations } from './steps/read-populations.js';
import { hasResult, type Run } from './run.js';

/** How far an arm is. */
export interface ArmStatus {
  readonly name: string;
  /** Trainings that the study asks for; what several arms ask for is counted in each. */
  readonly trainings: number;
  readonly completed: number;
  readonly diverged: number;
  /** Tried without a result so far. */
  readonly failed: number;
}

/** A process that wrote results. */
export interface WriterStatus {
  readonly writer: string;
  /** Of its results that count. */
  readonly records: number;
  /** Host and time of its last result; null where it has none. */
  readonly last: Pick<TrainingRecord['provenance'], 'host' | 'date'> | null;
  /** What it said last of itself; null where it is none that shares its work. */
  readonly sign: LifeSign | null;
}

/** What the results of a run were made with. */
export interface EvaluatorStatus {
  readonly evaluator: string;
  readonly instructionSet: string | null;
  readonly results: number;
}

/** How far a run is, and who makes it. */
export interface RunStatus {
  readonly arms: readonly ArmStatus[];
  readonly writers: readonly WriterStatus[];
  /** The most frequent first: where there are several, results may differ in their last bits by who made them. */
  readonly evaluators: readonly EvaluatorStatus[];
  /** Trainings of the run in all, and those without a result. */
  readonly trainings: number;
  readonly left: number;
  /** At the pace of the last results; null where it is not known, or nothing is left. */
  readonly secondsLeft: number | null;
}

/** What is looked at of a record. */
interface SeenRecord extends Pick<TrainingRecord, 'conditions' | 'replicate' | 'status' | 'provenance'> {
  readonly network: Pick<SampledNetwork, 'id' | 'complexity'>;
}

/**
 * Says how far a run is, from its folder alone, while others write to it.
 *
 * @throws InvalidInputError where its populations or records are missing or damaged.
 */
export async function runStatus(run: Run): Promise<RunStatus> {
  const { populations } = await readPopulations(run);
  const { records } = await readRecords(run.folder, seenRecord);
  const known = new Map(records.map((record) => [trainingIdentity(record), record]));
  const asked = run.arms.map((arm, index) => networksByTraining(run, arm.name, populations[index]!));
  const all = new Map(asked.flatMap((trainings) => [...trainings]));
  const left = [...all].flatMap(([identity, network]) => (isDone(known.get(identity)) ? [] : [network]));
  const results = records.filter(hasResult);
  return {
    arms: run.arms.map(({ name }, index) => armStatus(name, [...asked[index]!.keys()], known)),
    writers: writersOf(records, await readLifeSigns(run.folder)),
    evaluators: evaluatorsOf(results),
    ...{ trainings: all.size, left: left.length, secondsLeft: secondsFor(left, results) },
  };
}

function seenRecord({ network, conditions, replicate, status, provenance }: TrainingRecord): SeenRecord {
  return { network: { id: network.id, complexity: network.complexity }, conditions, replicate, status, provenance };
}

/** The network of each training that an arm asks for, by the training's identity. */
function networksByTraining(
  { content: { study, training } }: Run,
  arm: string,
  population: Population,
): ReadonlyMap<string, SampledNetwork> {
  const conditions = training?.conditions[arm] ?? '';
  const asked = askedTrainings(study, population);
  return new Map(asked.map((one) => [trainingIdentity({ ...one, conditions }), one.network]));
}

function isDone(record: SeenRecord | undefined): boolean {
  return record !== undefined && hasResult(record);
}

function armStatus(name: string, identities: readonly string[], known: ReadonlyMap<string, SeenRecord>): ArmStatus {
  const counts = { completed: 0, diverged: 0, failed: 0 };
  for (const identity of identities) {
    const record = known.get(identity);
    if (record !== undefined) counts[record.status]++;
  }
  return { name, trainings: identities.length, ...counts };
}

function writersOf(records: readonly SeenRecord[], signs: readonly LifeSign[]): WriterStatus[] {
  const own = new Map<string, SeenRecord[]>(signs.map(({ writer }) => [writer, []]));
  for (const record of records) {
    const { writer } = record.provenance;
    if (!own.has(writer)) own.set(writer, []);
    own.get(writer)!.push(record);
  }
  return [...own.keys()].sort().map((writer) => {
    const made = own.get(writer)!;
    const last = byDate(made).at(-1)?.record.provenance;
    return {
      writer,
      records: made.filter(hasResult).length,
      last: last === undefined ? null : { host: last.host, date: last.date },
      sign: signs.find((one) => one.writer === writer) ?? null,
    };
  });
}

/** With their times in milliseconds, the earliest first. */
function byDate(records: readonly SeenRecord[]): { readonly time: number; readonly record: SeenRecord }[] {
  return records
    .map((record) => ({ time: Date.parse(record.provenance.date), record }))
    .sort((a, b) => a.time - b.time);
}

function evaluatorsOf(results: readonly SeenRecord[]): EvaluatorStatus[] {
  const counts = new Map<string, EvaluatorStatus>();
  for (const { provenance } of results) {
    const { evaluator, instructionSet } = provenance;
    const key = JSON.stringify([evaluator, instructionSet]);
    counts.set(key, { evaluator, instructionSet, results: (counts.get(key)?.results ?? 0) + 1 });
  }
  return [...counts.values()].sort((a, b) => b.results - a.results);
}

/** Results of which the pace is taken. */
const paced = 50;

/** How long networks take where as many multiply-adds are trained a second as between the last results. */
function secondsFor(left: readonly SampledNetwork[], results: readonly SeenRecord[]): number | null {
  const last = byDate(results).slice(-paced);
  const flopsOf = (networks: readonly Pick<SampledNetwork, 'complexity'>[]): number =>
    networks.reduce((sum, { complexity }) => sum + complexity.flops, 0);
  const seconds = last.length < 2 ? 0 : (last.at(-1)!.time - last[0]!.time) / 1000;
  if (left.length === 0 || seconds === 0) return null;
  return (seconds * flopsOf(left)) / flopsOf(last.slice(1).map(({ record }) => record.network));
}
