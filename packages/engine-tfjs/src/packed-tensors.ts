import { InvalidInputError, type NetworkState } from '@netspace/contracts';
import { permute } from '@netspace/tensorflow-export';
import {
  concat,
  dispose,
  keep,
  reshape,
  split,
  tensor,
  tensor1d,
  tidy,
  zeros,
  type Rank,
  type Tensor,
  type Tensor1D,
} from '@tensorflow/tfjs-core';
import { KeptVector } from './kept-vector.js';
import type { State } from './step.js';

/** A named tensor, in the layout of the network graph. */
export interface TensorSpec {
  readonly name: string;
  readonly shape: readonly number[];
}

/**
 * Named tensors that also are one long vector, so that an update of all of them is one operation.
 *
 * Tensors of four axes are convolution weights: [out, in, kernel, kernel] in the graph, [kernel, kernel, in, out] here.
 */
export class PackedTensors implements State {
  private readonly vector: KeptVector;
  private pieces: ReadonlyMap<string, Tensor> | undefined;

  constructor(private readonly specs: readonly TensorSpec[]) {
    this.vector = new KeptVector(zeros([specs.reduce((total, spec) => total + sizeOf(spec), 0)]));
  }

  /** All of them in the order of their specs. */
  get value(): Tensor1D {
    return this.vector.value;
  }

  /** One of them; it lives until the next change. */
  get(name: string): Tensor {
    this.pieces ??= this.unpack();
    return this.pieces.get(name)!;
  }

  /** The vector of other tensors with the same names; `missing` gives those that are not there. */
  pack(tensors: ReadonlyMap<string, Tensor>, missing: (name: string) => Tensor): Tensor1D {
    if (this.specs.length === 0) return zeros([0]);
    return tidy(() => concat<Tensor1D>(this.specs.map(({ name }) => flat(tensors.get(name) ?? missing(name)))));
  }

  /** Takes over a vector of new values. */
  assign(vector: Tensor1D): void {
    this.vector.assign(vector);
    this.forgetPieces();
  }

  /** Sets those that are named in the state, and no others. */
  set(state: NetworkState): void {
    const changed = this.specs.filter(({ name }) => state.has(name));
    if (changed.length === 0) return;
    this.assign(
      tidy(() => {
        const tensors = new Map(changed.map((spec) => [spec.name, fromGraph(spec, state.get(spec.name)!)] as const));
        return this.pack(tensors, (name) => this.get(name));
      }),
    );
  }

  /** A copy of all of them, in the layout of the graph. */
  async read(): Promise<Map<string, Float32Array>> {
    return this.toGraph((await this.value.data()) as Float32Array);
  }

  /** The values of a vector by name, in the layout of the graph. */
  toGraph(values: Float32Array): Map<string, Float32Array> {
    let offset = 0;
    return new Map(
      this.specs.map((spec) => {
        const start = offset;
        offset += sizeOf(spec);
        return [spec.name, toGraphLayout(spec, values.slice(start, offset))] as const;
      }),
    );
  }

  dispose(): void {
    this.vector.dispose();
    this.forgetPieces();
  }

  private forgetPieces(): void {
    if (this.pieces) dispose([...this.pieces.values()]);
    this.pieces = undefined;
  }

  private unpack(): ReadonlyMap<string, Tensor> {
    if (this.specs.length === 0) return new Map();
    const tensors = tidy(() => {
      const parts = split(this.value, this.specs.map(sizeOf));
      return this.specs.map((spec, index) => keep(shaped(spec, parts[index]!)));
    });
    return new Map(this.specs.map(({ name }, index) => [name, tensors[index]!] as const));
  }
}

function sizeOf({ shape }: TensorSpec): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** The shape that the backend wants. */
function backendShape({ shape }: TensorSpec): number[] {
  return shape.length === 4 ? [shape[2]!, shape[3]!, shape[1]!, shape[0]!] : [...shape];
}

function flat(values: Tensor): Tensor1D {
  return values.rank === 1 ? (values as Tensor1D) : reshape<Rank.R1>(values, [-1]);
}

function shaped(spec: TensorSpec, values: Tensor): Tensor {
  return spec.shape.length === 1 ? values : reshape(values, backendShape(spec));
}

function fromGraph(spec: TensorSpec, values: Float32Array): Tensor {
  if (values.length !== sizeOf(spec)) {
    throw new InvalidInputError({
      problem: `must have ${sizeOf(spec)} values (${spec.shape.join(' x ')}), but has ${values.length}`,
      key: spec.name,
    });
  }
  if (spec.shape.length !== 4) return tensor1d(values.slice());
  return tensor(permute(values, spec.shape, [2, 3, 1, 0]));
}

function toGraphLayout(spec: TensorSpec, values: Float32Array): Float32Array {
  return spec.shape.length === 4 ? permute(values, backendShape(spec), [3, 2, 0, 1]) : values;
}
