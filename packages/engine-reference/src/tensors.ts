import type { ActivationShape, ParameterSpec } from '@netspace/contracts';
import type { Memory } from './memory.js';

/** The output of a node for a whole batch, and its gradient: [batch, channels, height, width]. */
export interface Activation {
  readonly shape: ActivationShape;
  /** Elements of one channel: height * width. */
  readonly pixels: number;
  /** Elements of one image. */
  readonly size: number;
  readonly values: Float64Array;
  readonly gradient: Float64Array;
}

/** A trainable tensor. */
export interface Parameter {
  readonly role: ParameterSpec['role'];
  readonly values: Float64Array;
  readonly gradient: Float64Array;
  readonly momentum: Float64Array;
}

/** A zero activation for a batch. */
export function createActivation(shape: ActivationShape, batchSize: number, memory: Memory): Activation {
  const pixels = shape.height * shape.width;
  const size = shape.channels * pixels;
  const length = batchSize * size;
  return { shape, pixels, size, values: memory.doubles(length), gradient: memory.doubles(length) };
}

/** A zero parameter. */
export function createParameter({ role, shape }: ParameterSpec, memory: Memory): Parameter {
  const length = elementsOf(shape);
  const [values, gradient, momentum] = [memory.doubles(length), memory.doubles(length), memory.doubles(length)];
  return { role, values, gradient, momentum };
}

/** Elements of a tensor. */
export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
