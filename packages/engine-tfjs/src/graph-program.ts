import type { GraphNode, NetworkGraph } from '@netspace/contracts';
import { add, type Tensor, type Tensor4D } from '@tensorflow/tfjs-core';
import { operationOf, type Operation, type Pass } from './operations.js';

interface Step {
  readonly node: Exclude<GraphNode, { op: 'input' }>;
  readonly operation: Operation;
}

/** What a forward pass left for the way back, by node. */
export interface Trace {
  readonly outputs: (Tensor4D | undefined)[];
  readonly saved: (readonly Tensor[] | undefined)[];
}

/** Gradients of parameters by name. */
export type ParameterGradients = ReadonlyMap<string, Tensor>;

/** A graph as a list of operations, forward and back. Tensors are freed as soon as nothing reads them any more. */
export class GraphProgram {
  private readonly steps: readonly Step[];
  /** Nodes that read each node. */
  private readonly readers: readonly number[];
  /** Whether the way back reads a node's output. */
  private readonly kept: readonly boolean[];
  /** Whether a parameter is behind a node, so that its gradient is of use. */
  private readonly trainable: readonly boolean[];

  constructor(private readonly graph: NetworkGraph) {
    this.steps = graph.nodes.flatMap((node) => (node.op === 'input' ? [] : [{ node, operation: operationOf(node) }]));
    this.readers = graph.nodes.map(
      ({ id }) => graph.nodes.flatMap(({ inputs }) => inputs).filter((i) => i === id).length,
    );
    this.kept = graph.nodes.map(({ id }) =>
      this.steps.some(
        ({ node, operation: { keeps } }) =>
          (node.id === id && keeps.output === true) || (node.inputs.includes(id) && keeps.inputs === true),
      ),
    );
    const trainable: boolean[] = [];
    for (const node of graph.nodes) trainable.push(hasParameters(node) || node.inputs.some((id) => trainable[id]));
    this.trainable = trainable;
  }

  /** Whether the way back reads a node's output: it lives as long as a training step. */
  keeps(node: number): boolean {
    return this.kept[node]!;
  }

  /** The graph's output. The images are left to the caller. */
  run(images: Tensor4D, pass: Pass): Tensor4D {
    return this.trace(images, pass, false).outputs[this.graph.output]!;
  }

  /** A forward pass that keeps what `differentiate` needs. */
  trace(images: Tensor4D, pass: Pass, forDifferentiation = true): Trace {
    const outputs: (Tensor4D | undefined)[] = [images];
    const saved: (readonly Tensor[] | undefined)[] = [];
    const readers = [...this.readers];
    for (const { node, operation } of this.steps) {
      const [output, ...rest] = operation.forward(
        node.inputs.map((id) => outputs[id]!),
        pass,
      );
      outputs[node.id] = output;
      saved[node.id] = rest;
      if (!forDifferentiation) free(rest);
      for (const id of node.inputs) {
        readers[id]!--;
        const isNeeded =
          readers[id]! > 0 || id === 0 || id === this.graph.output || (forDifferentiation && this.kept[id]!);
        if (!isNeeded) outputs[id]!.dispose();
      }
    }
    return { outputs, saved };
  }

  /**
   * The gradients of the parameters, from that of the output; it is consumed, and the trace with it.
   * `onImages` gets the gradient of the images, which is computed for it alone.
   */
  differentiate(
    { outputs, saved }: Trace,
    outputGradient: Tensor4D,
    pass: Pass,
    onImages?: (gradient: Tensor4D) => void,
  ): ParameterGradients {
    const gradients: (Tensor4D | undefined)[] = [];
    const parameters = new Map<string, Tensor>();
    gradients[this.graph.output] = outputGradient;
    for (const { node, operation } of this.steps.toReversed()) {
      const gradient = gradients[node.id];
      if (gradient === undefined) continue;
      const inputs = node.inputs.map((id) => outputs[id]!);
      const wants = (input: number): boolean => onImages !== undefined || this.trainable[node.inputs[input]!]!;
      operation.backward(gradient, { inputs, output: outputs[node.id]!, saved: saved[node.id]! }, pass, {
        wants,
        onInput: (input, value) => {
          const id = node.inputs[input]!;
          gradients[id] = accumulate(gradients[id], value);
        },
        onParameter: (name, value) => parameters.set(name, accumulate(parameters.get(name), value)),
      });
      free([gradient, outputs[node.id]!, ...saved[node.id]!]);
    }
    onImages?.(gradients[0]!);
    return parameters;
  }
}

function hasParameters(node: GraphNode): boolean {
  return node.op === 'conv' || node.op === 'batch_norm' || node.op === 'linear';
}

function accumulate<Value extends Tensor>(sum: Value | undefined, value: Value): Value {
  if (sum === undefined) return value;
  const total = add<Value>(sum, value);
  free([sum, value]);
  return total;
}

function free(tensors: readonly Tensor[]): void {
  for (const tensor of tensors) tensor.dispose();
}
