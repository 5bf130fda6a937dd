/** Names of the kernels that this package registers with tfjs, for each of its backends. */
export const GROUPED_CONV_2D = 'NetspaceGroupedConv2D';
export const GROUPED_CONV_2D_BACKPROP_INPUT = 'NetspaceGroupedConv2DBackpropInput';
export const GROUPED_CONV_2D_BACKPROP_FILTER = 'NetspaceGroupedConv2DBackpropFilter';
export const BATCH_NORM_TRAINING = 'NetspaceBatchNormTraining';
export const BATCH_NORM_TRAINING_GRAD = 'NetspaceBatchNormTrainingGrad';
export const RELU_GRAD = 'NetspaceReluGrad';
export const MAX_POOL = 'NetspaceMaxPool';
export const MAX_POOL_GRAD = 'NetspaceMaxPoolGrad';
export const SOFTMAX_CROSS_ENTROPY = 'NetspaceSoftmaxCrossEntropy';

/** How a square window moves over an image. */
export interface Window {
  readonly kernel: number;
  readonly stride: number;
  /** Pixels added on each side. */
  readonly padding: number;
}

/** Attributes of the convolution's kernels. */
export interface ConvAttributes extends Window {
  readonly groups: number;
}

/** [batch, height, width, channels] */
export type Shape4D = [number, number, number, number];

/** Rows of windows over `size` pixels. */
export function windowsOver(size: number, { kernel, stride, padding }: Window): number {
  return Math.floor((size + 2 * padding - kernel) / stride) + 1;
}
