import type { ActivationShape, ParameterRole } from '@netspace/contracts';

/** The output of a node for a whole batch, and its gradient: [batch, channels, height, width]. */
export interface Activation {
  readonly shape: ActivationShape;
  /** Elements of one image. */
  readonly size: number;
  readonly values: Float64Array;
  readonly gradient: Float64Array;
}

/** A trainable tensor. */
export interface Parameter {
  readonly role: ParameterRole;
  readonly values: Float64Array;
  readonly gradient: Float64Array;
  readonly momentum: Float64Array;
}

/** Elements of one image of a shape. */
export function sizeOf({ channels, height, width }: ActivationShape): number {
  return channels * height * width;
}

/** A zero activation for a batch. */
export function createActivation(shape: ActivationShape, batchSize: number): Activation {
  const size = sizeOf(shape);
  return { shape, size, values: new Float64Array(batchSize * size), gradient: new Float64Array(batchSize * size) };
}
