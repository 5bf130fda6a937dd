import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { types } from 'node:util';
import { type CompileOptions, InvalidInputError, type Metrics, type NetworkGraph } from '@netspace/contracts';

/** A network of the addon. Tensors are numbered: the graph's parameters, then its buffers. */
export interface AddonNetwork {
  readonly memoryBytes: number;
  tensor(index: number): Float32Array;
  setTensor(index: number, values: Float32Array): void;
  gradient(index: number): Float32Array;
  trainStep(
    count: number,
    images: Float32Array,
    labels: Int32Array,
    learningRate: number,
    labelSmoothing: number,
  ): void;
  evaluate(count: number, images: Float32Array, labels: Int32Array): void;
  updateStatistics(count: number, images: Float32Array, labels: Int32Array, momentum: number): void;
  takeMetrics(): Metrics;
  infer(count: number, images: Float32Array): Float32Array;
  differentiate(
    count: number,
    images: Float32Array,
    labels: Int32Array,
    outputGradient: Float32Array,
  ): { output: Float32Array; input: Float32Array };
  dispose(): void;
}

/** What the C++ side exports. */
export interface Addon {
  readonly Network: new (graph: NetworkGraph, options: CompileOptions, isa: string) => AddonNetwork;
  /** Instruction sets that this machine can run, fastest first. */
  instructionSets(): string[];
  /** The one that a name chooses (`avx512`: the faster of its two widths); '' chooses the fastest. */
  chooseInstructionSet(name: string): string;
  /** The multiply-add peak of one core, GFLOPS. */
  peakGflops(isa: string): number;
}

/** Where the build puts the addon; the environment variable `NETSPACE_NATIVE_ADDON` names another one. */
export const addonPath =
  process.env.NETSPACE_NATIVE_ADDON ?? fileURLToPath(new URL('../build/netspace_native.node', import.meta.url));

/**
 * Loads the addon.
 *
 * @throws Error where it was not built or does not load.
 */
export function loadAddon(): Addon {
  if (!existsSync(addonPath)) throw new Error(`${addonPath} was not built`);
  return createRequire(import.meta.url)(addonPath) as Addon;
}

/** Calls the addon; its complaints about an argument become {@link InvalidInputError}. */
export function withInvalidInput<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (types.isNativeError(error) && 'key' in error && typeof error.key === 'string') {
      throw new InvalidInputError({ problem: error.message, key: error.key }, { cause: error });
    }
    throw error;
  }
}
