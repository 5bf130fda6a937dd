import type { Activation, Complexity, Convolution, Pooling } from '@netspace/contracts';
import { layerError, requireGroups, shapeText } from './layer-problems.js';
import { channelBits, maximumChannels } from './limits.js';
import type { NetworkBuilder } from './network-builder.js';
import { strided } from './strided.js';

/**
 * Counts the cost of the operations and builds nothing: flops are multiply-adds, a bias costs one for each element;
 * acts are the elements that convolutions, max pools and linear layers put out (pycls `conv2d_cx`, `norm2d_cx`,
 * `pool2d_cx`, `linear_cx`).
 */
export class ComplexityCounter implements NetworkBuilder {
  private flops = 0;
  private params = 0;
  private acts = 0;
  /** How often the operations that follow are there. */
  private times = 1;

  input(channels: number, size: number): Activation {
    return activation(channels, size);
  }

  /** Makes the operations that follow count as `times` of them. */
  repeat(times: number): void {
    this.times = times;
  }

  total(): Complexity {
    return { flops: this.flops, params: this.params, acts: this.acts };
  }

  channelsOf(input: Activation): number {
    return channelsIn(input);
  }

  sizeOf(input: Activation): number {
    return sizeIn(input);
  }

  requireOutput(output: Activation, channels: number, size = sizeIn(output)): void {
    if (output !== activation(channels, size))
      throw layerError(undefined, `returns ${shape(output)}`, shapeText(channels, size));
  }

  conv(layer: string, input: Activation, width: number, convolution: Convolution): Activation {
    const { kernel, stride = 1, groups = 1, bias = false } = convolution;
    const channels = channelsIn(input);
    if (groups !== 1) requireGroups(layer, channels, width, groups);
    const size = strided(sizeIn(input), stride);
    const weights = (kernel * kernel * channels * width) / groups + (bias ? width : 0);
    this.flops += this.times * weights * size * size;
    this.params += this.times * weights;
    this.acts += this.times * width * size * size;
    return activation(width, size);
  }

  batchNorm(_layer: string, input: Activation): Activation {
    this.params += this.times * 2 * channelsIn(input);
    return input;
  }

  relu(_layer: string, input: Activation): Activation {
    return input;
  }

  sigmoid(_layer: string, input: Activation): Activation {
    return input;
  }

  add(layer: string, first: Activation, second: Activation): Activation {
    if (second !== first) throw layerError(layer, `got ${shape(second)} to add`, shape(first));
    return first;
  }

  scale(layer: string, input: Activation, factors: Activation): Activation {
    const expected = activation(channelsIn(input), 1);
    if (factors !== expected)
      throw layerError(layer, `got factors ${shape(factors)} for ${shape(input)}`, shape(expected));
    return input;
  }

  globalAveragePool(_layer: string, input: Activation): Activation {
    return activation(channelsIn(input), 1);
  }

  maxPool(_layer: string, input: Activation, { stride }: Pooling): Activation {
    const channels = channelsIn(input);
    const size = strided(sizeIn(input), stride);
    this.acts += this.times * channels * size * size;
    return activation(channels, size);
  }

  linear(_layer: string, input: Activation, width: number): Activation {
    const weights = (channelsIn(input) + 1) * width;
    this.flops += this.times * weights;
    this.params += this.times * weights;
    this.acts += this.times * width;
    return activation(width, 1);
  }
}

/** Here an activation is its shape [channels, size, size] in one integer, which costs no memory. */
function activation(channels: number, size: number): Activation {
  if (!(channels <= maximumChannels))
    throw layerError(undefined, `got ${channels} channels`, `at most ${maximumChannels}`);
  return ((size << channelBits) | channels) as Activation;
}

function channelsIn(input: Activation): number {
  return input & maximumChannels;
}

function shape(input: Activation): string {
  return shapeText(channelsIn(input), sizeIn(input));
}

function sizeIn(input: Activation): number {
  return input >>> channelBits;
}
