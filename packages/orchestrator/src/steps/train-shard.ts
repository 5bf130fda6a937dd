import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import type { TrainingTask } from '@netspace/contracts';
import {
  KeptWorkers,
  missingTasks,
  type PopulationRun,
  type Shard,
  shardOf,
  type TrainingCounts,
} from '@netspace/population';
import { type Claims, openClaims, openRecords, readRecords, type RunFolder } from '@netspace/run-store';
import type { Study } from '@netspace/study';
import { describeDatasets, type Evaluation } from '../evaluation.js';
import type { OpenRun } from '../begin-run.js';
import { hasResult } from '../run.js';
import { untilAborted } from '../until-aborted.js';
import { asOnlyOne } from './as-only-one.js';
import {
  announceEvaluation,
  armConditions,
  type ArmConditions,
  checkpointsIn,
  formerConditions,
  plan,
  refuseOthers,
  type TrainOptions,
  workerData,
  writeTraining,
} from './prepare-training.js';
import type { Populations } from './read-populations.js';
import { samplePopulations } from './sample-populations.js';
import { StopRule } from './stop-rule.js';
import { trainFollowed } from './train-followed.js';
import { trainingTasks } from './training-tasks.js';
import { workerProcesses } from './worker-processes.js';

/** Which part of a study one of several processes trains, and where. */
export interface ShardOptions extends TrainOptions {
  /** Folder of the results, which the others may share, or have copies of. */
  readonly directory: string;
  readonly shard: Shard;
  /** Whether to train what is left of the other shards, too: each process takes a network by a claim in the folder. */
  readonly steal?: boolean;
  /** With `steal`: milliseconds without a sign of life after which another process is gone; 60,000 where it is left out. */
  readonly patience?: number;
}

/** What became of a shard. */
export interface ShardResult extends TrainingCounts {
  /** Trainings of the run that have no result yet, of all shards. */
  readonly left: number;
  /** Trainings of the run in all. */
  readonly total: number;
}

/**
 * Trains one shard of a study, as one of several processes on any machines. Whoever comes first draws the populations; each
 * writes results to a file of its own. Results do not depend on who trains what.
 *
 * @throws InvalidInputError as of {@link runStudy}, where another process writes to the same shard, or the images, plugins or
 * the engine of this process are not the run's. AbortError where `signal` ends it: what is done is kept.
 */
export async function trainShard(study: Study, options: ShardOptions): Promise<ShardResult> {
  const { directory, signal } = options;
  const [run, populations] = await asOnlyOne(study, directory, options, async (begun) => {
    return [begun, await samplePopulations(begun, true, options)] as const;
  });
  const evaluation = await announceEvaluation(run, options);
  try {
    const datasets = await untilAborted(describeDatasets(study, evaluation), signal);
    const conditions = run.arms.map((arm) => armConditions(run, arm, evaluation, datasets));
    await plan(run, populations, evaluation, options);
    await writeOnce(study, conditions, { evaluator: evaluation.description, datasets }, options);
    const rule = await StopRule.of(study, populations, conditions);
    return await new ShardTraining(run, populations, conditions, evaluation, rule, options).train();
  } finally {
    await evaluation.close();
  }
}

/** Writes what the run knows of its training where it is not known yet; what is known must be the same for all. */
async function writeOnce(
  study: Study,
  conditions: readonly ArmConditions[],
  training: Parameters<typeof writeTraining>[2],
  options: ShardOptions,
): Promise<void> {
  await asOnlyOne(study, options.directory, options, async (run) => {
    for (const arm of conditions) {
      const former = formerConditions(run, arm);
      if (former !== undefined) await refuseOthers(run, arm, former);
    }
    const known = run.before?.training?.conditions ?? {};
    if (conditions.some(({ arm }) => known[arm.name] === undefined)) await writeTraining(run, conditions, training);
  });
}

/** Milliseconds between two looks at whether what others train is done. */
const pause = 1000;

