/** The parameters of a RegNet's widths (paper, equations 2 to 4). */
export interface QuantizedLinear {
  /** Width of the first block, w_0 > 0. */
  readonly initialWidth: number;
  /** Slope of the linear widths, w_a >= 0, channels a block. */
  readonly slope: number;
  /** Factor between the widths of successive stages, w_m > 1. */
  readonly widthMultiplier: number;
  /** Blocks in all, d: an integer >= 1. */
  readonly depth: number;
}

/** The rule that comes closest to a network's widths. */
export interface QuantizedLinearFit extends QuantizedLinear {
  /** Mean over blocks of |ln(predicted width / observed width)| (paper, section 3.3, e_fit). */
  readonly fitError: number;
}
