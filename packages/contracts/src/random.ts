/** A stream of random draws. */
export interface Random {
  /** Uniform in [0, 1), 53 bits. */
  uniform(): number;
  /** Uniform among the integers low to high, both included. */
  integer(low: number, high: number): number;
  /** Standard normal. */
  normal(): number;
}
