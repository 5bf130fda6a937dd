import type { TrainingTask } from '@netspace/contracts';

/** The last tasks are packed: as soon as fewer than so many are left for each worker. */
const packedPerWorker = 2;

/**
 * In which order a run's tasks are trained: by index across arms, so that a run that is interrupted is an unbiased sample.
 *
 * Networks are drawn independently, so those of the lowest indices are a fair sample of their population, provided that
 * neither their cost nor their result decided who goes first: network 0 of every arm, then network 1, and so on. All
 * replicates of a network go before the next network: a mean over fewer replicates spreads wider, so that an error
 * distribution of half the replicates would be another one, where one of half the networks is the same with wider bands.
 *
 * Only when fewer tasks are left than twice the workers do the largest of these go first, which leaves the small ones
 * to fill the end.
 */
export class TaskQueue {
  /** Lost tasks, which go first: the oldest last. */
  private readonly lost: TrainingTask[] = [];
  /** In order, the next one last. */
  private readonly waiting: TrainingTask[];

  /** @param workers - How many there are now. */
  constructor(
    tasks: readonly TrainingTask[],
    private readonly workers: () => number,
  ) {
    this.waiting = [...tasks].sort(byIndex).reverse();
  }

  get length(): number {
    return this.lost.length + this.waiting.length;
  }

  /** Removes the next task. */
  take(): TrainingTask | undefined {
    return this.lost.pop() ?? (this.isPacked() ? this.takeLargest() : this.waiting.pop());
  }

  /** Removes all tasks. */
  clear(): void {
    this.lost.length = 0;
    this.waiting.length = 0;
  }

  /** A task that was taken is to be trained again, before all others. */
  giveBack(task: TrainingTask): void {
    this.lost.push(task);
  }

  private isPacked(): boolean {
    return this.waiting.length < packedPerWorker * this.workers();
  }

  private takeLargest(): TrainingTask | undefined {
    const flops = this.waiting.map((task) => task.network.complexity.flops);
    // The last of the largest is the first in order.
    return this.waiting.splice(flops.lastIndexOf(Math.max(...flops)), 1)[0];
  }
}

/** Ties, the same place in two arms, stay in the order of the arms. */
export function byIndex(a: TrainingTask, b: TrainingTask): number {
  return a.network.index - b.network.index || a.replicate - b.replicate;
}
