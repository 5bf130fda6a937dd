import type { TrainingTask } from '@netspace/contracts';
import type { PopulationState } from './population-event.js';

/** Seconds at the start, when workers load what they need, that say nothing of the speed. */
const startUp = 10;

const workOf = (task: TrainingTask): number => task.network.complexity.flops;

/** How far a run is, and how long what is left takes: as long a unit of work, flops, as what was done. */
export class RunProgress {
  private done = 0;
  private workDone = 0;
  private total: number;
  private work: number;
  private readonly start: number;
  /** Share done of each task under way. */
  private readonly shares = new Map<TrainingTask, number>();
  /** Share of each task that was done before this run, of those that it goes on with. */
  private readonly before = new Map<TrainingTask, number>();

  /** @param now - Clock in seconds. */
  constructor(
    tasks: readonly TrainingTask[],
    private readonly now: () => number,
  ) {
    this.total = tasks.length;
    this.work = tasks.reduce((sum, task) => sum + workOf(task), 0);
    this.start = now();
  }

  /** So much of a task is done, 0 to 1. */
  reach(task: TrainingTask, share: number): void {
    this.shares.set(task, share);
  }

  /** A task goes on where so much of it was done, 0 to 1: before this run, or in it before its worker was lost. */
  resume(task: TrainingTask, share: number): void {
    if (!this.before.has(task)) this.before.set(task, share);
    this.reach(task, share);
  }

  /** What was done of a task is lost, unless it is resumed. */
  lose(task: TrainingTask): void {
    this.shares.delete(task);
    if (!this.before.has(task)) this.before.set(task, 0);
  }

  /** A task is trained elsewhere. */
  leave(task: TrainingTask): void {
    this.total--;
    this.work -= workOf(task);
  }

  /** A task's record is kept. */
  finish(task: TrainingTask): void {
    this.shares.delete(task);
    this.workDone += workOf(task);
    this.done++;
  }

  state(): PopulationState {
    const secondsLeft = this.secondsLeft();
    return { done: this.done, total: this.total, ...(secondsLeft === undefined ? {} : { secondsLeft }) };
  }

  private secondsLeft(): number | undefined {
    let workDone = this.workDone;
    for (const [task, share] of this.shares) workDone += share * workOf(task);
    let workHere = workDone;
    for (const [task, share] of this.before) workHere -= share * workOf(task);
    const elapsed = this.now() - this.start;
    if (workHere <= 0 || (elapsed <= startUp && this.done < this.total)) return undefined;
    return (elapsed * (this.work - workDone)) / workHere;
  }
}
