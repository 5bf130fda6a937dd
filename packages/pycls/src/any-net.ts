/** A network in the form that pycls' `AnyNet` takes its parameters (anynet.py, `get_params`). */
export interface AnyNet {
  readonly stem_type: string;
  readonly stem_w: number;
  readonly block_type: string;
  /** One value a stage, in this and the lists that follow. */
  readonly depths: readonly number[];
  readonly widths: readonly number[];
  /** Stride of the stage's first block. */
  readonly strides: readonly number[];
  /** Bottleneck width over width: 1 / b. */
  readonly bot_muls: readonly number[];
  readonly group_ws: readonly number[];
  /** Channels of the head's convolution; 0: none. */
  readonly head_w: number;
  /** Ratio of squeeze-excitation; 0: none. */
  readonly se_r: number;
  readonly num_classes: number;
}
