import {
  type CompiledNetwork,
  type CompileOptions,
  type Engine,
  type NetworkGraph,
  requireFloat32,
} from '@netspace/contracts';
import type { Backend } from './backend.js';
import { TfjsNetwork } from './tfjs-network.js';

/** Trains networks on one of tfjs' backends. */
export class TfjsEngine implements Engine {
  readonly name = 'tfjs';
  // To be raised with every change, also of TensorFlow.js, after which the same graph, state and batches may give other
  // bits on the same backend.
  readonly numerics = '1';
  readonly instructionSet: string;
  readonly description: string;

  constructor(private readonly backend: Backend) {
    const { name, version, device } = backend;
    this.instructionSet = name;
    this.description = `TensorFlow.js, backend ${name} (${version}), on ${device}`;
  }

  async compile(graph: NetworkGraph, options: CompileOptions): Promise<CompiledNetwork> {
    requireFloat32(options);
    return Promise.resolve(new TfjsNetwork(this.backend, graph, options));
  }
}
