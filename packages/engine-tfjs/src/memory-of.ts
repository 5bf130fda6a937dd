import type { NetworkGraph } from '@netspace/contracts';
import type { GraphProgram } from './graph-program.js';

/**
 * Bytes of the tensors that a training step has at once: parameters (values, their views, gradients, velocity and
 * decay), activations that the way back reads, and twice the largest one for what is being computed.
 */
export function memoryOf({ nodes, parameters }: NetworkGraph, program: GraphProgram, batchSize: number): number {
  const weights = parameters.map(({ shape }) => shape.reduce((product, length) => product * length, 1));
  const activations = nodes.map(({ shape }) => shape.channels * shape.height * shape.width);
  const kept = activations.filter((_, node) => program.keeps(node));
  return 4 * (5 * total(weights) + batchSize * (total(kept) + 2 * Math.max(...activations)));
}

function total(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + size, 0);
}
