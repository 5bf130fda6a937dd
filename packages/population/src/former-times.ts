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
   * Seconds that one of so much work may take: five times as long as the longest of them took, longer where it is more work,
   * and a minute besides; not more than `most`, which it is where none is known.
   */
  patience(work: number, most: number): number {
    if (this.longest === 0) return most;
    return Math.min(most, least + times * Math.max(this.longest, this.slowest * work));
  }
}
