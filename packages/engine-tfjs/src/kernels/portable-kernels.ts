import {
  add,
  clone,
  div,
  engine,
  exp,
  log,
  max,
  mean,
  mul,
  rsqrt,
  square,
  step,
  sub,
  sum,
  maxPool,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import { convolveColumns, filterGradientByColumns, inputGradientByColumns } from './columns.js';
import type { BatchNormResult, KernelSet, Window } from './kernel-set.js';

const pixels = [0, 1, 2];

/** Kernels made of the operations that every backend of tfjs has. */
export const portableKernels: KernelSet = {
  groupedConv2d: convolveColumns,
  groupedConv2dInputGradient: inputGradientByColumns,
  groupedConv2dFilterGradient: filterGradientByColumns,

  batchNorm(x, gamma, beta, { epsilon }): BatchNormResult {
    const count = x.size / x.shape[3];
    const average = mean<Tensor1D>(x, pixels);
    const centred = sub<Tensor4D>(x, average);
    const variance = mean<Tensor1D>(square(centred), pixels);
    const inverse = rsqrt(add(variance, epsilon));
    const y = add<Tensor4D>(mul(centred, mul(inverse, gamma)), beta);
    return [y, average, mul(variance, count / Math.max(count - 1, 1)), clone(average), inverse];
  },

  /** dx = gamma inverse (dy - mean(dy) - x^ mean(dy x^)), x^ = (x - mean) inverse */
  batchNormGradient(dy, x, gamma, [average, inverse]): [Tensor4D, Tensor1D, Tensor1D] {
    const count = x.size / x.shape[3];
    const normalised = mul<Tensor4D>(sub(x, average!), inverse!);
    const dbeta = sum<Tensor1D>(dy, pixels);
    const dgamma = sum<Tensor1D>(mul(dy, normalised), pixels);
    const centred = sub(sub(dy, div(dbeta, count)), mul(normalised, div(dgamma, count)));
    return [mul(centred, mul(gamma, inverse!)), dgamma, dbeta];
  },

  reluGradient: (dy, y) => mul(dy, step(y)),

  maxPool: (x, { kernel, stride, padding }) => maxPool(x, kernel, stride, padding, 'floor'),

  maxPoolGradient(dy, x, y, { kernel, stride, padding }: Window): Tensor4D {
    const attributes = { filterSize: kernel, strides: stride, pad: padding, dimRoundingMode: 'floor' };
    return engine().runKernel<Tensor4D>('MaxPoolGrad', { dy, input: x, output: y }, attributes);
  },

  softmaxCrossEntropy(logits, targets): [Tensor1D, Tensor2D] {
    const shifted = sub<Tensor2D>(logits, max(logits, 1, true));
    const exponentials = exp(shifted);
    const total = sum<Tensor2D>(exponentials, 1, true);
    const logarithms = sub(shifted, log(total));
    const loss = sum<Tensor>(mul(targets, logarithms), 1);
    return [mul(loss, -1), sub(div(exponentials, total), targets)];
  },
};
