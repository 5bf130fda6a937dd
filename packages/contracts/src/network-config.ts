/** One stage of a network: a run of blocks of the same width (paper, section 3.2). */
export interface StageConfig {
  /** Blocks in the stage, d_i: an integer >= 1. */
  readonly depth: number;
  /** Output channels of every block, w_i: an integer >= 1. */
  readonly width: number;
  /** Stride of the stage's first block: 1 or 2. */
  readonly stride: number;
  /** The paper's b: the bottleneck is width / b channels wide. Above 0; pycls' `BOT_MUL` is 1 / b. */
  readonly bottleneckRatio: number;
  /** Channels of one group of the 3x3 convolution, g: an integer >= 1; the bottleneck width is a multiple of it. */
  readonly groupWidth: number;
}

/**
 * A network of the AnyNet form: stem, stages of identical blocks, head (paper, figure 3).
 *
 * Widths are the ones that are built: compatible with the group widths already.
 */
export interface NetworkConfig {
  /** The stem type's name (`res_stem_cifar`, `simple_stem_in`, `res_stem_in` or your own) and its output channels. */
  readonly stem: { readonly type: string; readonly width: number };
  /** The block type's name: `x`, `y`, `r`, `basic`, `vanilla`, `v`, `vr`, `res_bottleneck_linear` or your own. */
  readonly block: string;
  readonly stages: readonly StageConfig[];
  /** Squeeze-excitation: reduced width = round(block input width * ratio). Used by block types that have it (`y`); 0 elsewhere. */
  readonly squeezeExcitationRatio: number;
  /** Channels of a 1x1 convolution before the pool; 0: none. */
  readonly headWidth: number;
  /** Number of classes: the length of the logits. */
  readonly classes: number;
  /** Input height and width in pixels. */
  readonly imageSize: number;
  /** Input channels: 3 for colour, 1 for grey. */
  readonly imageChannels: number;
}
