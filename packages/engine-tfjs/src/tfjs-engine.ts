import {
  type CompiledNetwork,
  type CompileOptions,
  type Engine,
  InvalidInputError,
  type NetworkGraph,
} from '@netspace/contracts';
import type { Backend } from './backend.js';
import { TfjsNetwork } from './tfjs-network.js';

/** Trains networks on one of tfjs' backends. */
export class TfjsEngine implements Engine {
  readonly name = 'tfjs';
  readonly description: string;

  constructor(private readonly backend: Backend) {
    const { name, version, device } = backend;
    this.description = `TensorFlow.js, backend ${name} (${version}), on ${device}`;
  }

  async compile(graph: NetworkGraph, options: CompileOptions): Promise<CompiledNetwork> {
    if (options.precision === 'bfloat16') {
      const problem = 'got bfloat16, which this engine does not have';
      throw new InvalidInputError({ key: 'options.precision', problem, expected: 'float32' });
    }
    return Promise.resolve(new TfjsNetwork(this.backend, graph, options));
  }
}
