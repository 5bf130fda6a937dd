import type { Activation, LayerBuilder } from './layer-builder.js';

/** What one block is to be. */
export interface BlockOptions {
  /** Output channels. */
  readonly width: number;
  /** Factor by which the block reduces height and width: the stage's stride in its first block, 1 in the others. */
  readonly stride: number;
  /** Channels of the bottleneck: width / b. */
  readonly bottleneckWidth: number;
  /** Channels of one group in the bottleneck; divides the bottleneck width. */
  readonly groupWidth: number;
  /** Reduced width of squeeze-excitation over the block's input width; 0: none. */
  readonly squeezeExcitationRatio: number;
}

/** A block type: adds one block behind `input` and returns its output, of `options.width` channels. */
export type BlockType = (builder: LayerBuilder, input: Activation, options: BlockOptions) => Activation;
