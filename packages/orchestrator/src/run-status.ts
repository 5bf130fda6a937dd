import { trainingIdentity, type TrainingRecord, type TrainingTask } from '@netspace/contracts';
import { missingTasks } from '@netspace/population';
import { type LifeSign, readLifeSigns, readRecords } from '@netspace/run-store';
import { armTasks } from './steps/training-tasks.js';
import { readPopulations } from './steps/sample-populations.js';
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

/**
 * Says how far a run is, from its folder alone, while others write to it.
 *
 * @throws InvalidInputError where its populations or records are missing or damaged.
 */
export async function runStatus(run: Run): Promise<RunStatus> {
  const { populations } = await readPopulations(run);
  const { records } = await readRecords(run.folder);
  const tasks = run.arms.map((arm, index) => {
    const conditions = run.content.training?.conditions[arm.name] ?? '';
    return armTasks(run.content.study, arm, populations[index]!, conditions);
  });
  const all = missingTasks(tasks.flat(), []);
  const left = missingTasks(all, records);
  return {
    arms: run.arms.map(({ name }, index) => armStatus(name, tasks[index]!, records)),
    writers: writersOf(records, await readLifeSigns(run.folder)),
    evaluators: evaluatorsOf(records.filter(hasResult)),
    ...{ trainings: all.length, left: left.length, secondsLeft: secondsFor(left, records.filter(hasResult)) },
  };
}

function armStatus(name: string, tasks: readonly TrainingTask[], records: readonly TrainingRecord[]): ArmStatus {
  const asked = new Set(tasks.map(trainingIdentity));
  const own = records.filter((record) => asked.has(trainingIdentity(record)));
  const count = (status: TrainingRecord['status']): number => own.filter((record) => record.status === status).length;
  return {
    ...{ name, trainings: tasks.length },
    ...{ completed: count('completed'), diverged: count('diverged'), failed: count('failed') },
  };
}

function writersOf(records: readonly TrainingRecord[], signs: readonly LifeSign[]): WriterStatus[] {
  const names = new Set([...records.map(({ provenance }) => provenance.writer), ...signs.map(({ writer }) => writer)]);
  return [...names].sort().map((writer) => {
    const own = records.filter(({ provenance }) => provenance.writer === writer);
    const dates = own.map(({ provenance: { host, date } }) => ({ host, date })).sort(byDate);
    const sign = signs.find((one) => one.writer === writer) ?? null;
    return { writer, records: own.filter(hasResult).length, last: dates.at(-1) ?? null, sign };
  });
}

const byDate = (a: { readonly date: string }, b: { readonly date: string }): number =>
  Date.parse(a.date) - Date.parse(b.date);

function evaluatorsOf(results: readonly TrainingRecord[]): EvaluatorStatus[] {
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

/** How long trainings take where as many multiply-adds are trained a second as between the last results. */
function secondsFor(left: readonly TrainingTask[], results: readonly TrainingRecord[]): number | null {
  const last = results
    .map(({ network, provenance: { date } }) => ({ date, flops: network.complexity.flops }))
    .sort(byDate)
    .slice(-paced);
  const flopsOf = (some: readonly { readonly flops: number }[]): number =>
    some.reduce((sum, one) => sum + one.flops, 0);
  const seconds = last.length < 2 ? 0 : (Date.parse(last.at(-1)!.date) - Date.parse(last[0]!.date)) / 1000;
  if (left.length === 0 || seconds === 0) return null;
  return (seconds * flopsOf(left.map(({ network }) => network.complexity))) / flopsOf(last.slice(1));
}
