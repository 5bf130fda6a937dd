import {
  InvalidInputError,
  type BatchNormNode,
  type ConvNode,
  type GraphNode,
  type LinearNode,
} from '@netspace/contracts';
import {
  add,
  batchNorm as normalise,
  clone,
  fill,
  matMul,
  mean,
  mul,
  relu,
  reshape,
  sigmoid,
  sub,
  sum,
  type Rank,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { Window } from './kernels/kernel-set.js';
import {
  batchNorm,
  batchNormGradient,
  groupedConv2d,
  groupedConv2dFilterGradient,
  groupedConv2dInputGradient,
  maxPool,
  maxPoolGradient,
  reluGradient,
} from './kernels/registered-kernels.js';

/** What a pass through the graph reads. */
export interface Pass {
  /** Whether batch normalisation uses the statistics of the batch. */
  readonly training: boolean;
  readonly parameter: (name: string) => Tensor;
  readonly buffer: (name: string) => Tensor;
  /** Called with the batch's statistics, by the name of the running ones. */
  readonly onStatistics: (name: string, statistics: Tensor1D) => void;
}

/** What the way back finds at a node. Inputs and output are there where the operation keeps them. */
interface Forward {
  readonly inputs: readonly Tensor4D[];
  readonly output: Tensor4D;
  /** What `forward` returned beside the output. */
  readonly saved: readonly Tensor[];
}

/** What the way back writes. */
interface Backward {
  /** Whether the gradient of an input is of use. */
  readonly wants: (input: number) => boolean;
  readonly onInput: (input: number, gradient: Tensor4D) => void;
  readonly onParameter: (name: string, gradient: Tensor) => void;
}

/** A node of the graph as tensors: activations are [batch, height, width, channels]. */
export interface Operation {
  /** What the way back reads again. */
  readonly keeps: { readonly inputs?: boolean; readonly output?: boolean };
  forward(inputs: readonly Tensor4D[], pass: Pass): [output: Tensor4D, ...saved: Tensor[]];
  backward(gradient: Tensor4D, forward: Forward, pass: Pass, result: Backward): void;
}

/** The operation of a node. The input has none. */
export function operationOf(node: Exclude<GraphNode, { op: 'input' }>): Operation {
  switch (node.op) {
    case 'conv':
      return convolution(node);
    case 'batch_norm':
      return batchNormalisation(node);
    case 'relu':
      return rectifier;
    case 'sigmoid':
      return logistic;
    case 'add':
      return addition;
    case 'scale':
      return scaling;
    case 'global_average_pool':
      return globalAverage;
    case 'max_pool':
      return maximum(node);
    case 'linear':
      return linear(node);
    default:
      throw new InvalidInputError({ problem: `the engine has no operation ${(node as GraphNode).op}` });
  }
}

function convolution({ kernel, stride, padding, groups, weight, bias }: ConvNode): Operation {
  const attributes = { kernel, stride, padding, groups };
  return {
    keeps: { inputs: true },
    forward([x], { parameter }) {
      const y = groupedConv2d(x!, parameter(weight) as Tensor4D, attributes);
      if (bias === undefined) return [y];
      const biased = add<Tensor4D>(y, parameter(bias));
      y.dispose();
      return [biased];
    },
    backward(dy, { inputs: [x] }, { parameter }, { wants, onInput, onParameter }) {
      if (wants(0)) {
        const filter = parameter(weight) as Tensor4D;
        onInput(0, groupedConv2dInputGradient(dy, filter, { ...attributes, xShape: x!.shape }));
      }
      onParameter(weight, groupedConv2dFilterGradient(x!, dy, attributes));
      if (bias !== undefined) onParameter(bias, sum(dy, [0, 1, 2]));
    },
  };
}

function batchNormalisation({ epsilon, gamma, beta, runningMean, runningVariance }: BatchNormNode): Operation {
  return {
    keeps: { inputs: true },
    forward([x], { training, parameter, buffer, onStatistics }) {
      const [scale, offset] = [parameter(gamma) as Tensor1D, parameter(beta) as Tensor1D];
      if (!training) {
        const [average, variance] = [buffer(runningMean) as Tensor1D, buffer(runningVariance) as Tensor1D];
        return [normalise<Rank.R4>(x!, average, variance, offset, scale, epsilon)];
      }
      const [y, average, variance, ...saved] = batchNorm(x!, scale, offset, epsilon);
      onStatistics(runningMean, average);
      onStatistics(runningVariance, variance);
      return [y, ...saved];
    },
    backward(dy, { inputs: [x], saved }, { parameter }, { onInput, onParameter }) {
      const scale = parameter(gamma) as Tensor1D;
      const [dx, dgamma, dbeta] = batchNormGradient(dy, x!, scale, saved, epsilon);
      onInput(0, dx);
      onParameter(gamma, dgamma);
      onParameter(beta, dbeta);
    },
  };
}

const rectifier: Operation = {
  keeps: { output: true },
  forward: ([x]) => [relu(x!)],
  backward: (dy, { output }, _, { onInput }) => onInput(0, reluGradient(dy, output)),
};

const logistic: Operation = {
  keeps: { output: true },
  forward: ([x]) => [sigmoid(x!)],
  backward: (dy, { output }, _, { onInput }) => onInput(0, mul(dy, mul(output, sub(1, output)))),
};

const addition: Operation = {
  keeps: {},
  forward: ([a, b]) => [add(a!, b!)],
  backward(dy, _forward, _pass, { onInput }) {
    onInput(0, clone(dy));
    onInput(1, clone(dy));
  },
};

const scaling: Operation = {
  keeps: { inputs: true },
  forward: ([x, scale]) => [mul(x!, scale!)],
  backward(dy, { inputs: [x, scale] }, _, { onInput }) {
    onInput(0, mul(dy, scale!));
    onInput(1, sum(mul(dy, x!), [1, 2], true));
  },
};

const globalAverage: Operation = {
  keeps: { inputs: true },
  forward: ([x]) => [mean(x!, [1, 2], true)],
  backward(dy, { inputs: [x] }, _, { onInput }) {
    const [, height, width] = x!.shape;
    onInput(0, mul(dy, fill([1, height, width, 1], 1 / (height * width))));
  },
};

function maximum({ kernel, stride, padding }: Window): Operation {
  const window = { kernel, stride, padding };
  return {
    keeps: { inputs: true, output: true },
    forward: ([x]) => [maxPool(x!, window)],
    backward: (dy, { inputs: [x], output }, _, { onInput }) => onInput(0, maxPoolGradient(dy, x!, output, window)),
  };
}

function linear({ weight, bias }: LinearNode): Operation {
  return {
    keeps: { inputs: true },
    forward([x], { parameter }) {
      const y = add<Tensor2D>(matMul(rows(x!), parameter(weight), false, true), parameter(bias));
      return [reshape(y, [y.shape[0], 1, 1, y.shape[1]])];
    },
    backward(dy, { inputs: [x] }, { parameter }, { onInput, onParameter }) {
      const gradient = rows(dy);
      onInput(0, reshape(matMul(gradient, parameter(weight)), x!.shape));
      onParameter(weight, matMul(gradient, rows(x!), true, false));
      onParameter(bias, sum(gradient, 0));
    },
  };
}

/** [n, 1, 1, channels] to [n, channels] */
function rows(x: Tensor4D): Tensor2D {
  return reshape(x, [x.shape[0], x.shape[3]]);
}
