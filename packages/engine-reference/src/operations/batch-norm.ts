import type { BatchNormNode } from '@netspace/contracts';
import { productsOfChannel, squaresOfChannel, sumOfChannel } from '../channel-sums.js';
import type { Operands, Operation } from '../operation.js';

/**
 * Batch normalisation (Ioffe and Szegedy, 2015): y = gamma (x - mean) / sqrt(variance + epsilon) + beta per channel, over
 * batch, height and width, by the biased variance. The running variance takes the unbiased one. Of a single value, which
 * PyTorch refuses to train on, the unbiased variance is not defined: it counts as 0.
 */
export function createBatchNorm(node: BatchNormNode, operands: Operands): Operation {
  const { inputs, output, parameter, buffer, memory } = operands;
  const input = inputs[0]!;
  const { pixels, size } = input;
  const { channels } = input.shape;
  const gamma = parameter(node.gamma);
  const beta = parameter(node.beta);
  const runningMean = buffer(node.runningMean);
  const runningVariance = buffer(node.runningVariance);
  /** Of the last forward pass, by channel; `inverse` is 1 / sqrt(variance + epsilon). */
  const mean = memory.doubles(channels);
  const inverse = memory.doubles(channels);

  const takeStatistics = (channel: number, count: number, momentum: number): void => {
    const n = count * pixels;
    const average = sumOfChannel(input.values, input, channel, count) / n;
    const squares = squaresOfChannel(input.values, input, channel, count, average);
    mean[channel] = average;
    inverse[channel] = 1 / Math.sqrt(squares / n + node.epsilon);
    runningMean[channel]! += momentum * (average - runningMean[channel]!);
    runningVariance[channel]! += momentum * (squares / Math.max(1, n - 1) - runningVariance[channel]!);
  };

  return {
    forward({ count, statistics }) {
      for (let channel = 0; channel < channels; channel++) {
        if (statistics.kind === 'batch') takeStatistics(channel, count, statistics.momentum ?? node.momentum);
        else {
          mean[channel] = runningMean[channel]!;
          inverse[channel] = 1 / Math.sqrt(runningVariance[channel]! + node.epsilon);
        }
        const centre = mean[channel]!;
        const factor = gamma.values[channel]! * inverse[channel]!;
        const shift = beta.values[channel]!;
        for (let start = channel * pixels; start < count * size; start += size) {
          for (let i = start; i < start + pixels; i++) output.values[i] = (input.values[i]! - centre) * factor + shift;
        }
      }
    },
    /** dx = gamma inverse (dy - mean of dy - z mean of dy z), z being the normalised x. */
    backward({ count }) {
      for (let channel = 0; channel < channels; channel++) {
        const centre = mean[channel]!;
        const dBeta = sumOfChannel(output.gradient, output, channel, count);
        const products = productsOfChannel(output.gradient, input.values, input, channel, count, centre);
        beta.gradient[channel]! += dBeta;
        gamma.gradient[channel]! += products * inverse[channel]!;
        const factor = gamma.values[channel]! * inverse[channel]!;
        const average = dBeta / (count * pixels);
        const slope = (products * inverse[channel]! ** 2) / (count * pixels);
        for (let start = channel * pixels; start < count * size; start += size) {
          for (let i = start; i < start + pixels; i++) {
            const dz = output.gradient[i]! - average - (input.values[i]! - centre) * slope;
            input.gradient[i]! += factor * dz;
          }
        }
      }
    },
  };
}