class ShardTraining {
  private readonly folder: RunFolder;
  private readonly tasks: readonly TrainingTask[];
  private readonly own: ReadonlySet<TrainingTask>;
  private readonly onEvent: NonNullable<TrainOptions['onEvent']>;

  constructor(
    private readonly run: OpenRun,
    populations: Populations,
    private readonly conditions: readonly ArmConditions[],
    private readonly evaluation: Evaluation,
    private readonly rule: StopRule,
    private readonly options: ShardOptions,
  ) {
    this.folder = run.folder;
    this.tasks = missingTasks(trainingTasks(run.study, populations, conditions), []);
    this.own = new Set(shardOf(this.tasks, options.shard));
    this.onEvent = options.onEvent ?? (() => undefined);
  }

  async train(): Promise<ShardResult> {
    const { shard, steal = false, workers = availableParallelism(), signal } = this.options;
    // One process at a time is a shard; of those that steal, each is another writer, whatever became of the one before.
    const name = `shard-${shard.index}-of-${shard.of}`;
    const writer = steal ? `${name}-${randomUUID().slice(0, 8)}` : name;
    const store = await openRecords(this.folder, writer);
    const kept = checkpointsIn(this.folder, this.options);
    const data = workerData(this.run, this.conditions, Math.min(workers, this.own.size), this.evaluation, kept);
    const runner = new KeptWorkers(workerProcesses(data));
    const population = { store, runner, workers, writer, ...(signal === undefined ? {} : { signal }) };
    try {
      const counts = await (steal ? this.trainWhatIsFree(population, writer) : this.trainOwn(population));
      this.rule.tell(this.onEvent);
      return { ...counts, total: this.tasks.length, left: (await this.missing()).length };
    } finally {
      await runner.close();
      await store.close();
    }
  }

  private async trainOwn(population: Omit<PopulationRun, 'tasks'>): Promise<TrainingCounts> {
    const left = (await this.missing()).filter((task) => this.own.has(task));
    this.onEvent({ kind: 'training', done: this.own.size - left.length, total: this.own.size });
    return trainFollowed({ ...population, tasks: left }, this.rule, this.onEvent);
  }

  /** Trains what nobody has, its own part first, until all of the run is trained or who has the rest is not gone. */
  private async trainWhatIsFree(population: Omit<PopulationRun, 'tasks'>, writer: string): Promise<TrainingCounts> {
    const claims = await openClaims(this.folder, writer, this.options.patience);
    try {
      return await this.trainInRounds(population, claims);
    } finally {
      await claims.close();
    }
  }

  private async trainInRounds(population: Omit<PopulationRun, 'tasks'>, claims: Claims): Promise<TrainingCounts> {
    const counts = { trained: 0, failed: 0 };
    /** Those that fail are tried once by each process. */
    const taken = new Set<TrainingTask>();
    const claim = async (task: TrainingTask): Promise<boolean> => {
      const isTaken = await claims.take(task);
      if (isTaken) taken.add(task);
      return isTaken;
    };
    for (;;) {
      await claims.look();
      const left = (await this.missing()).filter((task) => !taken.has(task));
      if (left.length === 0 || this.rule.isMet) return counts;
      const before = taken.size;
      for (const isOwn of [true, false]) {
        const tasks = left.filter((task) => this.own.has(task) === isOwn);
        const { trained, failed } = await trainFollowed({ ...population, tasks, claim }, this.rule, this.onEvent);
        counts.trained += trained;
        counts.failed += failed;
      }
      if (taken.size === before) await untilAborted(setTimeout(pause), this.options.signal);
    }
  }

  /** What has no result yet, by the records of all. */
  private async missing(): Promise<readonly TrainingTask[]> {
    const { records } = await readRecords(this.folder);
    // What failed before is tried again.
    records.filter(hasResult).forEach((record) => this.rule.add(record));
    return missingTasks(this.tasks, records);
  }
}
