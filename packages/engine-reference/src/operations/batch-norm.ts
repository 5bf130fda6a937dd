import type { BatchNormNode } from '@netspace/contracts';
import type { Operands, Operation } from '../operation.js';
import type { Activation } from '../tensors.js';

/**
 * Batch normalisation (Ioffe and Szegedy, 2015): y = gamma (x - mean) / sqrt(variance + epsilon) + beta per channel, over
 * batch, height and width. The running variance takes the unbiased variance; of a single value, whose unbiased variance is
 * not defined, the biased one (0).
 */
export function createBatchNorm(node: BatchNormNode, { inputs, output, parameter, buffer }: Operands): Operation {
  const input = inputs[0]!;
  const gamma = parameter(node.gamma);
  const beta = parameter(node.beta);
  const running = { mean: buffer(node.runningMean), variance: buffer(node.runningVariance) };
  const channels = output.shape.channels;
  /** Of the last forward pass, by channel; `inverse` is 1 / sqrt(variance + epsilon). */
  const mean = new Float64Array(channels);
  const inverse = new Float64Array(channels);

  const moveRunning = (channel: number, { n, average, variance }: Moments, momentum: number): void => {
    const unbiased = (variance * n) / Math.max(1, n - 1);
    running.mean[channel]! += momentum * (average - running.mean[channel]!);
    running.variance[channel]! += momentum * (unbiased - running.variance[channel]!);
  };

  return {
    forward({ count, statistics }) {
      for (let channel = 0; channel < channels; channel++) {
        let moments = { n: 0, average: running.mean[channel]!, variance: running.variance[channel]! };
        if (statistics.kind === 'batch') {
          moments = momentsOf(input, channel, count);
          moveRunning(channel, moments, statistics.momentum ?? node.momentum);
        }
        mean[channel] = moments.average;
        inverse[channel] = 1 / Math.sqrt(moments.variance + node.epsilon);
        const scale = gamma.values[channel]! * inverse[channel]!;
        const shift = beta.values[channel]! - scale * moments.average;
        forEachValue(input, channel, count, (i) => (output.values[i] = scale * input.values[i]! + shift));
      }
    },
    backward({ count }) {
      for (let channel = 0; channel < channels; channel++) {
        const normalised = (i: number): number => (input.values[i]! - mean[channel]!) * inverse[channel]!;
        let n = 0;
        let sum = 0;
        let product = 0;
        forEachValue(input, channel, count, (i) => {
          n++;
          sum += output.gradient[i]!;
          product += output.gradient[i]! * normalised(i);
        });
        gamma.gradient[channel]! += product;
        beta.gradient[channel]! += sum;
        const scale = gamma.values[channel]! * inverse[channel]!;
        forEachValue(input, channel, count, (i) => {
          input.gradient[i]! += scale * (output.gradient[i]! - sum / n - (normalised(i) * product) / n);
        });
      }
    },
  };
}

interface Moments {
  /** Values in the channel. */
  readonly n: number;
  readonly average: number;
  /** Biased: the sum of squares over n. */
  readonly variance: number;
}

function momentsOf(input: Activation, channel: number, count: number): Moments {
  let n = 0;
  let total = 0;
  forEachValue(input, channel, count, (i) => {
    n++;
    total += input.values[i]!;
  });
  const average = total / n;
  let squares = 0;
  forEachValue(input, channel, count, (i) => (squares += (input.values[i]! - average) ** 2));
  return { n, average, variance: squares / n };
}

/** Visits the values of one channel in all images, by their index. */
function forEachValue({ shape, size }: Activation, channel: number, count: number, visit: (i: number) => void): void {
  const pixels = shape.height * shape.width;
  for (let image = 0; image < count; image++) {
    const start = image * size + channel * pixels;
    for (let i = start; i < start + pixels; i++) visit(i);
  }
}
