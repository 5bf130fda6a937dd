import { createRequire } from 'node:module';
import { types } from 'node:util';
import {
  type CompileOptions,
  InvalidInputError,
  type LayerKernels,
  type Metrics,
  type NetworkGraph,
} from '@netspace/contracts';
import { findAddon } from './find-addon.js';

/** A network of the addon. Tensors are numbered: the graph's parameters, then its buffers. */
export interface AddonNetwork {
  readonly memoryBytes: number;
  /** By the ids of the graph's nodes. */
  kernels(): (Omit<LayerKernels, 'layer'> & { node: number })[];
  tensor(index: number): Float32Array;
  setTensor(index: number, values: Float32Array): void;
  gradient(index: number): Float32Array;
  momentum(index: number): Float32Array;
  setMomentum(index: number, values: Float32Array): void;
  trainStep(
    count: number,
    images: Float32Array,
    labels: Int32Array,
    learningRate: number,
    labelSmoothing: number,
  ): void;
  evaluate(count: number, images: Float32Array, labels: Int32Array): void;
  updateStatistics(count: number, images: Float32Array, labels: Int32Array, momentum: number): void;
  /** Since they were last set. */
  metrics(): Metrics;
  setMetrics(metrics: Metrics): void;
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
  readonly Network: new (graph: NetworkGraph, options: CompileOptions, isa: string, threads: number) => AddonNetwork;
  /** Instruction sets that this machine can run, fastest first. */
  instructionSets(): string[];
  /** The one that a name chooses (`avx512`: the faster of its two widths); '' chooses the fastest. */
  chooseInstructionSet(name: string): string;
  /** How many times as fast as in float32 multiply-adds in bfloat16 are, measured once; 0 where there are none. */
  bfloat16Speed(isa: string): number;
  /** The multiply-add peak of one core, GFLOPS. */
  peakGflops(isa: string): number;
}

/**
 * Loads the addon.
 *
 * @throws Error where there is none for this machine or it does not load.
 */
export function loadAddon(): Addon {
  return createRequire(import.meta.url)(findAddon()) as Addon;
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
