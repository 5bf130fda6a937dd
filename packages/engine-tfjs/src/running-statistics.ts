import type { BatchNormNode, NetworkGraph } from '@netspace/contracts';
import { add, keep, mul, sub, tensor1d, tidy, type Tensor1D } from '@tensorflow/tfjs-core';
import { PackedTensors } from './packed-tensors.js';

/** The running means and variances of all batch normalisations. */
export class RunningStatistics {
  readonly buffers: PackedTensors;
  /** Each value's own momentum. */
  readonly momenta: Tensor1D;

  constructor({ buffers, nodes }: NetworkGraph) {
    this.buffers = new PackedTensors(buffers);
    const norms = nodes.filter((node): node is BatchNormNode => node.op === 'batch_norm');
    const momenta = buffers.flatMap(({ name, shape }) => {
      const norm = norms.find(({ runningMean, runningVariance }) => name === runningMean || name === runningVariance);
      return new Array<number>(shape[0]!).fill(norm?.momentum ?? 0);
    });
    this.momenta = keep(tensor1d(momenta, 'float32'));
  }

  /** Moves them towards a batch's statistics (by name) by their nodes' momenta, or by one momentum for all. */
  move(statistics: ReadonlyMap<string, Tensor1D>, momentum?: number): void {
    const { buffers, momenta } = this;
    buffers.assign(
      tidy(() => {
        const difference = sub(
          buffers.pack(statistics, (name) => buffers.get(name)),
          buffers.value,
        );
        return add<Tensor1D>(buffers.value, mul(difference, momentum ?? momenta));
      }),
    );
  }

  dispose(): void {
    this.buffers.dispose();
    this.momenta.dispose();
  }
}
