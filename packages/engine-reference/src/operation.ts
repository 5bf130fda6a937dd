import type { Memory } from './memory.js';
import type { Activation, Parameter } from './tensors.js';

/** What a pass over a batch is for. */
export interface Pass {
  /** Images in the batch. */
  readonly count: number;
  /** Whether batch normalisation uses the batch's statistics, and what moves the running ones (the node's own if none). */
  readonly statistics: { readonly kind: 'running' } | { readonly kind: 'batch'; readonly momentum?: number };
}

/** A node of the graph, ready to run. */
export interface Operation {
  /** Overwrites the values of the output. */
  forward(pass: Pass): void;
  /** Adds to the gradients of inputs and parameters; the gradient of the output is complete. */
  backward(pass: Pick<Pass, 'count'>): void;
}

/** What an operation works on. */
export interface Operands {
  readonly inputs: readonly Activation[];
  readonly output: Activation;
  readonly parameter: (name: string) => Parameter;
  readonly buffer: (name: string) => Float64Array;
  /** For what the operation keeps for itself. */
  readonly memory: Memory;
}
