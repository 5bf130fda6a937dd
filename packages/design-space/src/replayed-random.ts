import type { Random } from '@netspace/contracts';

/** The draws that a list of numbers in [0, 1) stands for, and then fresh ones, which are noted. */
export class ReplayedRandom implements Random {
  private readonly used: number[] = [];

  /**
   * @param draws - What is drawn first.
   * @param fresh - What is drawn when those are used up.
   */
  constructor(
    private readonly draws: readonly number[],
    private readonly fresh: Random,
  ) {}

  /** All that were drawn so far: a replay of them draws the same. */
  get drawn(): readonly number[] {
    return this.used;
  }

  uniform(): number {
    const draw = this.draws[this.used.length] ?? this.fresh.uniform();
    this.used.push(draw);
    return draw;
  }

  integer(low: number, high: number): number {
    return low + Math.floor((high - low + 1) * this.uniform());
  }

  /** Of two uniform draws (Box and Muller, 1958). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }
}
