import {
  engine,
  registerGradient,
  registerKernel,
  tidy,
  type NamedAttrMap,
  type NamedTensorMap,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { BatchNormResult, Convolution, KernelSet, Shape4D, Window } from './kernel-set.js';

type Kernel = (set: KernelSet, inputs: NamedTensorMap, attributes: never) => Tensor | Tensor[];

/** The kernels by their registered names. */
const kernels: Readonly<Record<string, Kernel>> = {
  NetspaceGroupedConv2D: (set, { x, filter }, convolution) =>
    set.groupedConv2d(x as Tensor4D, filter as Tensor4D, convolution),
  NetspaceGroupedConv2DInputGradient: (set, { dy, filter }, convolution) =>
    set.groupedConv2dInputGradient(dy as Tensor4D, filter as Tensor4D, convolution),
  NetspaceGroupedConv2DFilterGradient: (set, { x, dy }, convolution) =>
    set.groupedConv2dFilterGradient(x as Tensor4D, dy as Tensor4D, convolution),
  NetspaceBatchNorm: (set, { x, gamma, beta }, options) =>
    set.batchNorm(x as Tensor4D, gamma as Tensor1D, beta as Tensor1D, options),
  NetspaceBatchNormGradient: (set, { dy, x, gamma, ...saved }, options) =>
    set.batchNormGradient(dy as Tensor4D, x as Tensor4D, gamma as Tensor1D, Object.values(saved), options),
  NetspaceReluGradient: (set, { dy, y }) => set.reluGradient(dy as Tensor4D, y as Tensor4D),
  NetspaceMaxPool: (set, { x }, window) => set.maxPool(x as Tensor4D, window),
  NetspaceMaxPoolGradient: (set, { dy, x, y }, window) =>
    set.maxPoolGradient(dy as Tensor4D, x as Tensor4D, y as Tensor4D, window),
  NetspaceSoftmaxCrossEntropy: (set, { logits, targets }) =>
    set.softmaxCrossEntropy(logits as Tensor2D, targets as Tensor2D),
};

/** Makes a kernel set known to tfjs, as kernels of one of its backends. */
export function registerKernels(backendName: string, set: KernelSet): void {
  for (const [kernelName, kernel] of Object.entries(kernels)) {
    registerKernel({
      kernelName,
      backendName,
      kernelFunc: ({ inputs, attrs }) => tidy(() => kernel(set, inputs as NamedTensorMap, attrs as never)),
    });
  }
}

/** What tf.grad and its kin use. */
export function registerGradients(): void {
  registerGradient({
    kernelName: 'NetspaceGroupedConv2D',
    inputsToSave: ['x', 'filter'],
    gradFunc: (dy, [x, filter], attributes) => {
      const convolution = attributes as unknown as Convolution;
      const [image, weights, gradient] = [x as Tensor4D, filter as Tensor4D, dy as Tensor4D];
      return {
        x: () => groupedConv2dInputGradient(gradient, weights, { ...convolution, xShape: image.shape }),
        filter: () => groupedConv2dFilterGradient(image, gradient, convolution),
      };
    },
  });
}

function run(name: string, inputs: NamedTensorMap, attributes: object = {}): Tensor | Tensor[] {
  return engine().runKernel(name, inputs, attributes as NamedAttrMap);
}

/**
 * A convolution in groups, which tfjs lacks: output channel o reads the input channels of group floor(o groups / out), and
 * no others. Differentiable by tf.grad and its kin, on every backend that this package has loaded.
 *
 * @param x - [batch, height, width, in]
 * @param filter - [kernel, kernel, in / groups, out]
 * @returns [batch, height', width', out], height' = floor((height + 2 padding - kernel) / stride) + 1
 *
 * @example
 * import * as tf from '@tensorflow/tfjs-core';
 * import { groupedConv2d, loadEngine } from '@netspace/engine-tfjs';
 *
 * await loadEngine();
 * const convolution = { kernel: 3, stride: 2, padding: 1, groups: 2 };
 * const y = groupedConv2d(tf.ones([1, 8, 8, 4]), tf.ones([3, 3, 2, 6]), convolution);
 * y.shape; // => [1, 4, 4, 6]
 * tf.max(y).dataSync()[0]; // => 18
 */
export function groupedConv2d(x: Tensor4D, filter: Tensor4D, convolution: Convolution): Tensor4D {
  return run('NetspaceGroupedConv2D', { x, filter }, convolution) as Tensor4D;
}

export function groupedConv2dInputGradient(
  dy: Tensor4D,
  filter: Tensor4D,
  convolution: Convolution & { xShape: Shape4D },
): Tensor4D {
  return run('NetspaceGroupedConv2DInputGradient', { dy, filter }, convolution) as Tensor4D;
}

export function groupedConv2dFilterGradient(x: Tensor4D, dy: Tensor4D, convolution: Convolution): Tensor4D {
  return run('NetspaceGroupedConv2DFilterGradient', { x, dy }, convolution) as Tensor4D;
}

export function batchNorm(x: Tensor4D, gamma: Tensor1D, beta: Tensor1D, epsilon: number): BatchNormResult {
  return run('NetspaceBatchNorm', { x, gamma, beta }, { epsilon }) as BatchNormResult;
}

export function batchNormGradient(
  dy: Tensor4D,
  x: Tensor4D,
  gamma: Tensor1D,
  saved: readonly Tensor[],
  epsilon: number,
): [Tensor4D, Tensor1D, Tensor1D] {
  const inputs = { dy, x, gamma, ...Object.fromEntries(saved.entries()) };
  return run('NetspaceBatchNormGradient', inputs, { epsilon }) as [Tensor4D, Tensor1D, Tensor1D];
}

export function reluGradient(dy: Tensor4D, y: Tensor4D): Tensor4D {
  return run('NetspaceReluGradient', { dy, y }) as Tensor4D;
}

export function maxPool(x: Tensor4D, window: Window): Tensor4D {
  return run('NetspaceMaxPool', { x }, window) as Tensor4D;
}

export function maxPoolGradient(dy: Tensor4D, x: Tensor4D, y: Tensor4D, window: Window): Tensor4D {
  return run('NetspaceMaxPoolGradient', { dy, x, y }, window) as Tensor4D;
}

export function softmaxCrossEntropy(logits: Tensor2D, targets: Tensor2D): [loss: Tensor1D, gradient: Tensor2D] {
  return run('NetspaceSoftmaxCrossEntropy', { logits, targets }) as [Tensor1D, Tensor2D];
}
