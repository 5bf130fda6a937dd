import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';

/** How a square window moves over an image. */
export interface Window {
  readonly kernel: number;
  readonly stride: number;
  /** Pixels added on each side. */
  readonly padding: number;
}

/** A window, and the groups that its channels fall into. */
export interface Convolution extends Window {
  readonly groups: number;
}

/** [batch, height, width, channels] */
export type Shape4D = [number, number, number, number];

/** [y, the batch's mean, its unbiased variance, and what the gradient needs]. */
export type BatchNormResult = [y: Tensor4D, mean: Tensor1D, variance: Tensor1D, ...saved: Tensor[]];

/**
 * The operations that tfjs lacks, or that it composes of many: one implementation for each kind of backend.
 *
 * Activations are [batch, height, width, channels], filters [kernel, kernel, in / groups, out]. Every function
 * returns new tensors.
 */
export interface KernelSet {
  /** Cross-correlation in groups: output channel o reads the input channels of group floor(o groups / out). */
  groupedConv2d(x: Tensor4D, filter: Tensor4D, convolution: Convolution): Tensor4D;
  /** Gradient of x, of shape `xShape`. */
  groupedConv2dInputGradient(dy: Tensor4D, filter: Tensor4D, convolution: Convolution & { xShape: Shape4D }): Tensor4D;
  /** Gradient of the filter. */
  groupedConv2dFilterGradient(x: Tensor4D, dy: Tensor4D, convolution: Convolution): Tensor4D;
  /** gamma (x - mean) / sqrt(biased variance + epsilon) + beta, with the statistics of the batch. */
  batchNorm(x: Tensor4D, gamma: Tensor1D, beta: Tensor1D, options: { epsilon: number }): BatchNormResult;
  /** [dx, dgamma, dbeta] */
  batchNormGradient(
    dy: Tensor4D,
    x: Tensor4D,
    gamma: Tensor1D,
    saved: readonly Tensor[],
    options: { epsilon: number },
  ): [Tensor4D, Tensor1D, Tensor1D];
  /** dy where y > 0, else 0. */
  reluGradient(dy: Tensor4D, y: Tensor4D): Tensor4D;
  /** Maximum over windows; padding counts as minus infinity. */
  maxPool(x: Tensor4D, window: Window): Tensor4D;
  maxPoolGradient(dy: Tensor4D, x: Tensor4D, y: Tensor4D, window: Window): Tensor4D;
  /** [-sum(targets log softmax(logits)), softmax(logits) - targets] for each row: shapes [n] and [n, classes]. */
  softmaxCrossEntropy(logits: Tensor2D, targets: Tensor2D): [loss: Tensor1D, gradient: Tensor2D];
}

/** Windows that fit on a line of `size` pixels. */
export function windowsOver(size: number, { kernel, stride, padding }: Window): number {
  return Math.floor((size + 2 * padding - kernel) / stride) + 1;
}
