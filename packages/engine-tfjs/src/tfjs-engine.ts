import type { CompiledNetwork, CompileOptions, Engine, NetworkGraph } from '@netspace/contracts';
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

  compile(graph: NetworkGraph, options: CompileOptions): Promise<CompiledNetwork> {
    return Promise.resolve().then(() => new TfjsNetwork(this.backend, graph, options));
  }
}
