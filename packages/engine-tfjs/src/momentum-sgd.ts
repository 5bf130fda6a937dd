import type { OptimizerConfig, ParameterRole, ParameterSpec } from '@netspace/contracts';
import { add, keep, mul, sub, tensor1d, tidy, zeros, type Scalar, type Tensor1D } from '@tensorflow/tfjs-core';
import { KeptVector } from './kept-vector.js';
import type { PackedTensors } from './packed-tensors.js';

/** SGD with momentum and weight decay by role, on all parameters at once (as PyTorch; see OptimizerConfig). */
export class MomentumSgd {
  readonly velocity: KeptVector;
  /** The weight decay of every value. */
  readonly decay: Tensor1D;

  constructor(
    private readonly optimizer: OptimizerConfig,
    specs: readonly ParameterSpec[],
  ) {
    const decays = specs.map(({ shape, role }) => {
      const size = shape.reduce((product, length) => product * length, 1);
      return new Float32Array(size).fill(decayOf(role, optimizer));
    });
    const values = new Float32Array(decays.reduce((total, { length }) => total + length, 0));
    decays.reduce((offset, part) => (values.set(part, offset), offset + part.length), 0);
    this.decay = keep(tensor1d(values));
    this.velocity = new KeptVector(zeros([values.length]));
  }

  /** v = momentum v + (g + decay p); p -= rate (g + decay p + momentum v) if nesterov, else rate v. */
  step(parameters: PackedTensors, gradient: Tensor1D, learningRate: Scalar): void {
    const { momentum, nesterov } = this.optimizer;
    const [velocity, updated] = tidy(() => {
      const slope = add<Tensor1D>(gradient, mul(this.decay, parameters.value));
      const next = add<Tensor1D>(mul(this.velocity.value, momentum), slope);
      const direction = nesterov ? add(slope, mul(next, momentum)) : next;
      return [next, sub<Tensor1D>(parameters.value, mul(direction, learningRate))] as [Tensor1D, Tensor1D];
    });
    this.velocity.assign(velocity);
    parameters.assign(updated);
  }

  dispose(): void {
    this.velocity.dispose();
    this.decay.dispose();
  }
}

function decayOf(role: ParameterRole, optimizer: OptimizerConfig): number {
  switch (role) {
    case 'conv_weight':
    case 'linear_weight':
      return optimizer.weightDecay;
    case 'bias':
      return optimizer.biasWeightDecay;
    case 'batch_norm_gamma':
    case 'batch_norm_beta':
      return optimizer.batchNormWeightDecay;
  }
}
