import type { Tensor, Tensor1D } from '@tensorflow/tfjs-core';

/** A vector that a step reads and replaces. */
export interface State {
  readonly value: Tensor1D;
  assign(value: Tensor1D): void;
}

/** What is done again and again with tensors of the same shapes. */
export interface StepDefinition {
  readonly states: readonly State[];
  /** What every step reads beside the states and its inputs; it never changes. */
  readonly constants: readonly Tensor[];
  /** Assigns the states, from them and from the inputs of this step. It reads no values. */
  readonly compute: (inputs: readonly Tensor[]) => void;
}

/** A step in the form that a backend runs fastest. */
export interface Step {
  run(inputs: readonly Tensor[]): void;
  dispose(): void;
}

/** One operation after the other, each when tfjs calls it. */
export function eagerStep({ compute }: StepDefinition): Step {
  return { run: compute, dispose: () => undefined };
}
