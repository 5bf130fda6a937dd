import type { Activation, Complexity, Convolution, LayerBuilder, Pooling } from '@netspace/contracts';
import { layerError, shapeText } from './layer-problems.js';
import { channelBits, maximumChannels } from './limits.js';
import { strided } from './strided.js';

/**
 * Counts the cost of the operations and builds nothing: flops are multiply-adds, a bias costs one for each element;
 * acts are the elements that convolutions, max pools and linear layers put out (pycls `conv2d_cx`, `norm2d_cx`,
 * `pool2d_cx`, `linear_cx`).
 */
export class ComplexityCounter implements LayerBuilder {
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

  conv(_layer: string, input: Activation, width: number, convolution: Convolution): Activation {
    const { kernel, stride = 1, groups = 1, bias = false } = convolution;
    const size = strided(sizeIn(input), stride);
    const weights = (kernel * kernel * channelsIn(input) * width) / groups + (bias ? width : 0);
    const positions = this.times * size * size;
    this.flops += positions * weights;
    this.params += this.times * weights;
    this.acts += positions * width;
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
    if (second !== first) throw wrongTerm(layer, first, second);
    return first;
  }

  scale(layer: string, input: Activation, factors: Activation): Activation {
    if (factors !== activation(channelsIn(input), 1)) throw wrongFactors(layer, input, factors);
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
  if (!(channels <= maximumChannels)) throw tooWide(channels);
  return ((size << channelBits) | channels) as Activation;
}

function channelsIn(input: Activation): number {
  return input & maximumChannels;
}

function sizeIn(input: Activation): number {
  return input >>> channelBits;
}

// The errors are made apart: the operations stay small enough to be compiled into the blocks.

function shape(input: Activation): string {
  return shapeText(channelsIn(input), sizeIn(input));
}

function tooWide(channels: number): Error {
  return layerError(undefined, `got ${channels} channels`, `at most ${maximumChannels}`);
}

function wrongTerm(layer: string, first: Activation, second: Activation): Error {
  return layerError(layer, `got ${shape(second)} to add`, shape(first));
}

function wrongFactors(layer: string, input: Activation, factors: Activation): Error {
  const expected = shapeText(channelsIn(input), 1);
  return layerError(layer, `got factors ${shape(factors)} for ${shape(input)}`, expected);
}
