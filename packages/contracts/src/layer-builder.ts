declare const activation: unique symbol;

/** An activation inside a builder: the output of one operation, of shape [channels, size, size]. */
export type Activation = number & { readonly [activation]: true };

/** A square convolution. Padding is (kernel - 1) / 2 on each side, so that only the stride changes the size. */
export interface Convolution {
  /** Odd, >= 1. */
  readonly kernel: number;
  /** >= 1; 1 by default. */
  readonly stride?: number;
  /** Divides the input and the output channels; 1 by default. */
  readonly groups?: number;
  /** Whether the convolution has a bias; not by default. */
  readonly bias?: boolean;
}

/** A maximum over square windows, padded by (kernel - 1) / 2 on each side. */
export interface Pooling {
  /** Odd, >= 1. */
  readonly kernel: number;
  readonly stride: number;
}

/**
 * What blocks and stems are written against: the primitive operations. One builder makes a graph of them, another only
 * counts what they cost.
 *
 * `layer` is the layer's name inside its block, as in a pycls state dict: `f.a_bn`. Parameters are named after it.
 */
export interface LayerBuilder {
  /** Channels of an activation. */
  channelsOf(input: Activation): number;
  /** A convolution to `width` channels; parameter `weight`, and `bias` where it has one. */
  conv(layer: string, input: Activation, width: number, convolution: Convolution): Activation;
  /** Batch normalisation; parameters `weight` (gamma) and `bias` (beta), buffers `running_mean` and `running_var`. */
  batchNorm(layer: string, input: Activation): Activation;
  /** max(x, 0). */
  relu(layer: string, input: Activation): Activation;
  /** 1 / (1 + exp(-x)). */
  sigmoid(layer: string, input: Activation): Activation;
  /** The sum of two activations of the same shape. */
  add(layer: string, first: Activation, second: Activation): Activation;
  /** `input` times a scale per channel, of shape [channels, 1, 1]. */
  scale(layer: string, input: Activation, factors: Activation): Activation;
  /** The mean over height and width, [channels, 1, 1]. */
  globalAveragePool(layer: string, input: Activation): Activation;
  maxPool(layer: string, input: Activation, pooling: Pooling): Activation;
  /** Fully connected with a bias, from [channels, 1, 1] to [width, 1, 1]; parameters `weight` and `bias`. */
  linear(layer: string, input: Activation, width: number): Activation;
}
