import type { BufferSpec, NetworkGraph, NetworkState, ParameterSpec } from '@netspace/contracts';
import { openRandom } from '@netspace/random';

/**
 * The weights that training starts from, as pycls `init_weights`: convolutions normal with variance 2 / (k k out)
 * (out = all output channels, whatever the groups), linear weights normal with standard deviation 0.01, gamma 1, beta
 * and biases 0; running mean 0 and variance 1.
 *
 * pycls leaves the biases of squeeze-excitation at PyTorch's default, uniform; here they start at 0 too. Each tensor
 * draws from the stream (seed, name): its values do not depend on the other tensors.
 *
 * @param seed - Any integer.
 * @example
 * import { buildGraph, initialState } from '@netspace/model-builder';
 * const graph = buildGraph({
 *   stem: { type: 'res_stem_cifar', width: 16 },
 *   block: 'v',
 *   stages: [{ depth: 1, width: 16, stride: 2, bottleneckRatio: 1, groupWidth: 1 }],
 *   squeezeExcitationRatio: 0,
 *   headWidth: 0,
 *   classes: 10,
 *   imageSize: 32,
 *   imageChannels: 3,
 * });
 * const state = initialState(graph, 7);
 * state.get('stem.conv.weight')?.length; // => 432
 * state.get('stem.bn.running_var')?.[0]; // => 1
 */
export function initialState(graph: NetworkGraph, seed: number): NetworkState {
  const state = new Map<string, Float32Array>();
  for (const parameter of graph.parameters) state.set(parameter.name, initialParameter(parameter, seed));
  for (const buffer of graph.buffers) state.set(buffer.name, initialBuffer(buffer));
  return state;
}

function initialParameter({ name, shape, role }: ParameterSpec, seed: number): Float32Array {
  const values = new Float32Array(elements(shape));
  switch (role) {
    case 'conv_weight':
      return normal(values, Math.sqrt(2 / fanOut(shape)), seed, name);
    case 'linear_weight':
      return normal(values, 0.01, seed, name);
    case 'batch_norm_gamma':
      return values.fill(1);
    case 'batch_norm_beta':
    case 'bias':
      return values;
  }
}

function initialBuffer({ shape, role }: BufferSpec): Float32Array {
  return new Float32Array(elements(shape)).fill(role === 'running_variance' ? 1 : 0);
}

function normal(values: Float32Array, standardDeviation: number, seed: number, name: string): Float32Array {
  const random = openRandom(seed, name);
  return values.map(() => standardDeviation * random.normal());
}

/** k k out of a convolution's weight [out, in / groups, k, k]. */
function fanOut([out, , height, width]: readonly number[]): number {
  return out! * height! * width!;
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
