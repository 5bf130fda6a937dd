import {
  add,
  cast,
  clone,
  div,
  equal,
  exp,
  log,
  max,
  mean,
  mul,
  onesLike,
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
import { convolve, filterGradient, inputGradient } from './convolutions.js';
import type { BatchNormResult, KernelSet, Window } from './kernel-set.js';
import { imageOfTaps, pixelsAtTaps } from './windows.js';

const pixels = [0, 1, 2];

/** Kernels made of the operations that every backend of tfjs has. */
export const portableKernels: KernelSet = {
  groupedConv2d: convolve,
  groupedConv2dInputGradient: inputGradient,
  groupedConv2dFilterGradient: filterGradient,

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

  /** By windows: tfjs' own kernel is wrong on wasm where there is padding. The first of equal pixels gets the gradient. */
  maxPoolGradient(dy, x, y, window: Window): Tensor4D {
    let unclaimed = onesLike(dy);
    const taps = pixelsAtTaps(x, window, -Infinity).map((pixels) => {
      const claimed = mul<Tensor4D>(unclaimed, cast(equal(pixels, y), 'float32'));
      unclaimed = sub(unclaimed, claimed);
      return mul<Tensor4D>(dy, claimed);
    });
    return imageOfTaps(taps, window, x.shape);
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
