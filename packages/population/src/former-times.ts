import { least } from './hang-watch.js';

/** So many times as long as the longest that is known something may take. */
const times = 5;

/** How long things of one kind took, and so how long the next one may take. */
export class FormerTimes {
  private longest = 0;
  /** Seconds of a unit of work. */
  private slowest = 0;

  /** One took so many seconds for so much work. */
  add(seconds: number, work: number): void {
    this.longest = Math.max(this.longest, seconds);
    this.slowest = Math.max(this.slowest, seconds / Math.max(1, work));
  }

  /**
   * Seconds that one of so much work may take: five times as long as the longest of them took, longer where it is more work, and
   * a minute besides; Infinity where there is none.
   */
  patience(work: number): number {
    if (this.longest === 0) return Infinity;
    return least + times * Math.max(this.longest, this.slowest * work);
  }
}
