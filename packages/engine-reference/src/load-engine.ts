import {
  type CompiledNetwork,
  type CompileOptions,
  type Engine,
  type EngineAvailability,
  InvalidInputError,
  type NetworkGraph,
  requireFloat32,
} from '@netspace/contracts';
import { ReferenceNetwork } from './reference-network.js';

const engine: Engine = {
  name: 'reference',
  // To be raised with every change after which the same graph, state and batches may give other numbers.
  numerics: '1',
  instructionSet: 'portable',
  description: 'TypeScript in double precision, on one core: exact and slow',
  async compile(graph: NetworkGraph, options: CompileOptions): Promise<CompiledNetwork> {
    if (!(Number.isInteger(options.batchSize) && options.batchSize >= 1)) {
      const problem = `got ${options.batchSize}`;
      throw new InvalidInputError({ key: 'options.batchSize', problem, expected: 'an integer of at least 1' });
    }
    requireFloat32(options);
    return Promise.resolve(new ReferenceNetwork(graph, options));
  },
};

/**
 * Loads the reference engine, which is always available.
 *
 * @example
 * import { loadEngine } from '@netspace/engine-reference';
 * const { engine } = await loadEngine();
 * engine.name; // => 'reference'
 */
export function loadEngine(): Promise<Extract<EngineAvailability, { available: true }>> {
  return Promise.resolve({ available: true, engine });
}
