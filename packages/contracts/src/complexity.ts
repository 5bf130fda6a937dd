/**
 * What a network costs for one image (paper, section 3.1; the conventions of pycls).
 */
export interface Complexity {
  /** Multiply-adds of one forward pass, biases included. */
  readonly flops: number;
  /** Trainable parameters. */
  readonly params: number;
  /** Elements of the outputs of all convolutions, max pools and linear layers. */
  readonly acts: number;
}

/** A closed range [low, high]; the unit is that of the thing it limits. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** Limits on complexity, each optional. Flops limits are the paper's regime, e.g. 360e6 to 400e6. */
export interface Regime {
  readonly flops?: Range;
  readonly params?: Range;
  readonly acts?: Range;
}
